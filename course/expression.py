"""The grammar of lesson arithmetic: tokens, and a reading of them that works out the value."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from course.operations import FUNCTIONS, ArithmeticProblem, apply, bounded, call

MAX_LENGTH = 400
MAX_DEPTH = 20

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.]))
  | (?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?![\w.]))
  | (?P<sign>\*\*|<=|>=|==|!=|[-+*/()<>,])
    )""",
    re.VERBOSE | re.ASCII,
)
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_WORDS = frozenset({"and", "or"})


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str


def _tokens(text: str) -> list[_Token]:
    if len(text) > MAX_LENGTH:
        raise ArithmeticProblem(f"That is too long: at most {MAX_LENGTH} characters.")
    text = text.rstrip()
    tokens: list[_Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise ArithmeticProblem(f"“{_short(text[at:].strip())}” is not understood.")
        kind = match.lastgroup
        word = match[kind]
        tokens.append(_Token("word" if word in _WORDS else kind, word))
        at = match.end()
    if not tokens:
        raise ArithmeticProblem("There is nothing to work out.")
    return tokens


class Reading:
    """Recursive descent over the tokens, working out values as it goes.

    Without `names` it checks the form alone: no operation is carried out, and every name
    passes for a number.
    """

    def __init__(self, text: str, names: Mapping[str, float] | None) -> None:
        self.tokens = _tokens(text)
        self.names = names
        self.asked: set[str] = set()
        self.at = 0
        self.depth = 0

    def whole(self) -> float | bool:
        value = self.either()
        if self.at < len(self.tokens):
            raise ArithmeticProblem(f"“{_short(self.tokens[self.at].text)}” is one too many.")
        return value

    def either(self) -> float | bool:
        value = self.both()
        while self.take("or"):
            right = _truth(self.both())
            value = _truth(value) or right
        return value

    def both(self) -> float | bool:
        value = self.compared()
        while self.take("and"):
            right = _truth(self.compared())
            value = _truth(value) and right
        return value

    def compared(self) -> float | bool:
        left = self.total()
        holds: bool | None = None
        while sign := self.take(*_COMPARE):
            right = self.total()
            step = _COMPARE[sign](_number(left), _number(right))
            holds = step if holds is None else holds and step
            left = right
        return left if holds is None else holds

    def total(self) -> float | bool:
        value = self.product()
        while sign := self.take("+", "-"):
            right = self.product()
            value = self.apply(sign, value, right)
        return value

    def product(self) -> float | bool:
        value = self.signed()
        while sign := self.take("*", "/"):
            right = self.signed()
            value = self.apply(sign, value, right)
        return value

    def signed(self) -> float | bool:
        if sign := self.take("-", "+"):
            value = _number(self.nested(self.signed))
            return -value if sign == "-" else value
        return self.power()

    def power(self) -> float | bool:
        base = self.atom()
        if self.take("**"):
            exponent = self.nested(self.signed)
            return self.apply("**", base, exponent)
        return base

    def atom(self) -> float | bool:
        if self.take("("):
            value = self.nested(self.either)
            if not self.take(")"):
                raise ArithmeticProblem("A bracket is not closed.")
            return value
        if self.at == len(self.tokens):
            raise ArithmeticProblem("Something is missing at the end.")
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "number":
            return bounded(float(token.text))
        if token.kind == "name" and token.text in FUNCTIONS and self.take("("):
            return self.called(token.text)
        if token.kind == "name":
            return self.value_of(token.text)
        raise ArithmeticProblem(f"“{_short(token.text)}” stands where a number is expected.")

    def called(self, name: str) -> float:
        """A function whose bracket has just been opened."""
        numbers = [_number(self.nested(self.either))]
        while self.take(","):
            numbers.append(_number(self.nested(self.either)))
        if not self.take(")"):
            raise ArithmeticProblem("A bracket is not closed.")
        return 1.0 if self.names is None else call(name, numbers)

    def value_of(self, name: str) -> float:
        self.asked.add(name)
        if self.names is None:
            return 1.0
        if name not in self.names:
            raise ArithmeticProblem(f"“{_short(name)}” is no number here.")
        value = float(self.names[name])
        if not math.isfinite(value):
            raise ArithmeticProblem(f"“{_short(name)}” is not a finite number.")
        return value

    def nested(self, part: Callable[[], float | bool]) -> float | bool:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ArithmeticProblem("That is nested too deeply.")
        value = part()
        self.depth -= 1
        return value

    def take(self, *texts: str) -> str:
        if self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind in ("sign", "word") and token.text in texts:
                self.at += 1
                return token.text
        return ""

    def apply(self, sign: str, left: float | bool, right: float | bool) -> float:
        a, b = _number(left), _number(right)
        return 1.0 if self.names is None else apply(sign, a, b)


def _number(value: float | bool) -> float:
    if isinstance(value, bool):
        raise ArithmeticProblem("A comparison is used as if it were a number.")
    return value


def _truth(value: float | bool) -> bool:
    if not isinstance(value, bool):
        raise ArithmeticProblem("“and” and “or” join comparisons.")
    return value


def _short(text: str) -> str:
    """A piece of what was typed, short enough for one line."""
    return text if len(text) <= 32 else text[:31] + "…"
