"""Writing token by token: each drawn from what the network says at the last place."""

from __future__ import annotations

from models.exercises.exercise import Exercise

EXERCISE = Exercise(
    name="sampling",
    file="writing",
    function="written",
    first="shares = network(texts)[:, -1]",
    lines=3,
    starter="token = texts[:, -1:]\ntexts = torch.cat([texts, token], 1)",
    wrong={
        "likeliest": """\
token = network(texts)[:, -1].argmax(-1, keepdim=True)
texts = torch.cat([texts, token], 1)""",
        "first-place": """\
shares = network(texts)[:, 0].softmax(-1)
token = torch.multinomial(shares, 1, generator=chance)
texts = torch.cat([texts, token], 1)""",
        "wrong-axis": """\
shares = network(texts).softmax(1)[:, -1]
token = torch.multinomial(shares, 1, generator=chance)
texts = torch.cat([texts, token], 1)""",
        "uniform": """\
shares = torch.ones_like(network(texts)[:, -1])
token = torch.multinomial(shares, 1, generator=chance)
texts = torch.cat([texts, token], 1)""",
    },
    promise="a token comes as often as its share says",
)
