"""Train the tagger.

    python -m training.train configs/train.yaml

A run that was stopped goes on where it was when it is started again. The batches and the dropout of
a step depend on the seed and the step alone, so a resumed run does what an uninterrupted one does.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from datasets import concatenate_datasets
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModel

from quotes.errors import QuotesError
from quotes.tag.checkpoint import load_checkpoint
from quotes.tag.encode import Encoder
from quotes.tag.hardware import best_device, has_fast_bf16
from quotes.tag.model import TaggerConfig, TaggerModel, load_model
from training.batches import Item, ItemReader, batches, tensors
from training.calibrate import fit_temperatures
from training.corpora import check_apart, read_corpus
from training.encoders import find_encoder
from training.losses import task_loss
from training.metrics import score_items
from training.record import describe, write_record
from training.settings import Settings
from training.state import Progressed, load_state, remove_state, save_state
from training.teacher import Teacher

EVALUATIONS = 2
"""Times an epoch that the model is scored on the development data."""

SAVE_SECONDS = 600
"""Time between two saved states."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("settings", type=Path, help="YAML file, e.g. configs/train.yaml")
    parser.add_argument("--fresh", action="store_true", help="start over, though there is a state to go on from")
    arguments = parser.parse_args(argv)
    try:
        settings = Settings.load(arguments.settings)
        if arguments.fresh:
            remove_state(settings.output)
        Run(settings).train()
    except QuotesError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def new_model(settings: Settings) -> tuple[TaggerModel, Tokenizer]:
    """A tagger with pretrained encoder and fresh heads, or with the weights to start from, and its tokenizer.

    Raises:
        ConfigError: If the encoder isn't installed, or there is no checkpoint to start from.
    """
    folder = find_encoder(settings.encoder, settings.output.parent / "encoders")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    config = AutoConfig.from_pretrained(folder, local_files_only=True)
    model = TaggerModel(
        TaggerConfig(
            encoder=config.to_dict(),
            input_format=settings.input_format.to_dict(),
            dropout=settings.dropout,
            pad_token_id=config.pad_token_id,
        )
    )
    pretrained = AutoModel.from_pretrained(
        folder, config=config, local_files_only=True, use_safetensors=True, add_pooling_layer=False
    )
    model.encoder.load_state_dict(pretrained.state_dict())
    if settings.start is not None:
        model.load_state_dict(load_checkpoint(settings.start).model.state_dict())
    return model, tokenizer


def freeze(model: TaggerModel, layers: int) -> None:
    """Keep the embeddings and the lowest layers of the encoder as they are, without dropout."""
    if layers:
        for part in (model.encoder.embeddings, *model.encoder.encoder.layer[:layers]):
            part.requires_grad_(False)
            for module in part.modules():
                if isinstance(module, torch.nn.Dropout):
                    module.p = 0.0


def optimizer_for(model: TaggerModel, settings: Settings) -> torch.optim.AdamW:
    """AdamW; heads learn faster, and biases and norms aren't decayed."""
    groups: dict[tuple[bool, bool], list[torch.nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            groups.setdefault((name.startswith("encoder."), parameter.ndim > 1), []).append(parameter)
    return torch.optim.AdamW(
        [
            {
                "params": parameters,
                "peak": settings.learning_rate if encoder else settings.head_learning_rate,
                "weight_decay": settings.weight_decay if decayed else 0.0,
            }
            for (encoder, decayed), parameters in groups.items()
        ],
        lr=settings.learning_rate,
    )


class Run:
    """One training run.

    Args:
        settings: What to train on and how.

    Raises:
        ConfigError: If a corpus or the encoder isn't there.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        torch.manual_seed(settings.seed)
        self.model, tokenizer = new_model(settings)
        self.tokenizer = tokenizer
        read = ItemReader(Encoder(tokenizer, settings.input_format))
        train = [(corpus, read_corpus(corpus)) for corpus in settings.train]
        dev = {name: read_corpus(corpus) for name, corpus in settings.dev.items()}
        learned = concatenate_datasets([rows for _, rows in train])
        for rows in dev.values():
            check_apart(learned, rows)
        self.dev = {name: [read(row) for row in rows] for name, rows in dev.items()}
        self.train_rows = [(corpus, [read(row) for row in rows]) for corpus, rows in train]
        if settings.teacher is not None:
            teacher = Teacher(settings.teacher, settings.teacher_heads, settings.output)
            self.train_rows = [
                (corpus, teacher.teach(items, rows) if corpus.distil else items)
                for (corpus, items), (_, rows) in zip(self.train_rows, train, strict=True)
            ]
        freeze(self.model, settings.frozen_layers)
        self.device = best_device()
        # Of the tensors' own class: transformers wraps `to` with a type that fits no call.
        torch.nn.Module.to(self.model, self.device)
        self.optimizer = optimizer_for(self.model, settings)
        self.console = Console(stderr=True)

    def epoch(self, number: int) -> list[list[Item]]:
        """The batches of an epoch."""
        items: list[Item] = []
        for corpus, rows in self.train_rows:
            dice = random.Random(f"{self.settings.seed} {number} {corpus.path}")
            items += dice.sample(rows, max(1, round(len(rows) * corpus.share)))
        return list(batches(items, self.settings.batch_size, self.settings.seed + number))

    def fingerprint(self) -> str:
        """Hash of the settings and of the encoded data."""
        digest = hashlib.sha256(self.settings.model_dump_json().encode())
        for _, rows in self.train_rows:
            for item in rows:
                digest.update(repr(item).encode())
        return digest.hexdigest()

    def train(self) -> None:
        """Train until the epochs are over or nothing gets better, then calibrate, and write what there is to tell."""
        settings = self.settings
        fingerprint = self.fingerprint()
        done = load_state(settings.output, fingerprint, self.model, self.optimizer) or Progressed(fingerprint)
        per_epoch = len(self.epoch(0))
        total = per_epoch * settings.epochs
        self.console.print(
            f"{sum(len(rows) for _, rows in self.train_rows)} rows, {total} steps on {self.device.type}"
            f"{' in bf16' if has_fast_bf16(self.device) else ''}" + (f", from step {done.step}" if done.step else "")
        )
        every = max(1, per_epoch // EVALUATIONS)
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        began, saved, losses = time.monotonic() - done.seconds, time.monotonic(), []
        with Progress(*columns, console=self.console, disable=not self.console.is_terminal) as progress:
            bar = progress.add_task("training", total=total, completed=done.step)
            for batch in self._remaining(done.step, per_epoch):
                losses.append(self._step(batch, done.step, total))
                done.step += 1
                progress.advance(bar)
                if done.step % every == 0 or done.step == total:
                    done.seconds = time.monotonic() - began
                    self._evaluate(done, losses, total)
                    losses = []
                    if done.stale >= settings.patience:
                        self.console.print(f"stopped: no better score in {done.stale} evaluations")
                        break
                if time.monotonic() - saved > SAVE_SECONDS:
                    done.seconds = time.monotonic() - began
                    save_state(settings.output, done, self.model, self.optimizer)
                    saved = time.monotonic()
        self._finish(done)
        remove_state(settings.output)

    def _finish(self, done: Progressed) -> None:
        """Temperatures, record and model card for the best weights."""
        output = self.settings.output
        best = load_model(output)
        best.config.temperatures = fit_temperatures(best, list(self.dev.values()))
        scores = {name: score_items(best, items) for name, items in self.dev.items()}
        best.half().save_pretrained(output)
        write_record(
            output,
            self.settings,
            corpora={
                "train": [describe(corpus, len(rows)) for corpus, rows in self.train_rows],
                "dev": [describe(corpus, len(self.dev[name])) for name, corpus in self.settings.dev.items()],
            },
            history=done.history,
            minutes=done.seconds / 60,
            scores=scores,
            temperatures=best.config.temperatures,
        )
        for name, heads in scores.items():
            for head, one in heads.items():
                self.console.print(
                    f"{name} {head}: macro-F1 {one['macro_f1']}, accuracy {one['accuracy']}, ECE {one['ece']}"
                )

    def _remaining(self, step: int, per_epoch: int) -> Iterator[list[Item]]:
        for number in range(step // per_epoch, self.settings.epochs):
            yield from self.epoch(number)[step % per_epoch if number == step // per_epoch else 0 :]

    def _step(self, batch: Sequence[Item], step: int, total: int) -> float:
        settings = self.settings
        warm = max(1, round(total * settings.warmup))
        share = min((step + 1) / warm, (total - step) / max(1, total - warm))
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * share
        torch.manual_seed(settings.seed * 1_000_003 + step)
        self.model.train()
        inputs, labels = tensors(batch, self.model.config.pad_token_id)
        labels = {name: value.to(self.device) for name, value in labels.items()}
        with torch.autocast(self.device.type, torch.bfloat16, enabled=has_fast_bf16(self.device)):
            outputs = self.model(**{name: value.to(self.device) for name, value in inputs.items()})
        loss = torch.zeros((), device=self.device)
        for head, logits, weight in zip(("stance", "tone"), outputs, (1.0, settings.tone_weight), strict=True):
            loss = loss + weight * task_loss(
                logits.float(),
                labels[head],
                labels[f"{head}_logits"],
                temperature=settings.temperature,
                soft_weight=settings.soft_weight,
                smoothing=settings.label_smoothing,
            )
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        return loss.item()

    def _evaluate(self, done: Progressed, losses: Sequence[float], total: int) -> None:
        scores = {name: score_items(self.model, items) for name, items in self.dev.items()}
        macro = [head["macro_f1"] for heads in scores.values() for head in heads.values()]
        mean = sum(macro) / len(macro)
        entry: dict[str, Any] = {"step": done.step, "loss": sum(losses) / max(1, len(losses)), "score": mean}
        entry["dev"] = {name: {head: one["macro_f1"] for head, one in heads.items()} for name, heads in scores.items()}
        done.history.append(entry)
        self.console.print(
            f"step {done.step}/{total}  {done.seconds / 60:.1f} min  loss {entry['loss']:.3f}  {entry['dev']}"
        )
        if mean > done.best:
            done.best, done.stale = mean, 0
            self.model.save_pretrained(self.settings.output)
            self.tokenizer.save(str(self.settings.output / "tokenizer.json"))
        else:
            done.stale += 1


if __name__ == "__main__":
    raise SystemExit(main())
