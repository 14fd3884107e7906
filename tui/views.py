"""The live views that a lesson can name, and what may be set on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from course.lesson import View
from tui.lab_settings import run_ref
from tui.pages.page import Desk
from tui.panels import (
    ablations_panel,
    attention_panel,
    code_panel,
    costs_panel,
    families_panel,
    fit_panel,
    gradients_panel,
    head_board_panel,
    head_board_settings,
    heads_panel,
    lens_panel,
    masks_panel,
    maze_attention_panel,
    maze_editor_panel,
    maze_editor_settings,
    maze_panel,
    mice_race_panel,
    patch_panel,
    per_length_panel,
    positions_panel,
    reach_panel,
    readings_panel,
    shapes_panel,
    shuffle_panel,
    speaking_panel,
    speech_panel,
    spread_panel,
    states_panel,
    thoughts_panel,
    thoughts_settings,
    tower_panel,
    vote_panel,
    walk_panel,
    weights_panel,
    written_panel,
)
from tui.panels.alignment_panel import AlignmentPanel
from tui.panels.dot_product_panel import DotProductPanel
from tui.panels.live_view import LiveView

Settings = Mapping[str, str]


@dataclass(frozen=True)
class _Kind:
    """A view: what may be set on it, what keeps it from being drawn, the widget, and its words."""

    settings: frozenset[str]
    fault: Callable[[Settings], str]
    build: Callable[[Settings, Desk], LiveView]
    in_words: Callable[[Settings], str] = lambda settings: ""


def _panel(settings: Settings, lab: str) -> type[attention_panel.AttentionPanel]:
    """The panel for the kind of attention that a lab has."""
    kind = weights_panel.LOOKS[run_ref(settings.get("lab", lab)).lab]
    return DotProductPanel if kind.probe == "attention" else AlignmentPanel


def _weights(lab: str) -> _Kind:
    """Who looks at whom, in a lab unless another is named."""
    return _Kind(
        weights_panel.SETTINGS,
        lambda settings: weights_panel.fault(settings, lab),
        lambda settings, desk: _panel(settings, lab)(settings, desk, lab),
        lambda settings: weights_panel.in_words(settings, lab),
    )


_KINDS = {
    "masks": _Kind(
        masks_panel.SETTINGS, masks_panel.fault, masks_panel.MasksPanel, masks_panel.in_words
    ),
    "maze": _Kind(maze_panel.SETTINGS, maze_panel.fault, maze_panel.MazePanel),
    "maze-attention": _Kind(
        maze_attention_panel.SETTINGS,
        maze_attention_panel.fault,
        maze_attention_panel.MazeAttentionPanel,
        maze_attention_panel.in_words,
    ),
    "maze-editor": _Kind(
        maze_editor_settings.SETTINGS,
        maze_editor_settings.fault,
        maze_editor_panel.MazeEditorPanel,
        maze_editor_settings.in_words,
    ),
    "attention-grid": _weights("letters"),
    "alignment": _weights("alignment"),
    "reach": _Kind(
        reach_panel.SETTINGS, reach_panel.fault, reach_panel.ReachPanel, reach_panel.in_words
    ),
    "states": _Kind(
        states_panel.SETTINGS, states_panel.fault, states_panel.StatesPanel, states_panel.in_words
    ),
    "spread": _Kind(
        spread_panel.SETTINGS, spread_panel.fault, spread_panel.SpreadPanel, spread_panel.in_words
    ),
    "walk": _Kind(walk_panel.SETTINGS, walk_panel.fault, walk_panel.WalkPanel, walk_panel.in_words),
    "positions": _Kind(
        positions_panel.SETTINGS,
        positions_panel.fault,
        positions_panel.PositionsPanel,
        positions_panel.in_words,
    ),
    "shuffle": _Kind(
        shuffle_panel.SETTINGS,
        shuffle_panel.fault,
        shuffle_panel.ShufflePanel,
        shuffle_panel.in_words,
    ),
    "per-length": _Kind(
        per_length_panel.SETTINGS,
        per_length_panel.fault,
        per_length_panel.PerLengthPanel,
        per_length_panel.in_words,
    ),
    "families": _Kind(
        families_panel.SETTINGS,
        families_panel.fault,
        families_panel.FamiliesPanel,
        families_panel.in_words,
    ),
    "vote": _Kind(vote_panel.SETTINGS, vote_panel.fault, vote_panel.VotePanel, vote_panel.in_words),
    "kernel": _Kind(fit_panel.SETTINGS, fit_panel.fault, fit_panel.FitPanel, fit_panel.in_words),
    "costs": _Kind(
        costs_panel.SETTINGS, costs_panel.fault, costs_panel.CostsPanel, costs_panel.in_words
    ),
    "heads": _Kind(
        heads_panel.SETTINGS, heads_panel.fault, heads_panel.HeadsPanel, heads_panel.in_words
    ),
    "head-board": _Kind(
        head_board_settings.SETTINGS,
        head_board_settings.fault,
        head_board_panel.HeadBoardPanel,
        head_board_settings.in_words,
    ),
    "ablations": _Kind(
        ablations_panel.SETTINGS,
        ablations_panel.fault,
        ablations_panel.AblationsPanel,
        ablations_panel.in_words,
    ),
    "shapes": _Kind(
        shapes_panel.SETTINGS, shapes_panel.fault, shapes_panel.ShapesPanel, shapes_panel.in_words
    ),
    "code": _Kind(code_panel.SETTINGS, code_panel.fault, code_panel.CodePanel, code_panel.in_words),
    "written": _Kind(
        written_panel.SETTINGS,
        written_panel.fault,
        written_panel.WrittenPanel,
        written_panel.in_words,
    ),
    "speech": _Kind(
        speaking_panel.SETTINGS,
        speaking_panel.fault,
        speech_panel.SpeechPanel,
        speech_panel.in_words,
    ),
    "lens": _Kind(
        lens_panel.SETTINGS, speaking_panel.fault, lens_panel.LensPanel, lens_panel.in_words
    ),
    "gradients": _Kind(
        gradients_panel.SETTINGS,
        gradients_panel.fault,
        gradients_panel.GradientsPanel,
        gradients_panel.in_words,
    ),
    "patch": _Kind(
        patch_panel.SETTINGS, patch_panel.fault, patch_panel.PatchPanel, patch_panel.in_words
    ),
    "thoughts": _Kind(
        thoughts_settings.SETTINGS,
        thoughts_settings.fault,
        thoughts_panel.ThoughtsPanel,
        thoughts_settings.in_words,
    ),
    "probe-readings": _Kind(
        readings_panel.SETTINGS,
        readings_panel.fault,
        readings_panel.ReadingsPanel,
        readings_panel.in_words,
    ),
    "mice-race": _Kind(
        mice_race_panel.SETTINGS,
        mice_race_panel.fault,
        mice_race_panel.MiceRacePanel,
        mice_race_panel.in_words,
    ),
    "tower": _Kind(
        tower_panel.SETTINGS, tower_panel.fault, tower_panel.TowerPanel, tower_panel.in_words
    ),
}
VIEWS: dict[str, frozenset[str]] = {name: kind.settings for name, kind in _KINDS.items()}


def build_view(view: View, desk: Desk) -> LiveView:
    """The widget that a lesson's view names."""
    return _KINDS[view.name].build(view.settings, desk)


def view_fault(view: View) -> str:
    """What keeps a view from being drawn with its settings; empty if nothing does."""
    return _KINDS[view.name].fault(view.settings)


def view_in_words(view: View) -> str:
    """What a view of live numbers shows, for who cannot see it; empty if it has no words."""
    return _KINDS[view.name].in_words(view.settings)
