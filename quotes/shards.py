"""An output that survives being killed: records in shards, complete ones under their name at once.

The records of a run go to a folder, a thousand to a file: beside `FILE.jsonl` to `FILE.jsonl.parts/`,
which becomes the file in the end, or to the folder that is the output itself. A shard gets its name when
it is complete; the one being written is kept line by line, and what a killed run left of its last line
is cut off when the run goes on. So whatever happens in between, the same records end up in the same shards.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from quotes.batch import Line
from quotes.errors import QuotesError
from quotes.export.source import opened_source
from quotes.locks import lock
from quotes.reading.spill import Seen
from quotes.replacing import check_parent, packed, replacing, sync

SHARD = 1000
"""Records a shard."""

MANIFEST, ERRORS = "run.json", "errors.jsonl"
_OPEN = ".open"


class Output:
    """The records of a run, written so that a later run can go on from them.

    Use it as a context, call `add` for each record and `finish` at the end.

    Args:
        target: A file (`.gz` compresses), or a folder if it is one or ends in `/`.
        fingerprint: What the records depend on besides the articles; runs that differ in it don't mix.
        resume: Whether to go on with what is there of an earlier run.
        fresh: Whether to throw away what is there of a run that wasn't finished.

    Attributes:
        done: Ids of the articles whose records are there.

    Raises:
        QuotesError: If the target can't be written, another run is writing it, there is an
            unfinished run and neither `resume` nor `fresh` is given, or its fingerprint is another.
    """

    def __init__(
        self, target: str | Path, fingerprint: Mapping[str, Any], *, resume: bool = False, fresh: bool = False
    ) -> None:
        self.is_folder = str(target).endswith("/") or Path(target).is_dir()
        self.path = Path(target).resolve()
        check_parent(self.path)
        self.parts = self.path if self.is_folder else self.path.with_name(f"{self.path.name}.parts")
        self.done = Seen()
        self._fingerprint = json.loads(json.dumps(fingerprint))
        self._base = 0
        self._stream: BinaryIO | None = None
        self._open_records = 0
        self.parts.mkdir(exist_ok=True)
        self._complete = len(self._shards())
        self._lock = _locked(self.parts)
        try:
            self._begin(resume=resume, fresh=fresh)
        except BaseException:
            self._close()
            raise

    def __enter__(self) -> Output:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def add(self, line: Line) -> None:
        """Write one record.

        Raises:
            QuotesError: If it can't be written, e.g. on a full disk; what was written before is kept.
        """
        with self._told():
            if self._stream is None:
                self._stream = self._open_shard.open("ab")
            self._stream.write(line.json + b"\n")
            self._stream.flush()
            self.done.add(line.id)
            self._open_records += 1
            if self._open_records == SHARD:
                self._close_shard()

    def finish(self) -> int:
        """Complete the output, and write the errors in it to `errors.jsonl` beside it.

        Returns:
            How many errors there are.

        Raises:
            QuotesError: If it can't be written; calling it again once there is room will do.
        """
        with self._told():
            if self._open_records:
                self._close_shard()
            if self.is_folder:
                self._write_manifest(self.parts / MANIFEST, finished=True)
            else:
                with replacing(self.path) as stream:
                    self._copy_base(stream)
                    with packed(stream, self.path) as target:
                        for shard in self._shards():
                            with shard.open("rb") as source:
                                shutil.copyfileobj(source, target)
                self._write_manifest(self._kept_manifest, finished=True)
            errors = self._write_errors()
            if not self.is_folder:
                self._close()
                shutil.rmtree(self.parts, ignore_errors=True)
            return errors

    # What is there already

    def _begin(self, *, resume: bool, fresh: bool) -> None:
        manifest = _read_manifest(self.parts / MANIFEST)
        has_records = self._has_records()
        if manifest is None and has_records:
            raise QuotesError(f"{self.parts} holds part files of something else; name another output")
        if has_records and not resume and not fresh:
            kind = "a finished run" if manifest and manifest["finished"] else "a run that wasn't finished"
            raise QuotesError(
                f"{self.path} has records of {kind}; add --resume to go on with it, or --fresh to start over"
            )
        if resume and manifest is not None and has_records:
            self._check(manifest)
            self._base = manifest["base"]
            self._take_up()
        elif resume and not self.is_folder and self.path.exists():
            kept = _read_manifest(self._kept_manifest)
            if kept is None:
                raise QuotesError(
                    f"{self.path} is there, and it isn't known how it was made, so nothing can be added to it; "
                    "name another file, or leave out --resume to write it anew"
                )
            self._check(kept)
            self._base = self.path.stat().st_size
        else:
            self._clear()
        if self._base:
            self._see(self.path)
        with self._told():
            self._write_manifest(self.parts / MANIFEST, finished=False)

    def _check(self, manifest: Mapping[str, Any]) -> None:
        """Records of other versions or options are not mixed."""
        before = manifest["fingerprint"]
        if before == self._fingerprint:
            return
        changed = ", ".join(
            f"{name} {_shown(before.get(name))} → {_shown(self._fingerprint.get(name))}"
            for name in sorted({*before, *self._fingerprint})
            if before.get(name) != self._fingerprint.get(name)
        )
        raise QuotesError(
            f"{self.path} was begun with other settings ({changed}), and records of both must not mix; "
            "take the same settings, name another output, or start over with --fresh"
        )

    def _take_up(self) -> None:
        for shard in self._shards():
            self._see(shard)
        shard = self._open_shard
        if not shard.exists():
            return
        good = 0
        with shard.open("rb") as stream:
            for line in stream:
                id = _id(line)
                if id is None:
                    break  # cut off when the run was killed
                good += len(line)
                self.done.add(id)
                self._open_records += 1
        os.truncate(shard, good)

    def _see(self, path: Path) -> None:
        with opened_source(path) as lines:
            for id in map(_id, lines):
                if id is not None:
                    self.done.add(id)

    def _has_records(self) -> bool:
        return any(self._shards()) or (self._open_shard.exists() and self._open_shard.stat().st_size > 0)

    def _clear(self) -> None:
        for path in [*self._shards(), *self.parts.glob(f"part-*.jsonl{_OPEN}")]:
            path.unlink()
        self._complete = 0

    # Files

    def _shards(self) -> list[Path]:
        return sorted(self.parts.glob("part-*.jsonl"))

    @property
    def _open_shard(self) -> Path:
        return self.parts / f"part-{self._complete:05}.jsonl{_OPEN}"

    @property
    def _kept_manifest(self) -> Path:
        """Beside a finished file, so that more can be added to it."""
        return self.path.with_name(f".{self.path.name}.{MANIFEST}")

    def _close_shard(self) -> None:
        shard = self._open_shard
        if self._stream is not None:
            sync(self._stream)
            self._stream.close()
            self._stream = None
        shard.rename(shard.with_name(shard.name.removesuffix(_OPEN)))
        self._complete += 1
        self._open_records = 0

    def _copy_base(self, stream: BinaryIO) -> None:
        """The finished file that this run adds to, as long as it was then: it may be there in full already."""
        left = self._base
        if not left:
            return
        with self.path.open("rb") as source:
            while left and (data := source.read(min(left, 1 << 20))):
                stream.write(data)
                left -= len(data)

    def _write_errors(self) -> int:
        files = self._shards() if self.is_folder else [self.path]
        target = self.path / ERRORS if self.is_folder else self.path.with_name(ERRORS)
        errors = chain.from_iterable(map(_errors, files))
        first = next(errors, None)
        if first is None and not target.exists():
            return 0
        count = 0
        with replacing(target) as stream:
            for error in () if first is None else chain([first], errors):
                stream.write(json.dumps(error, ensure_ascii=False).encode() + b"\n")
                count += 1
        return count

    def _write_manifest(self, path: Path, *, finished: bool) -> None:
        manifest = {"finished": finished, "base": self._base, "fingerprint": self._fingerprint}
        with replacing(path) as stream:
            stream.write(json.dumps(manifest, indent=2, ensure_ascii=False).encode() + b"\n")

    def _close(self) -> None:
        if self._stream is not None:
            # On a full disk closing fails as well, and what it says has been said.
            with suppress(OSError):
                self._stream.close()
            self._stream = None
        self._lock.close()
        if not self.is_folder and self.parts.is_dir() and not self._has_records():
            shutil.rmtree(self.parts, ignore_errors=True)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors in writing name the output and say how to go on."""
        try:
            yield
        except OSError as error:
            raise QuotesError(
                f"{self.path}: can't be written: {error.strerror or error}; "
                "put that right, and go on with --resume: what was written is kept"
            ) from None


def _locked(folder: Path) -> BinaryIO:
    stream = (folder / ".lock").open("wb")
    try:
        lock(stream)
    except BlockingIOError:
        stream.close()
        raise QuotesError(f"{folder} is being written by another run; wait for it, or name another output") from None
    return stream


def _read_manifest(path: Path) -> dict[str, Any] | None:
    try:
        manifest = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValueError:
        manifest = None
    if not isinstance(manifest, dict) or not {"finished", "base", "fingerprint"} <= manifest.keys():
        raise QuotesError(f"{path}: isn't a record of a run; remove it, or name another output")
    return manifest


def _shown(value: Any) -> str:
    """Short, for hashes are compared too."""
    return json.dumps(value, ensure_ascii=False)[:24]


def _id(line: bytes) -> str | None:
    """The id of a record; None if the line isn't one."""
    if not line.endswith(b"\n"):
        return None
    try:
        record = json.loads(line)
        return str(record["id"])
    except (ValueError, KeyError, TypeError):
        return None


def _errors(path: Path) -> Iterator[dict[str, Any]]:
    with opened_source(path) as lines:
        for line in lines:
            # Most lines are long and have none.
            if b'"error":{' not in line:
                continue
            record = json.loads(line)
            if "error" in record:
                yield {"id": record["id"], "path": record["path"], **record["error"]}
