"""The classifier: one encoder, a head for stance and a head for tone.

Target-dependent pooling follows the span representations of NewsMTSC's models (Hamborg and
Donnay 2021, "NewsMTSC: A Dataset for (Multi-)Target-dependent Sentiment Classification in
Political News Articles", EACL): stance is read off the target's tokens beside the statement's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel, PretrainedConfig, PreTrainedModel
from transformers.utils import logging

from quotes.schema import STANCES, TONES
from quotes.tag.encode import Encoded


class TaggerConfig(PretrainedConfig):
    """What a checkpoint knows of itself.

    Args:
        encoder: Configuration of the encoder, as `PretrainedConfig.to_dict()` gives it.
        stances: Labels of the stance head, in the order of its outputs.
        tones: Labels of the tone head.
        input_format: See `quotes.tag.encode.InputFormat`.
        temperatures: What each head's outputs are divided by for calibrated probabilities.
        dropout: Share of the pooled features dropped in training.
    """

    model_type = "quotes-tagger"

    def __init__(
        self,
        encoder: dict[str, Any] | None = None,
        stances: list[str] | None = None,
        tones: list[str] | None = None,
        input_format: dict[str, Any] | None = None,
        temperatures: dict[str, float] | None = None,
        dropout: float = 0.1,
        **kwargs: Any,
    ) -> None:
        self.encoder = encoder or {"model_type": "bert"}
        self.stances = stances or list(STANCES)
        self.tones = tones or list(TONES)
        self.input_format = input_format or {}
        self.temperatures = temperatures or {"stance": 1.0, "tone": 1.0}
        self.dropout = dropout
        super().__init__(**kwargs)


class TaggerModel(PreTrainedModel):
    """Encoder with two linear heads.

    The stance head sees the mean over the target's tokens and the mean over the statement's; the
    tone head sees the statement's and the target's likewise, for the tone is that of the statement
    towards what it is about.

    Args:
        config: Sizes, labels and input format.
    """

    config_class = TaggerConfig
    config: TaggerConfig
    base_model_prefix = "encoder"
    supports_gradient_checkpointing = False

    def __init__(self, config: TaggerConfig) -> None:
        super().__init__(config)
        settings = dict(config.encoder)
        self.encoder = AutoModel.from_config(AutoConfig.for_model(**settings), **_options(settings["model_type"]))
        size = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(config.dropout)
        self.stance = nn.Linear(2 * size, len(config.stances))
        self.tone = nn.Linear(2 * size, len(config.tones))
        self.post_init()

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, statement: Tensor, target: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Scores before softmax.

        Args:
            input_ids: Token ids, `[batch, length]`.
            attention_mask: 1 for tokens, 0 for padding, `[batch, length]`.
            statement: Weights of the statement's tokens, which sum to 1 a row, `[batch, length]`.
            target: Weights of the target's tokens likewise; where there is no target, the statement's.

        Returns:
            Logits of stance `[batch, 3]` and tone `[batch, 9]`.
        """
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = torch.stack([target, statement], dim=1).to(hidden.dtype)
        pooled = self.dropout(torch.bmm(weights, hidden).flatten(1))
        return self.stance(pooled), self.tone(pooled)


def _options(model_type: str) -> dict[str, Any]:
    """The pooler of BERT-like models is trained for another task and unused here."""
    return {"add_pooling_layer": False} if model_type in {"bert", "mpnet", "roberta", "xlm-roberta"} else {}


AutoConfig.register(TaggerConfig.model_type, TaggerConfig)


def collate(inputs: Sequence[Encoded], pad: int, length: int | None = None) -> dict[str, Tensor]:
    """A batch for `TaggerModel.forward`.

    Args:
        inputs: Encoded statements.
        pad: Id of the padding token.
        length: What to pad them to, in tokens; None for the longest.
    """
    length = length or max(len(item.ids) for item in inputs)
    ids = torch.full((len(inputs), length), pad, dtype=torch.long)
    mask = torch.zeros((len(inputs), length), dtype=torch.long)
    statement = torch.zeros((len(inputs), length))
    target = torch.zeros((len(inputs), length))
    for row, item in enumerate(inputs):
        ids[row, : len(item.ids)] = torch.tensor(item.ids)
        mask[row, : len(item.ids)] = 1
        said = item.statement or range(len(item.ids))
        aim = item.target or said
        statement[row, said] = 1 / len(said)
        target[row, aim] = 1 / len(aim)
    return {"input_ids": ids, "attention_mask": mask, "statement": statement, "target": target}


def load_model(folder: Path) -> TaggerModel:
    """Load a model from `save_pretrained`'s folder.

    Returns:
        The model in evaluation mode, with 32-bit weights.

    Raises:
        ValueError: If the file has weights too few or too many, or labels that this version doesn't know.
        OSError: If a file can't be read.
    """
    with _no_progress_bar():
        # Typed as if it always gave the model alone.
        loaded: Any = TaggerModel.from_pretrained(
            folder, dtype=torch.float32, local_files_only=True, use_safetensors=True, output_loading_info=True
        )
    model: TaggerModel = loaded[0]
    found: dict[str, Any] = loaded[1]
    wrong = sorted(
        {*found["missing_keys"], *found["unexpected_keys"], *(name for name, *_ in found["mismatched_keys"])}
    )
    if wrong:
        raise ValueError(f"the weights don't fit the configuration: {', '.join(wrong[:3])}")
    if tuple(model.config.stances) != STANCES or tuple(model.config.tones) != TONES:
        raise ValueError("its labels aren't those of this version; train it anew")
    model.eval()
    return model


@contextmanager
def _no_progress_bar() -> Iterator[None]:
    """Loading takes no time, and a bar would run into the program's own output."""
    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()
