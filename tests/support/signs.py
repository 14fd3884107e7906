"""A lesson made of what a terminal program may eat: brackets, angles, stars, dots."""

from __future__ import annotations

SIGNS = ("[CLS]", "x[i]", "<pad>", "f[i](x)", "a*b*c", "attention.py", "[/]", "[red]", "q[h]")
"""What must be read wherever it is written, whether as code or not."""
BARE = " ".join(SIGNS)
CODE = " ".join(f"`{sign}`" for sign in SIGNS)


def both(word: str) -> str:
    """The signs bare and as code, behind a word that tells where they stand."""
    return f"{word} {BARE} as code {CODE}"


LESSON = f"""\
+++
format = 1
id = "signs"
title = "What [CLS] says to <pad>"
minutes = 5
summary = '{BARE}'
requires = ["never"]

[objectives]
"signs.read" = 'read {BARE}'
+++
## Heading [CLS] x[i] <pad> a*b*c

{both("prose")}

- {both("item")}

1. {both("step")}

> {both("quote")}

| sign | {BARE} |
|---|---|
| `x[i]` | [CLS] <pad> |

```
{both("block")[:60]}
    x[i]  [CLS]  <pad>  f[i](x)
```

:::{{view}} maze
:size: 2
:::

:::{{single}} q-signs
:objective: signs.read
:checkpoint: yes
:hint: {both("hint")}

{both("prompt")}

- [ ] {both("wrong")}
  > {both("because")}
- [x] {both("right")}
  > {both("why")}
:::

:::{{multi}} m-signs
:objective: signs.read
:hint: {both("hint")}

{both("several")}

- [x] {both("one")}
  > {both("because one")}
- [ ] {both("two")}
  > {both("because two")}
- [x] {both("three")}
  > {both("because three")}
:::

:::{{numeric}} n-signs
:objective: signs.read
:hint: {both("hint")}
:draw: d in 2, 3
:answer: d
:also: d + 1 => {both("diagnosed")}

{both("number")} is {{{{d}}}}?

> {both("worked")} is {{{{answer}}}}
:::

:::{{order}} ord-signs
:objective: signs.read
:hint: {both("hint")}

{both("order")}

1. {both("first")}
   > {both("as first")}
2. {both("second")}
   > {both("as second")}

- [ ] {both("stranger")}
  > {both("no place")}
:::

:::{{predict}} p-signs
:run: mice
:answer-from: random.arrival < 0.5 => few
:answer-from: random.arrival >= 0.5 => many
:surprise: {both("surprise")}

{both("bet")}

- [x] {{few}} {both("few")}
  > {both("it was few")}
- [ ] {{many}} {both("many")}
  > {both("it was many")}
:::

:::{{lab}} mice
{both("lab")}
:::

:::{{observe}} o-signs of p-signs
:objective: signs.read
:hint: {both("hint")}

{both("observed")}

- [ ] {both("saw this")}
  > {both("no because")}
- [x] {both("saw that")}
  > {both("yes because")}
:::

:::{{claim}} c-signs
:confirmed-if: run.mice.random.arrival > 0.5
:busted-if: run.mice.random.arrival < 0.4

{both("claim")}

> {both("judged")}, chance {{{{ run.mice.random.arrival | percent }}}}
:::
"""
