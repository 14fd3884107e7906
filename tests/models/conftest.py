"""One thread: several threads on small numbers, beside other tests, wait for each other."""

from __future__ import annotations

import torch

torch.set_num_threads(1)
