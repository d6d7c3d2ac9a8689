"""What all tests share: one pipeline, for loading the models takes longer than most tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

import quotes


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/ from what is found now")


@pytest.fixture(scope="session")
def pipeline() -> quotes.Pipeline:
    """The pipeline that finds quotes and leaves them untagged."""
    return quotes.load(tags=False)


@pytest.fixture(scope="session")
def save_tagger() -> Callable[..., Path]:
    """Saves a tagger that knows a few words, with random weights in its heads; gives back the folder."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import Lowercase
    from tokenizers.pre_tokenizers import BertPreTokenizer
    from transformers import BertConfig

    from quotes.tag.model import TaggerConfig, TaggerModel

    def save(folder: Path, words: Iterable[str], temperatures: Mapping[str, float], heads: Iterable[str]) -> Path:
        known = [*"[PAD] [UNK] [CLS] [SEP] « » [ ] … .".split(), *words]
        tokenizer = Tokenizer(WordPiece({word: at for at, word in enumerate(known)}, unk_token="[UNK]"))
        tokenizer.normalizer, tokenizer.pre_tokenizer = Lowercase(), BertPreTokenizer()
        tokenizer.save(str(folder / "tokenizer.json"))
        encoder = BertConfig(
            vocab_size=len(known), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
        )
        torch.manual_seed(3)
        model = TaggerModel(TaggerConfig(encoder=encoder.to_dict(), temperatures=dict(temperatures), pad_token_id=0))
        for head in heads:
            torch.nn.init.normal_(getattr(model, head).weight, std=1.0)
        model.save_pretrained(folder)
        return folder

    return save
