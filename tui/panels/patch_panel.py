"""A patient of the learner's own clinic, beside the healthy network or its own patched self."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.binding import Binding

from course.problems import did_you_mean
from models.protocol import ProbeResult
from models.specs.clinic import HEALTHY, PATIENTS, RUNNERS, patched
from tui.drawing.training.patch import Patch, Side
from tui.lab_run import LabRun
from tui.lab_settings import lab_fault, run_ref
from tui.pages.page import Desk
from tui.panels.inside_panel import InsidePanel
from tui.widgets.key_line import Hint
from tui.widgets.patch_view import HELP, PatchView

LAB = "clinic"
SETTINGS = frozenset({"lab", "patient", "when"})


def fault(settings: Mapping[str, str]) -> str:
    """What keeps a patient from being shown with these settings; empty if nothing does."""
    if found := lab_fault(settings, LAB):
        return found
    ref = run_ref(settings.get("lab", LAB))
    if ref.lab != LAB:
        return f"the lab {ref.lab} has no patients"
    patient = _patient_of(settings)
    if patient not in PATIENTS:
        return f"patient {patient}: {did_you_mean(patient, PATIENTS)}"
    if ref.knobs.get("patient", "all") not in ("all", patient):
        return f"patient {patient} is not in a run of {ref.knobs['patient']} alone"
    return ""


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    name = PATIENTS[_patient_of(settings)]
    told = "the weights of both on one text, their losses, and the numbers in which they differ"
    if _is_patched(settings):
        return f"{name} as it came, and with one line of its code put right: {told}; and the line."
    return f"{name} beside the healthy network: {told}."


def _patient_of(settings: Mapping[str, str]) -> str:
    """Whom the settings name; else who is alone in the run, or the first of all."""
    alone = run_ref(settings.get("lab", LAB)).knobs.get("patient", "all")
    return settings.get("patient", next(iter(PATIENTS)) if alone == "all" else alone)


def _is_patched(settings: Mapping[str, str]) -> bool:
    return run_ref(settings.get("lab", LAB)).knobs.get("patch", "yes") == "yes"


class PatchPanel(InsidePanel):
    """One patient and one other; the others of the same run are a key away."""

    BINDINGS = [  # noqa: RUF012
        Binding("o", "another", "Another patient", show=False, id="patch-another"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk, LAB)
        self._patient = _patient_of(settings)
        chosen = str(self.knobs["patient"])
        self._patients = tuple(PATIENTS) if chosen == "all" else (chosen,)
        self._is_patched = bool(self.knobs["patch"])
        self._seen: dict[tuple[str, str], Patch] = {}

    def build(self) -> PatchView:
        """The picture."""
        return PatchView(ink=self.desk.ink)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """The arrows move in two directions; another patient, where there is one."""
        hints = super().hints_of_keys
        if not self.pictured:
            return hints
        other = (("o", PATIENTS[self._next]),) if self._next != self._patient else ()
        return (("arrows", "cell"), *other, *hints[1:])

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All of them."""
        return (
            ("space", "begin the run, where there is none"),
            ("arrows", "another cell of both grids"),
            ("o", "the next patient of this run"),
            ("b", "before or after training"),
        )

    @property
    def help_text(self) -> str:
        """What is under the cursor, and how the picture is read."""
        return f"{self.sentence}\n\n{HELP}" if self.pictured else HELP

    @property
    def wanted(self) -> tuple[str, str]:
        """Time and patient."""
        return self.when, self._patient

    @property
    def _next(self) -> str:
        return self._patients[(self._patients.index(self._patient) + 1) % len(self._patients)]

    def action_another(self) -> None:
        """The next patient."""
        self._patient = self._next
        self.look()

    async def ask(self, run: LabRun, when: str) -> None:
        """Look into both."""
        patient = self._patient
        wanted = when, patient
        beside = patched(patient) if self._is_patched else HEALTHY
        one, other = [
            await self.desk.labs.probe(run, "case", {"runner": runner, "when": when})
            for runner in (patient, beside)
        ]
        code = one.values["code"] if self._is_patched else []
        self._seen[wanted] = Patch(
            self._side(run, one, when),
            self._side(run, other, when),
            one.values["letters"],
            one.values["right"],
            [(sign, line) for sign, line in code],
        )

    def _side(self, run: LabRun, seen: ProbeResult, when: str) -> Side:
        runner = seen.values["runner"]
        losses = run.curves.get((runner, "loss"), ()) if when == "after" else ()
        return Side(
            "patched" if runner not in (HEALTHY, *PATIENTS) else RUNNERS[runner],
            seen.arrays["weights"].rows(),
            seen.arrays["hidden"].rows(),
            seen.values["said"],
            seen.values["numbers"],
            [loss for _, loss in losses],
        )

    def show(self) -> None:
        """Draw the pair of the time that is chosen."""
        picture = self.picture
        assert isinstance(picture, PatchView)
        if picture.shown is not self._seen[self.wanted]:
            picture.show(self._seen[self.wanted])
