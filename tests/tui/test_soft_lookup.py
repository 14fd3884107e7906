"""What the lesson “Soft Lookup” prints is what its own code says."""

from __future__ import annotations

from course.catalog import HERE, read_catalog
from course.lesson import View
from models.lookup import shares
from models.lookup.keywords import ANSWERS, chatbot, library, reply
from models.lookup.nearness import shares_at
from models.lookup.shares import by_ratio, by_softmax, mixture
from models.sources import sources
from tui.ballots import BALLOTS, COOKING, MACHINE, SPELLS

TEXT = " ".join((HERE / "lessons" / "05-soft-lookup.md").read_text("utf-8").split())
CLASS = BALLOTS["classroom"][0]


def test_the_vote_by_ratio_and_by_softmax() -> None:
    ratio, soft = by_ratio(CLASS.scores), by_softmax(CLASS.scores)
    terms = zip(ratio, CLASS.values, strict=True)
    summed = " + ".join(f"{share:.3f} · {says:g}".lstrip("0") for share, says in terms)
    assert f"{summed} = {mixture(ratio, CLASS.values):.1f} hours" in TEXT
    for share in soft:
        assert f"= {share:.4f}".replace("0.", ".", 1) in TEXT
    more = [round(100 * share) for share in by_ratio([score + 10 for score in CLASS.scores])]
    assert f"Alice's 53 % to Bob's 6 % become {more[0]} to {more[1]}" in TEXT
    sharper = by_softmax([2 * score for score in CLASS.scores])
    assert f"Alice goes from {100 * soft[0]:.0f} % to {100 * sharper[0]:.0f} %" in TEXT


def test_a_score_of_nought_is_no_share_of_nought() -> None:
    diana = by_softmax(BALLOTS["classroom"][1].scores)[3]
    assert f"Diana has {100 * diana:.0f} %" in TEXT
    nought = by_softmax([1, 0.5, 0, 0, 0, 0])[2:]
    assert f"the four get {100 * nought[0]:.0f} % each" in TEXT and 0.45 < sum(nought) < 0.5


def test_the_library_and_the_chatbot_go_wrong_as_the_lesson_says() -> None:
    first, second = library(COOKING)[:2]
    assert first.score == second.score and first.because == ("how", "in")
    scores = {hit.name: hit.score for hit in library(SPELLS)}
    assert scores["Python Guide"] > scores["Harry Potter"] == 0
    hits = chatbot(MACHINE)
    assert [hit.name for hit in hits if hit.score] == ["greeting"]
    assert reply("May I see your prices?") == ANSWERS["farewell"] == "Goodbye!"
    greeting = by_softmax([hit.score for hit in hits])[0]
    assert f"a greeting of 100 % into one of {100 * greeting:.0f}" in TEXT


def test_the_kernel_by_hand() -> None:
    found = shares_at(2, [1, 2, 4], "triangular", 3)
    assert [round(6 * share, 9) for share in found] == [2, 3, 1]
    assert f"8/3 + 3/2 + 5/6 = {mixture(found, [8, 3, 5]):g}" in TEXT


def test_the_file_that_it_speaks_of_is_the_one_that_runs() -> None:
    assert sources()["shares"].samefile(str(shares.__file__))
    assert "{code} x-softmax" in TEXT and "grok-tui read --code shares" in TEXT


def test_its_views_open_with_what_the_text_speaks_of() -> None:
    lesson = read_catalog().lessons["soft-lookup"]
    views = [view for screen in lesson.screens for view in screen.blocks_of(View)]
    data = [view.settings["data"] for view in views if view.name == "vote"]
    assert data == ["classroom", "classroom", "classroom", "library", "chatbot"]
