"""`grok-tui doctor`: what works on this machine, what does not, and what to do."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from tui.commands.outcome import print_json

CARD = """
A test card. In each line the bars must stand exactly below one another:

  shades    |·░▒▓█|   a ramp from light to dark
  lines     |┌─┬─┐|   joined, without gaps
  half      |▀▄█▌▐|   halves of a cell
  braille   |⠁⠃⠇⡇⣿|   one dot more in each, no empty boxes
  signs     |✓✗◐○►|   five different signs
  ascii     | .-+#|   always works

If the shades, lines or signs look wrong, start with --ink ascii. If only the braille
does, set "markers": "block" in the settings file: {settings}"""
WORDS = {"works": "works", "look": "look ", "fails": "FAILS"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `grok-tui doctor`."""
    parser.epilog = "exit status: 0 if the course can run here, 1 if something fails"
    parser.add_argument("--worker", metavar="CMD", help="try this command instead of the setting")
    parser.add_argument("--json", action="store_true", help="print one JSON object, nothing else")


def run(options: argparse.Namespace) -> int:
    """Examine this machine; 1 if something fails."""
    from progress import paths, settings
    from progress.trouble import shown
    from tui.doctor import BAD, Finding, examine

    worker = settings.load().worker if options.worker is None else options.worker
    findings: list[Finding] = []
    for finding in examine(worker):
        findings.append(finding)
        if not options.json:
            print(f"{WORDS[finding.state]}  {finding.name:<9} {finding.says}")
            if finding.advice:
                print(f"{'':16} -> {finding.advice}", flush=True)
    failed = any(finding.state == BAD for finding in findings)
    if options.json:
        print_json({"ok": not failed, "checks": [asdict(finding) for finding in findings]})
    else:
        print(CARD.format(settings=shown(paths.settings_file())))
    return 1 if failed else 0
