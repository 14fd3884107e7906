"""What the learner has done: the fold of all events, whatever order they were found in.

Events are kept as the lines they were read from and decoded when someone asks: one question's
history, the runs, the places. Nothing here depends on wall time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from progress import events
from progress.reading import Batch, Line, clock_of, decode

Event = dict[str, Any]
_OF_QUESTIONS = ("answered", "hinted", "revealed", "bet", "wrote")


class Record:
    """The events of all sessions, less those a reset dropped. To be read, never changed."""

    def __init__(self) -> None:
        self._shelves: dict[str, dict[str, list[Line]]] = {}
        self._last: dict[str, int] = {}
        self._found: dict[str, Any] = {}
        self._histories: dict[str, list[Event]] = {}

    def add(self, batch: Batch) -> None:
        """Take in what was read."""
        for (kind, subject), lines in batch.shelves.items():
            self._shelf(kind.decode(), subject.decode("utf-8", "replace")).extend(lines)
        for event in batch.decoded:
            self._shelve(event)
        for session, n in batch.last.items():
            self._last[session] = max(n, self._last.get(session, 0))
        self._forget()

    def append(self, event: Event) -> None:
        """Take in an event that comes after all others."""
        self._shelve(event)
        self._last[event["session"]] = event["n"]
        found = self._found
        match event["type"]:
            case "reset" | "reset_undone":
                self._forget()
            case "at" if "positions" in found:
                found["positions"][event["lesson"]] = event
            case "lesson_passed":
                found.pop("tested", None)
                if "passed" in found:
                    _pass(found["passed"], event)
            case "chosen" if "choices" in found:
                found["choices"][event["question"]] = event
            case "opened" if "opened" in found:
                found["opened"].add(event["lesson"])
            case "drew" if "drawn" in found:
                found["drawn"][event["place"]] = event["drawn"]
            case "run_finished" if "runs" in found:
                found["runs"].append(event)
            case kind if kind in _OF_QUESTIONS and event["question"] in self._histories:
                self._histories[event["question"]].append(event)

    def copy(self) -> Record:
        """A record that can be added to while this one is being read."""
        twin = Record()
        twin._shelves = {
            kind: {subject: list(lines) for subject, lines in shelf.items()}
            for kind, shelf in self._shelves.items()
        }
        twin._last = dict(self._last)
        return twin

    # What has been done

    @property
    def passed(self) -> dict[str, str]:
        """Passed lessons: `unaided` or `helped`. What was once unaided stays so."""
        return self._once("passed", self._fold_passed)

    @property
    def tested(self) -> set[str]:
        """Lessons that were passed by test."""
        return self._once("tested", self._fold_tested)

    @property
    def opened(self) -> set[str]:
        """Lessons that were opened before their turn."""
        return self._once("opened", lambda: {e["lesson"] for e in self._all("opened")})

    @property
    def positions(self) -> dict[str, Event]:
        """The last `at` event of each lesson."""
        return self._once("positions", self._fold_positions)

    @property
    def position(self) -> Event | None:
        """The last `at` event of all, or None."""
        return max(self.positions.values(), key=events.order, default=None)

    @property
    def histories(self) -> Mapping[str, list[Event]]:
        """All events of each question but `chosen`, in order."""
        return Histories(self)

    @property
    def choices(self) -> dict[str, Event]:
        """The last `chosen` event of each question, whether or not it was handed in since."""
        return self._once("choices", lambda: {e["question"]: e for e in self._all("chosen")})

    @property
    def drawn(self) -> dict[str, str]:
        """What was drawn last in each place."""
        return self._once("drawn", lambda: {e["place"]: e["drawn"] for e in self._all("drew")})

    @property
    def runs(self) -> list[Event]:
        """The `run_finished` events, in order."""
        return self._once("runs", lambda: self._all("run_finished"))

    def latest_run(
        self, lab: str, knobs: Mapping[str, Any] | None = None, *, free: bool = False
    ) -> Event | None:
        """The last finished run of a lab with just these knobs off their defaults.

        Those of which no lesson speaks are passed over, unless `free` says otherwise.
        """
        wanted = dict(knobs or {})
        for run in reversed(self.runs):
            if run["lab"] == lab and run["knobs"] == wanted and (free or not run["free"]):
                return run
        return None

    @property
    def last_reset(self) -> Event | None:
        """The last reset that has not been undone; `events.identity` names it."""
        return self._resets[-1] if self._resets else None

    @property
    def covered(self) -> dict[str, int]:
        """For each session the number of its last event: what a reset now would drop."""
        return dict(self._last)

    def history(self, question: str) -> list[Event]:
        """The events of one question, in order; empty if there are none."""
        found = self._histories.get(question)
        if found is None:
            lines = [line for kind in _OF_QUESTIONS for line in self._lines(kind).get(question, ())]
            found = self._histories[question] = self._events(lines)
        return found

    def asked(self) -> set[str]:
        """The questions that have any history, dropped or not."""
        return {question for kind in _OF_QUESTIONS for question in self._lines(kind)}

    # The fold

    @property
    def _resets(self) -> list[Event]:
        """The resets in force, in order."""
        return self._once("resets", self._fold_resets)

    def _fold_resets(self) -> list[Event]:
        undone = {e["reset"] for e in self._unique(self._lines("reset_undone").get("", ()))}
        resets = self._unique(self._lines("reset").get("", ()))
        return [reset for reset in resets if events.identity(reset) not in undone]

    def _fold_passed(self) -> dict[str, str]:
        passed: dict[str, str] = {}
        for event in self._all("lesson_passed"):
            _pass(passed, event)
        return passed

    def _fold_tested(self) -> set[str]:
        return {e["lesson"] for e in self._all("lesson_passed") if e.get("tested")}

    def _fold_positions(self) -> dict[str, Event]:
        positions = {}
        for lesson, lines in self._lines("at").items():
            clocks = [clock_of(line) for line in lines]
            highest = max(clocks)
            latest = [line for line, clock in zip(lines, clocks, strict=True) if clock == highest]
            if found := self._events(latest) or self._events(lines):
                positions[lesson] = found[-1]
        return positions

    def _all(self, kind: str) -> list[Event]:
        return self._events(line for lines in self._lines(kind).values() for line in lines)

    def _events(self, lines: Iterable[Line]) -> list[Event]:
        """The events of some lines that are in force, in order."""
        found = self._unique(lines)
        if not self._resets:
            return found
        return [event for event in found if not self._dropped(event)]

    def _unique(self, lines: Iterable[Line]) -> list[Event]:
        """The events of some lines in order, each once however often it was written."""
        found = {events.order(event): event for event in decode(lines)}
        return [found[place] for place in sorted(found)]

    def _dropped(self, event: Event) -> bool:
        return any(
            event["n"] <= reset["covers"].get(event["session"], 0)
            and reset["lesson"] in (None, event.get("lesson"))
            for reset in self._resets
        )

    # Shelves

    def _lines(self, kind: str) -> dict[str, list[Line]]:
        return self._shelves.get(kind, {})

    def _shelf(self, kind: str, subject: str) -> list[Line]:
        return self._shelves.setdefault(kind, {}).setdefault(subject, [])

    def _shelve(self, event: Event) -> None:
        subject = event.get("question") or event.get("lesson")
        if event["type"] in ("reset", "run_finished") or type(subject) is not str:
            subject = ""
        self._shelf(event["type"], subject).append(event)

    def _once(self, name: str, fold: Any) -> Any:
        if name not in self._found:
            self._found[name] = fold()
        return self._found[name]

    def _forget(self) -> None:
        self._found = {}
        self._histories = {}


def _pass(passed: dict[str, str], event: Event) -> None:
    if passed.get(event["lesson"]) != "unaided":
        passed[event["lesson"]] = "helped" if event["help"] else "unaided"


class Histories(Mapping[str, list[Event]]):
    """The histories of a record by question, each decoded when it is asked for."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def __getitem__(self, question: str) -> list[Event]:
        history = self._record.history(question)
        if not history:
            raise KeyError(question)
        return history

    def __iter__(self) -> Iterator[str]:
        return (question for question in self._record.asked() if self._record.history(question))

    def __len__(self) -> int:
        return sum(1 for _ in self)
