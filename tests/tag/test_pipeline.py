"""Tags in the records, through the library and the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import quotes
from quotes.config import Options
from quotes.errors import ConfigError
from quotes.export import read_jsonl
from quotes.schema import STANCES, TONES, AnnotatedArticle

PROJECT = Path(quotes.__file__).resolve().parents[1]
ARTICLES = sorted((PROJECT / "data" / "articles").glob("*.txt"))[:6]
TEXT = "Ana Brandt, the mayor, condemned the strikes as a disgrace. “We thank Iran for its help,” Lee said."


@pytest.fixture(scope="module")
def tagging(tiny: Path) -> quotes.Pipeline:
    return quotes.load(Options(tagger=tiny), tags=True)


def python(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a Python of its own."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=120, check=False
    )


def test_every_quote_has_its_tags(tagging: quotes.Pipeline) -> None:
    record = tagging(TEXT)
    assert len(record.quotes) == 2
    for quote in record.quotes:
        assert quote.target is not None
        assert record.text[quote.target.start : quote.target.end] == quote.target.text
        assert quote.stance is not None
        assert quote.tone is not None
    assert AnnotatedArticle.model_validate_json(record.model_dump_json()) == record


def test_without_tags_a_record_is_the_same_but_for_them(tagging: quotes.Pipeline, pipeline: quotes.Pipeline) -> None:
    untagged = pipeline(TEXT)
    bare = {"target": None, "stance": None, "tone": None}
    tagged = tagging(TEXT)
    without = tuple(quote.model_copy(update=bare) for quote in tagged.quotes)
    assert tagged.model_copy(update={"quotes": without}) == untagged


def test_same_records_from_library_and_command_line(tagging: quotes.Pipeline, tiny: Path, tmp_path: Path) -> None:
    """One by one, together and by `quotes extract`."""
    command = [sys.executable, "-m", "quotes", "extract", *map(str, ARTICLES), "-o", "out.jsonl", "--quiet"]
    command += ["--tags", "--tagger", str(tiny)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    subprocess.run(command, cwd=tmp_path, env=environment, timeout=120, check=True)
    written = [record for record in read_jsonl(tmp_path / "out.jsonl") if isinstance(record, AnnotatedArticle)]
    assert len(written) == len(ARTICLES)
    texts = [record.text for record in written]
    for records in (tagging.pipe(texts), map(tagging, texts)):
        assert [record.quotes for record in records] == [record.quotes for record in written]


def test_no_tags_needs_no_torch(tmp_path: Path) -> None:
    done = python(
        "import sys\nsys.modules.update(dict.fromkeys(['torch', 'transformers', 'tokenizers', 'safetensors']))\n"
        f"import quotes\nprint(quotes.load(tags=False)({TEXT!r}).quotes[0].stance)"
    )
    assert done.stdout == "None\n", done.stderr


def test_no_tags_on_the_command_line_imports_no_torch(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(TEXT, encoding="utf-8")
    arguments = ["extract", str(article), "--no-tags", "--quiet", "-o", os.devnull]
    done = python(
        f"import sys\nfrom quotes.cli import app\napp({arguments}, standalone_mode=False)\n"
        "print([name for name in ('torch', 'transformers', 'tokenizers') if sys.modules.get(name)])"
    )
    assert done.stdout == "[]\n", done.stderr


@pytest.mark.parametrize("package", ["torch", "transformers", "tokenizers"])
def test_tags_without_torch_say_what_to_install(package: str) -> None:
    done = python(
        f"import sys\nsys.modules[{package!r}] = None\nimport quotes\n"
        "try:\n    quotes.load(tags=True)\nexcept quotes.errors.ConfigError as error:\n    print(error)"
    )
    assert done.stdout.startswith(f"stance and tone need the package '{package}': install quotes[tags]"), done.stderr
    assert "--no-tags" in done.stdout


def test_tagging_needs_no_network(tiny: Path) -> None:
    done = python(
        "import socket, quotes\n"
        "from quotes.config import Options\n"
        "def refuse(*_, **__): raise AssertionError('network')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
        f"record = quotes.load(Options(tagger={str(tiny)!r}), tags=True)({TEXT!r})\n"
        "print(record.quotes[0].stance is None)"
    )
    assert done.stdout == "False\n", done.stderr


def test_a_watch_list_gives_stances(tiny: Path, tmp_path: Path) -> None:
    watch = tmp_path / "watch.yaml"
    watch.write_text("- name: Iran\n  id: Q794\n- name: strikes\n", encoding="utf-8")
    options = tmp_path / "options.yaml"
    options.write_text(f"watch: watch.yaml\ntagger: {tiny}\ntags: true\n", encoding="utf-8")
    for pipeline in (quotes.load(Options(tagger=tiny), tags=True, watch=watch), quotes.load(options)):
        record = pipeline(TEXT)
        found = [[(one.name, one.kb_id, one.target.text) for one in quote.stances] for quote in record.quotes]
        assert found == [[("strikes", None, "strikes")], [("Iran", "Q794", "Iran")]]


def test_scores_are_those_of_the_labels(tagging: quotes.Pipeline) -> None:
    line = json.loads(tagging(TEXT).model_dump_json())
    for quote in line["quotes"]:
        assert tuple(quote["stance"]["scores"]) == STANCES
        assert tuple(quote["tone"]["scores"]) == TONES


def test_a_folder_that_is_no_tagger(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no tagger is there"):
        quotes.load(Options(tagger=tmp_path), tags=True)
