"""One step of training: a loss, what flows back, how long it may be, how far to go."""

from __future__ import annotations

from models.exercises.exercise import Exercise

EXERCISE = Exercise(
    name="step",
    file="training",
    function="Training.updates",
    first="loss = loss_at(self.step)",
    lines=5,
    starter="    loss = loss_at(self.step)\ngradient, rate = torch.zeros(()), 0.0",
    wrong={
        "clip-late": """\
    loss = loss_at(self.step)
    loss.backward()
rate = self.recipe.rate(self.step)
self.optimizer.step(rate)
gradient = clip([w.grad for w in weights if w.grad is not None], by, most)""",
        "by-value": """\
    loss = loss_at(self.step)
    loss.backward()
gradient = clip([w.grad for w in weights if w.grad is not None], "value", most)
rate = self.recipe.rate(self.step)
self.optimizer.step(rate)""",
        "no-schedule": """\
    loss = loss_at(self.step)
    loss.backward()
gradient = clip([w.grad for w in weights if w.grad is not None], by, most)
rate = self.recipe.learning_rate
self.optimizer.step(rate)""",
        "no-backward": """\
    loss = loss_at(self.step)
gradient = clip([w.grad for w in weights if w.grad is not None], by, most)
rate = self.recipe.rate(self.step)
self.optimizer.step(rate)""",
    },
    promise="steps make the loss smaller",
)
