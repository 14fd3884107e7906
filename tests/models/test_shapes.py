"""Shapes that went through the lines of a file, and comments that say what they are."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from models.shapes import Seen, watched
from tests.support.shape_comments import comments, faults, unmet


class File:
    """A small source file that is imported, run and judged."""

    def __init__(self, path: Path, source: str) -> None:
        self.path = path
        self.source = textwrap.dedent(source).lstrip()
        path.write_text(self.source, encoding="utf-8")
        self.names: dict = {"np": np}
        exec(compile(self.source, str(path), "exec"), self.names)

    def run(self, *given: object) -> tuple[object, list[Seen]]:
        return watched(lambda: self.names["f"](*given), [self.path])

    def shapes(self, *given: object) -> list[tuple[int, tuple]]:
        """The line and the shapes of all that was executed."""
        return [(one.line, one.shapes) for one in self.run(*given)[1]]

    def faults(self, *given: object, **letters: int) -> list[str]:
        """What the comments say wrongly, each from the line on."""
        _, seen = self.run(*given)
        found = comments(self.source, self.path)
        assert not unmet(found, seen)
        return [fault.split(":", 1)[1] for fault in faults(found, seen, letters)]


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], File]:
    return lambda source: File(tmp_path / "small.py", source)


def zeros(*shape: int) -> np.ndarray:
    return np.zeros(shape)


# What is seen.


def test_assignments_and_returns_are_seen_in_order(file: Callable[[str], File]) -> None:
    small = file("""
        def f(x):
            a = x.T
            if x is None:
                a = 1
            return a[0]
        """)
    assert small.shapes(zeros(2, 3)) == [(2, ((3, 2),)), (5, ((2,),))]


def test_every_target_is_seen_and_lists_and_tuples_are_opened(
    file: Callable[[str], File],
) -> None:
    small = file("""
        def f(x, m):
            a, (b, *c) = x, [x[0], x.T, x.T]
            m.a = y = x[:, 0]
            m.b[0] = x
            several = [a, (y, "words")]
            return several, None
        """)
    m = type("M", (), {"b": [None]})
    assert small.shapes(zeros(2, 3), m) == [
        (2, ((2, 3), (3,), (3, 2), (3, 2))),
        (3, ((2,), (2,))),
        (4, ((2, 3),)),
        (5, ((2, 3), (2,))),
        (6, ((2, 3), (2,))),
    ]


def test_a_statement_of_several_lines_is_seen_once(file: Callable[[str], File]) -> None:
    small = file("""
        def f(x):
            a, b = (
                part.T
                for part in
                (x, x)
            )
            c = [
                np.stack(
                    [a, part]
                )
                for part in (a, b)
            ]
            return np.concatenate(
                c,
                axis=-1,
            )
        """)
    assert small.shapes(zeros(2, 3)) == [
        (2, ((3, 2), (3, 2))),
        (7, ((2, 3, 2), (2, 3, 2))),
        (13, ((2, 3, 4),)),
    ]


def test_an_assignment_at_the_end_of_a_function_is_seen(file: Callable[[str], File]) -> None:
    assert file("def f(x):\n    y = x").shapes(zeros(2)) == [(2, ((2,),))]


@pytest.mark.parametrize("loop", ["for i in range(3):", "while len(x) < 4:", "while True:"])
def test_every_time_round_a_loop_is_seen(file: Callable[[str], File], loop: str) -> None:
    small = file(f"""
        def f(x):
            try:
                {loop}
                    x = grow(x)
            except OverflowError:
                pass
            return x

        def grow(x):
            if len(x) == 4:
                raise OverflowError
            return np.concatenate([x, x[:1]])
        """)
    seen = small.shapes(zeros(1, 2))
    assert [shapes for line, shapes in seen if line == 4] == [((2, 2),), ((3, 2),), ((4, 2),)]
    assert seen[-1] == (7, ((4, 2),))


def test_a_loop_of_one_statement_of_several_lines_is_seen_every_time(
    file: Callable[[str], File],
) -> None:
    small = file("""
        def f(xs):
            out = []
            while True:
                out += [
                    part
                    for part in [xs.pop()]
                ]
        """)
    with pytest.raises(IndexError):
        small.run([])

    def emptied() -> None:
        with pytest.raises(IndexError):
            small.names["f"]([zeros(1), zeros(2), zeros(3)])

    _, seen = watched(emptied, [small.path])
    assert [len(one.shapes) for one in seen if one.line == 4] == [1, 2, 3]


def test_a_return_is_seen_through_with_and_finally(file: Callable[[str], File]) -> None:
    small = file("""
        import contextlib

        def f(x):
            with contextlib.nullcontext():
                try:
                    return x.T
                finally:
                    y = x[0]
        """)
    assert small.shapes(zeros(2, 3)) == [(8, ((3,),)), (6, ((3, 2),))]


def test_what_was_not_completed_is_not_seen(file: Callable[[str], File]) -> None:
    small = file("""
        def f(x):
            y = x
            try:
                y = x[9]
            except IndexError:
                pass
            try:
                return x[9]
            except IndexError:
                pass
        """)
    assert small.shapes(zeros(2, 3)) == [(2, ((2, 3),))]


def test_a_generator_is_one_call_and_a_pause_is_no_return(file: Callable[[str], File]) -> None:
    small = file("""
        def f(x):
            return sum(parts(x))

        def parts(x):
            for part in x:
                y = part.T
                z = yield y
            return y
        """)
    _, seen = small.run(zeros(2, 3, 4))
    assert [(one.line, one.call, one.shapes) for one in seen] == [
        (6, 2, ((4, 3),)),
        (7, 2, ()),
        (6, 2, ((4, 3),)),
        (7, 2, ()),
        (8, 2, ((4, 3),)),
        (2, 1, ((4, 3),)),
    ]


def test_a_target_with_a_call_is_not_called_again(file: Callable[[str], File]) -> None:
    small = file("""
        def f(x):
            called = []
            def store():
                called.append(1)
                return {}
            store()["x"] = x
            return called
        """)
    assert small.run(zeros(2))[0] == [1]


def test_a_value_that_cannot_be_looked_at_is_passed_over(file: Callable[[str], File]) -> None:
    class Shy:
        @property
        def shape(self) -> None:
            raise OverflowError

    endless: list = []
    endless.append(endless)
    small = file("""
        def f(x):
            y = x
            return y
        """)
    assert small.shapes(Shy()) == small.shapes(endless) == [(2, ()), (3, ())]


def test_only_the_files_that_are_asked_for_are_seen(file: Callable[[str], File]) -> None:
    small = file("""
        def f(g):
            return g()
        """)

    def elsewhere() -> np.ndarray:
        there = zeros(2)
        return there

    assert small.shapes(elsewhere) == [(2, ((2,),))]


# What is left as it was.


def test_the_result_is_what_it_is_without_watching(file: Callable[[str], File]) -> None:
    small = file("""
        def f(x):
            rows = [row * 2 for row in x]
            def inner():
                nonlocal rows
                rows = rows[::-1]
                return rows
            first, *rest = inner()
            total = first
            for row in rest:
                total = total * 0.5 + row
            return total, rows
        """)
    x = np.random.default_rng(3).normal(size=(5, 3))
    plain = small.names["f"](x)
    (total, rows), _ = small.run(x)
    assert np.array_equal(total, plain[0])
    assert np.array_equal(rows, plain[1])


def test_whoever_followed_the_lines_before_goes_on(file: Callable[[str], File]) -> None:
    small = file("def f(x):\n    return 1 / x")

    def tracer(*report: object) -> None:
        return None

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        small.run(1)
        after_a_result = sys.gettrace()
        with pytest.raises(ZeroDivisionError):
            small.run(0)
        after_an_error = sys.gettrace()
    finally:
        sys.settrace(before)
    assert after_a_result is tracer
    assert after_an_error is tracer


def test_torch_is_not_needed() -> None:
    program = "import models.shapes, sys; assert not {'torch', 'numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)


# What comments say.


def test_right_comments_pass(file: Callable[[str], File]) -> None:
    small = file("""
        def f(x, w):
            y = np.concatenate([x, x, x], -1)  # (B, T, 3C)
            z = x[..., :3]  # (B, T, C/2): the first half
            u, v = x, x  # (B, T, C) each
            one, other = x[0], w  # (T, C), (V, C)
            longer = np.concatenate([x, x[:, :1]], 1)  # (B, T + 1, 1 * C)
            row = x[0, 0]  # (C,)
            turned = x, x.mT  # (B, ..., C), (B, C, ...)
            total = x.sum()[None][0]  # ()
            scores = (
                x
                @ w.T  # (..., T, V)
            )
            a, b = (  # (B, T, C)
                part for part in (u, v)  # each row: positive, sum 1
            )
            return (scores, u)  # (B, T, V) and (B, T, C)
        """)
    assert small.faults(zeros(2, 5, 6), zeros(7, 6), B=2, C=6, V=7) == []


@pytest.mark.parametrize(
    ("comment", "fault"),
    [
        ("(B, T)", "says (B, T), is (2, 5, 6)"),
        ("(B, T, 6, 1)", "says (B, T, 6, 1), is (2, 5, 6)"),
        ("(..., B, T, C, 1)", "says (..., B, T, C, 1), is (2, 5, 6)"),
        ("(B, T, C, ..., 1)", "says (B, T, C, ..., 1), is (2, 5, 6)"),
        ("(B, ..., T, B)", "B is 6 here and should be 2"),
        ("(B, T, 7)", "says (B, T, 7), is (2, 5, 6)"),
        ("(C, T, B)", "says (C, T, B), is (2, 5, 6); C is 2 here and should be 6"),
        ("(..., T, T)", "says (..., T, T), is (2, 5, 6); T is 6 here and was 5 at line 2"),
        ("(B, T, 3C)", "says (B, T, 3C), is (2, 5, 6); 3C is 6 here and should be 18"),
        ("(B, 2T, C)", "says (B, 2T, C), is (2, 5, 6); 5 is no 2T"),
        ("(B, T + 5, C)", "says (B, T + 5, C), is (2, 5, 6); 5 is no T + 5"),
        ("(B, T * S, C)", "; nothing says what S and T are in T * S"),
        ("(B, T, C), (B, T, C)", "says (B, T, C), (B, T, C), is (2, 5, 6)"),
    ],
)
def test_wrong_comments_are_told_in_a_sentence(
    file: Callable[[str], File], comment: str, fault: str
) -> None:
    small = file(f"def f(x):\n    y = x  # {comment}\n    return y")
    (said,) = small.faults(zeros(2, 5, 6), B=2, C=6)
    assert said.startswith("2: ")
    assert said.endswith(fault)


def test_a_comment_where_there_is_no_tensor_is_told(file: Callable[[str], File]) -> None:
    small = file("def f(x):\n    return None  # (B, T)")
    assert small.faults(0) == ["2: says (B, T), is no tensor"]


def test_a_letter_keeps_its_size_within_a_call_and_not_beyond(
    file: Callable[[str], File],
) -> None:
    small = file("""
        def f(x):
            y = x  # (T, T + 1)
            g(x.T)
            z = g(x[:1])  # (T, S)
            return z

        def g(x):
            return x  # (T, S)
        """)
    assert small.faults(zeros(2, 3)) == [
        "4: says (T, S), is (1, 3); T is 1 here and was 2 at line 2"
    ]


def test_a_letter_may_be_known_by_what_is_made_of_it(file: Callable[[str], File]) -> None:
    small = file("""
        def f(x):
            y = x  # (2 * T, D/2)
            z = x.T  # (T, D)
            return z
        """)
    (fault,) = small.faults(zeros(4, 3))
    assert fault == "3: says (T, D), is (3, 4); T is 3 here and was 2 at line 2"


def test_plain_letters_are_read_before_what_is_made_of_them(
    file: Callable[[str], File],
) -> None:
    assert file("def f(x):\n    return x  # (S * T, S, T)").faults(zeros(6, 2, 3)) == []


def test_each_fault_is_told_once_however_often_it_is_met(file: Callable[[str], File]) -> None:
    small = file("""
        def f(x):
            for row in x:
                y = row  # (4,)
            return y
        """)
    assert small.faults(zeros(5, 3)) == ["3: says (4,), is (3,)"]


def test_a_comment_that_nothing_ran_is_found(file: Callable[[str], File]) -> None:
    small = file("""
        def f(x):
            if x is None:
                x = 1  # (B,)
            return x
        """)
    _, seen = small.run(zeros(2))
    (where,) = unmet(comments(small.source, small.path), seen)
    assert where.endswith("small.py:3")


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("print(x)  # (B, T)", "stands on no assignment"),
        ("# (B, T): alone on a line", "stands on no assignment"),
        ("for x in xs:  # (B, T)\n    y = x", "stands on no assignment"),
        ("a = 1; b = 2  # (B, T)", "more than one statement"),
        ("if a: b = 2  # (B, T)", "more than one statement"),
        ("a = x  # (B, T -> C)", "cannot be read"),
        ("a = x  # (B, heads, T)", "cannot be read"),
        ("a = x  # (B, T, HD)", "cannot be read"),
        ("a = x  # (B, H, T", "cannot be read"),
        ("a = x  # (B, T) -> (B, C)", "says two shapes"),
    ],
)
def test_a_comment_that_cannot_be_checked_is_refused(source: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint) as error:
        comments("\n" + source, Path("models/it.py"))
    assert str(error.value).startswith("models/it.py:2: # (B")


@pytest.mark.parametrize(
    "comment", ["each row sums to 1", "(see below)", "(a) first", "(1) then", "(Cho et al. 2014)"]
)
def test_other_comments_are_left_alone(comment: str) -> None:
    assert comments(f"a = x  # {comment}", Path("it.py")) == []
