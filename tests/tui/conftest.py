"""What tests of whole lessons do without."""

from __future__ import annotations

from typing import Any

import pytest
from textual._compositor import Compositor
from textual._context import active_app


@pytest.fixture
def unpainted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual paints every change and drops what it has painted where there is no terminal. What
    is on the screen is drawn when it is read, and only then."""
    paint = Compositor.render_update

    def painted(self: Compositor, *args: Any, **options: Any) -> Any:
        return None if active_app.get().is_headless else paint(self, *args, **options)

    monkeypatch.setattr(Compositor, "render_update", painted)
