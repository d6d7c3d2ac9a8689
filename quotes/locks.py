"""Locks on files, which the system frees however their process ends."""

from __future__ import annotations

from typing import IO, Any


def lock(stream: IO[Any], *, wait: bool = False) -> bool:
    """Have a file to oneself until the stream is closed.

    Returns:
        False where files can't be locked: on Windows, and on some network file systems.

    Raises:
        BlockingIOError: If another process has it, unless `wait` is set.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return False
    try:
        fcntl.flock(stream, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except OSError:
        return False
    return True
