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
gradient = nn.utils.clip_grad_norm_(weights, longest)""",
        "by-value": """\
    loss = loss_at(self.step)
    loss.backward()
gradient = torch.stack([w.grad.norm() for w in weights]).norm()
nn.utils.clip_grad_value_(weights, longest)
rate = self.recipe.rate(self.step)
self.optimizer.step(rate)""",
        "no-schedule": """\
    loss = loss_at(self.step)
    loss.backward()
gradient = nn.utils.clip_grad_norm_(weights, longest)
rate = self.recipe.learning_rate
self.optimizer.step(rate)""",
        "no-backward": """\
    loss = loss_at(self.step)
gradient = nn.utils.clip_grad_norm_(weights, longest)
rate = self.recipe.rate(self.step)
self.optimizer.step(rate)""",
    },
    promise="steps make the loss smaller",
)
