"""How thought arrows are read, and what their keys do."""

from __future__ import annotations

HELP = """\
### Thought arrows

The network answers in every cell at once: which way from here to the cheese `C`? It looks at the
maze again and again, loop by loop. An **arrow** is what it would answer if it stopped after the
loop that is shown. `!` marks a wrong one: no shortest way begins like that. (In small squares it
stands in the arrow's place; where no news can have come yet, a dot.)

In the looped map, news of the cheese comes through one door a loop: after k loops a cell more than
k moves away cannot know of it. There its arrow is **grey**, a guess. **near** is how many arrows
are right within k moves of the cheese, **farther** how many beyond, and **by luck** how many of
these would be right by a guess among the doors of each. The heavy line is the way that a mouse `M`
goes by the arrows: to the cheese, into a wall, or round and round.

The bars are the share that is **right** after each loop, and below them (**news**) the share of the
cells that the news can have reached. The lower bars are the share that is right after all loops, at
each saved step of the training.

A maze that does not fit is seen through a window, which goes with the news on its way to the
mouse, or with the mouse while that has the arrows. The whole of it stands beside the window: a dot
for each cell whose arrow is right and that the news can have reached.

**← →** a loop back and on, **home end** the first and the last, **↓ ↑** back and on through the
training, **space** plays the one that was moved last, **f s** faster and slower, **a** hands the
arrows to the mouse and back, **c** shows how sure each arrow is, darker for surer.
"""
