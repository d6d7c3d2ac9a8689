"""What the machine is good at: device and number format."""

from __future__ import annotations

from typing import TypeVar

import torch

Module = TypeVar("Module", bound=torch.nn.Module)


def best_device() -> torch.device:
    """A graphics card where there is one, else the processor."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def has_fast_bf16(device: torch.device) -> bool:
    """Whether 16-bit brain floats are computed in hardware; where they aren't they are far slower than 32-bit ones."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())


def place(model: Module) -> Module:
    """Put a model where, and in the number format in which, it runs fastest here."""
    device = best_device()
    return model.to(device, torch.bfloat16 if has_fast_bf16(device) else torch.float32)
