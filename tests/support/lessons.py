"""Small lessons for tests, and the faults that the reader finds in them."""

from __future__ import annotations

from course.lesson import Lesson
from course.reader import LessonErrors, read_lesson

HEAD = """\
+++
format = 1
id = "sample"
title = "A sample"
minutes = 20
objectives = { "s.rows" = "read a row", "s.mask" = "say what a mask removes" }
summary = "One of everything."
+++
"""
HEAD_LINES = HEAD.count("\n")
"""How many lines stand before the first line of a sample's text."""

SINGLE = """\
:::{single} q-row-sum
:objective: s.rows
:hint: What does softmax guarantee?
:hint: Add the numbers in row 3.
:checkpoint: yes

Each row of the grid sums to
- [ ] the number of tokens
  > That is the sum of the whole grid. #mc:grid-vs-row
- [x] 1
  > Softmax makes each row a distribution over the keys.
- [ ] the number of heads
  > Heads give several grids; a row lives inside one. #mc:heads
- [ ] nothing in particular
  > Then it would be no distribution. #mc:grid-vs-row
:::
"""

MULTI = """\
:::{multi} m-masks
:objective: s.mask
:hint: none because both are on the screen
:checkpoint: yes

Which of these hide something?
- [x] the causal mask
  > It hides the future.
- [ ] the residual stream
  > It carries everything along. #mc:heads
- [x] the padding mask
  > It hides what is no word.
:::
"""

NUMERIC = """\
:::{numeric} n-head-width
:objective: s.rows
:hint: Divide {{d}} by something.
:draw: d in 128, 256, 512; h in 4, 8
:answer: d / h
:also: d * h => You multiplied by {{h}}; they divide the width. #mc:heads
:tolerance: 0.01

With a width of {{d}} and {{h}} heads, how wide is one head?

> {{d}} / {{h}} = {{answer}}
:::
"""

ORDER = """\
:::{order} o-attention
:objective: s.mask
:hint: Scores come before weights.

Put the steps of attention in order.

1. multiply queries and keys
   > Scores come first.
2. divide by the square root of the width
   > So that softmax stays soft.
3. take the softmax
   > Now they are shares.
4. average the values
   > The shares weigh the values.

- [ ] sort the tokens
  > Attention never sorts. #mc:heads
:::
"""

PREDICT = """\
:::{predict} p-no-mask
:run: lap causal=no
:baseline: lap causal=yes
:answer-from: final_loss < baseline.final_loss * 0.8 => lower
:answer-from: final_loss >= baseline.final_loss * 0.8 => not-lower
:seeds: 0 1 2
:surprise: Your run disagrees with three others.

Without the mask, the training loss will be
- [ ] {not-lower} about the same or higher
  > Not when one of the things to look at is the answer. #mc:heads
- [x] {lower} lower
  > It reads the answer from the future.
:::
"""

OBSERVE = """\
:::{observe} o-no-mask of p-no-mask
:objective: s.mask
:hint: none because the chart is on the screen

What did the loss do?
- [x] it fell below the floor
  > A floor holds for those who cannot see the future.
- [ ] it stayed where it was
  > Look at the last hundred steps. #mc:heads
- [ ] it rose
  > It fell from the first step on. #mc:heads
:::
"""

SKETCH = """\
:::{sketch} k-lstm
:run: recall pairs=8
:measure: lstm.accuracy
:mark: 0.038 guessing

How often will the LSTM be right in the end?

> One state holds all pairs.
:::
"""

CURVE = """\
:::{sketch} k-loss
:run: recall pairs=8
:measure: lstm.loss
:over: step 0 100 200 1000
:range: 0 4
:form: number
:seeds: 0 1

How will its loss fall?
:::
"""

BY_VALUE = """\
:::{sketch} k-far
:run: positions
:measure: rotary.at*
:over: tokens 20 80

How often is it right?
:::
"""

OVER_PAIRS = """\
:::{sketch} k-pairs
:study: recall-pairs
:measure: lstm.accuracy
:over: pairs 2 4 8 13 26
:mark: 0.038 guessing

How often will it be right, the more pairs there are?
:::
"""

TRACE = """\
:::{trace} t-softmax
:objective: s.rows
:hint: First the powers, then their sum, then the shares.
:draw: a in 1, 2; b in 0, 3
:columns: cat | dog
:given: s, score = a | b
:row: x, e to the score = exp(s#)
:why: {{s#}} goes into the exponent: e**{{s#}}.
:also: s# => That is the score itself. #mc:grid-vs-row
:row: z, their sum = x1 + x2
:why: Add the two powers above.
:also: s1 + s2 => You added the scores. #mc:heads
:row: w, weight = x# / z
:why: A power divided by the sum of the powers.

What weights does softmax make of the scores {{a}} and {{b}}?

> They sum to 1: {{w1}} and {{w2}}.
:::
"""

SPOT = """\
:::{spot} sp-dead-end
:objective: s.rows
:hint: Count the open sides.
:draw: m in 1, 2, 3
:view: maze
:walker: bfs
:seed: {{m}}
:where: exits == 1 and from_start > 0 and to_cheese > 0
:also: from_start == 0 => That is the start. #mc:grid-vs-row
:also: exits == 2 => One can go through there. #mc:heads
:otherwise: Ways part there, in maze {{m}}.

Point at a dead end that is neither start nor cheese.

> Whoever goes in has to come back.
:::
"""

CODE = """\
:::{code} x-softmax
:objective: s.rows
:hint: First the powers, then their sum.
:exercise: softmax
:wrong: ratio => These are scores over their **sum**. #mc:grid-vs-row
:wrong: times-temperature => You multiplied by the temperature.
:wrong: no-largest => Take the largest score away first. #mc:heads
:wrong: not-shared => Powers, and no shares yet.

Write the softmax of `scores`.

> The vote runs on these lines.
:::
"""

EXPERIMENT = """\
:::{experiment} x-heads-off
:objective: s.rows
:hint: Which heads do the same work?
:draw: m in 1, 2, 3
:task: switch-off
:lab: heads
:runner: four
:until: accuracy < 0.4
:also: off == heads => All {{heads}} off: that shows little. #mc:heads
:not-enough: {{accuracy}} are still right, of {{whole}}. #mc:grid-vs-row
:too-many: Enough with {{off}} off; {{fewest}} can do it.

Bring the accuracy below 40 % with the fewest heads off.

> {{accuracy}} are left without {{off}} of {{heads}}.
:::
"""

LOOPS = """\
:::{experiment} x-loops
:objective: s.rows
:hint: How far is the way?
:draw: m in 1, 2, 3
:task: loops
:lab: map
:sample: {{m}}
:too-few: After {{loops}} it is not there. #mc:heads
:too-many: It was there after {{fewest}} already.

How many loops does this maze need?

> {{loops}} loops for {{away}} moves.
:::
"""

FIND_HEAD = """\
:::{experiment} x-one-back
:objective: s.rows
:hint: Look below the diagonal.
:task: find-head
:lab: lap
:score: prev
:other-score: That one does something else.
:one-text: It does so in this text alone.
:neither: {{score}} of its weight lies there, at most {{highest}}.

Find the head that looks one back.

> {{score}} of its weight; {{without}} without it.
:::
"""

WORDS = """\
:::{words} w-attention

In two or three sentences: what does attention do?

> A row of shares, and what they are shares **of**.
:::
"""

BETS = """\
:::{bets} b-before
:true-if: run.race.longest_ratio < 1.2
:true-if: run.lap.final_loss < run.lap.floor

What would you bet on?
- [ ] attention takes no longer for longer texts
  > The race tells.
- [ ] a loss can fall below its floor
  > The lap **tells**.
:::
"""

CLAIM = """\
:::{claim} c-o1
:confirmed-if: run.race.longest_ratio < 1.2
:busted-if: run.race.longest_ratio > 2

"The transformer is an O(1) architecture."

> It took {{ run.race.longest_ratio | ratio }} times as long.
:::
"""

SAMPLE = f"""{HEAD}\
## A row is a distribution

Every row of the grid sums to one: `[CLS]`, `x[i]`, `<pad>`, `f[i](x)`, `a*b*c`, `attention.py`.

:::{{view}} attention-grid
:lab: lap
:highlight: row 3
:::

:::{{notes}}
Let them argue for two minutes.
:::

{SINGLE}
{NUMERIC}
## The mask

Text before the break.

---

Text after it, measured: {{{{ run.lap.final_loss | number }}}}.

{MULTI}
{ORDER}
{PREDICT}
:::{{lab}} lap causal=no
Watch the loss.
:::

{OBSERVE}
{CLAIM}
## Yours to keep

A row is a distribution.
"""


def with_body(body: str, head: str = HEAD) -> str:
    """A lesson file of this text."""
    return head + body


def read(body: str) -> Lesson:
    """The lesson made of this text."""
    return read_lesson(with_body(body), "sample.md")


def faults(text: str) -> list[tuple[int, str]]:
    """Line and text of everything that the reader finds wrong with a file."""
    try:
        read_lesson(text, "sample.md")
    except LessonErrors as errors:
        assert all(problem.path == "sample.md" for problem in errors.problems)
        return [(problem.line, problem.text) for problem in errors.problems]
    return []


def faults_in(body: str) -> list[tuple[int, str]]:
    """The same for a text under a good head, with lines counted from the text's first."""
    return [(line - HEAD_LINES, text) for line, text in faults(with_body(body))]
