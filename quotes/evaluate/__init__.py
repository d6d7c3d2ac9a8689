"""Scores of predictions against annotated articles: `quotes evaluate`.

    gold = read_gold(Path("data/gold/records.jsonl"))
    evaluation = evaluate(gold, Named("mine", read_jsonl("mine.jsonl")))
    evaluation.figures["quotes", "all", "overlap", "f1"].value

`gold.py` reads what people annotated, `predictions.py` puts predictions beside it, `matching.py` says which
answer which, `counts.py` counts article by article, `figures.py` makes scores of the sums and `bootstrap.py`
says how sure they are.
"""

from quotes.evaluate.bootstrap import Difference, Figure
from quotes.evaluate.evaluation import Evaluation, Named, evaluate, evaluate_opinions
from quotes.evaluate.gold import Opinions, read_gold
from quotes.evaluate.statements import Gold
from quotes.evaluate.tree import to_tree

__all__ = [
    "Difference",
    "Evaluation",
    "Figure",
    "Gold",
    "Named",
    "Opinions",
    "evaluate",
    "evaluate_opinions",
    "read_gold",
    "to_tree",
]
