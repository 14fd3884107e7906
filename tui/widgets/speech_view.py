"""Words right and wrong, as a lab shows them and a lesson asks for them."""

from __future__ import annotations

from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.training.speech import Speech, draw, lines_wanted, sentence
from tui.widgets.drawn_view import DrawnView

HELP = """\
### Words right and wrong

A sentence is read word by word. Before each word the network is asked which one it holds to be
the **likeliest**, and the sign shows how that went: `✓` (`+`) it was the one that came; `·` (`.`)
it was another one that the grammar allows there; `✗` (`x`) it was one that cannot come there. Even
someone who knows the grammar gets many dots: where one of three verbs may come, no guess is always
right.

Below are sentences that it says by itself, each word drawn by the shares it gives. *Recited* ones
are among the sentences it learned from; *new* ones are right and are not.

**m** shows other sentences, **b** switches between before and after training.
"""


class SpeechView(DrawnView):
    """Shows a `Speech`."""

    HELP = HELP
    DEFAULT_CSS = """
    SpeechView { height: auto; max-height: 100%; width: 1fr; max-width: 120; }
    """

    def __init__(self, speech: Speech | None = None, *, ink: Ink | None = None) -> None:
        super().__init__(ink=ink)
        self._speech = speech or Speech()

    def show(self, speech: Speech) -> None:
        """Show what was said at another time."""
        self._speech = speech
        self.show_change()

    @property
    def sentence(self) -> str:
        """How many words were predicted, and how many sentences are right."""
        return sentence(self._speech)

    def draw(self) -> list[Strip]:
        """As much of it as there is room for."""
        return draw(self._speech, *self.content_size, self.ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """All sentences."""
        return lines_wanted(self._speech, max(1, width), self.ink)


def main() -> None:
    """Sentences predicted by counting pairs of words, and sentences said so."""
    from tui.demos.speech import speech_demo

    speech_demo().run()


if __name__ == "__main__":
    main()
