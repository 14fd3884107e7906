"""A real worker process whose only lab is the fake one.

`--torch` lets it import torch; `--keep FOLDER` keeps its runs there.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models import worker
from models.run_here import begin
from tests.support.fake_lab import find_fake, load_fake

if "--torch" not in sys.argv:
    sys.modules["torch"] = None  # type: ignore[assignment]

runs = Path(sys.argv[sys.argv.index("--keep") + 1]) if "--keep" in sys.argv else None
sys.exit(worker.main(partial(begin, find=find_fake, load=load_fake), runs))
