"""Run by itself: the course, which may be held still by SIGSTOP and SIGCONT from outside.

Textual takes being continued for a return from the shell, and sets up its terminal once more.
"""

from __future__ import annotations

import sys

from textual.drivers.linux_driver import LinuxDriver

from tui.__main__ import main

if __name__ == "__main__":
    LinuxDriver._sigcont_application = lambda *_: None  # type: ignore[method-assign]
    sys.exit(main())
