"""The inquiry in the store: its place without a column of its own, and what kill -9 leaves."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form
from fitcheck.inquiry import Inquiry, Pile
from fitcheck.place import InquiryPlace, parse_place, place_text
from fitcheck.services import FitCheck

# Types the same words again and again, sorts and moves them, and says so once each is safe.
INQUIRER = """
    import sys
    from pathlib import Path
    from threading import Event
    from fitcheck.inquiry import Inquiry, Pile
    from fitcheck.interview import SaveState
    from fitcheck.services import FitCheck

    saved = Event()

    def listen(state, error):
        saved.set() if state is SaveState.SAVED else saved.clear()

    fitcheck = FitCheck.open(Path(sys.argv[1]))
    interview = fitcheck.interview(1, listen)
    inquiry = Inquiry(interview)
    inquiry.step(2)
    inquiry.spend(100)
    for number in range(10_000):
        inquiry.write(f"said {number}")
        if number % 3:
            inquiry.put(Pile.STOP)
            inquiry.move(Pile.STOP, 0, Pile.KEEP)
            inquiry.remove(Pile.KEEP, 0)
        else:
            inquiry.put(Pile.START)
            interview.undo()
        saved.wait()
        print(number, flush=True)
"""


@pytest.fixture
def begun(folder: Path) -> int:
    fitcheck = FitCheck.open(folder)
    begun = fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("a")), Form.FULL)
    fitcheck.close()
    return begun


@pytest.mark.parametrize("lines", [1, 5, 23, 60])
def test_after_a_kill_words_are_in_the_field_or_in_one_list(
    folder: Path, begun: int, lines: int
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(INQUIRER), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    for _ in range(lines):
        child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    _rest, errors = child.communicate()
    assert (child.returncode, errors) == (-signal.SIGKILL, "")
    fitcheck = FitCheck.open(folder)
    interview = fitcheck.interview(begun)
    inquiry = Inquiry(interview)
    assert inquiry.number == 2
    assert inquiry.spent() == 100
    places = [inquiry.words, *(item for pile in Pile for item in inquiry.items(pile))]
    assert sum(bool(words) for words in places) <= 1, "never in two places"
    # Everything can be taken back from there, and made again.
    stood = interview.assessment
    steps = 0
    while interview.undo():
        steps += 1
    assert [inquiry.items(pile) for pile in Pile] == [(), (), ()]
    for _ in range(steps):
        interview.redo()
    assert interview.assessment == stood
    fitcheck.close()


def test_a_move_is_one_change_in_the_store_too(folder: Path, begun: int) -> None:
    fitcheck = FitCheck.open(folder)
    inquiry = Inquiry(fitcheck.interview(begun))
    inquiry.write("a\nb")
    inquiry.put(Pile.STOP)
    inquiry.move(Pile.STOP, 0, Pile.KEEP)
    fitcheck.close()
    again = FitCheck.open(folder)
    interview = again.interview(begun)
    talk = interview.assessment.conversation
    assert (talk.keep, talk.stop, talk.start) == (("a",), ("b",), ())
    interview.undo()
    again.close()
    third = FitCheck.open(folder)
    talk = third.interview(begun).assessment.conversation
    assert (talk.keep, talk.stop, talk.start) == ((), ("a", "b"), ())
    third.close()


def test_the_inquiry_leaves_the_interview_at_its_question(folder: Path, begun: int) -> None:
    fitcheck = FitCheck.open(folder)
    interview = fitcheck.interview(begun)
    interview.go_to("budget")
    inquiry = Inquiry(interview)
    inquiry.step(1)
    inquiry.spend(61.4)
    inquiry.save_time()
    interview.step(1)
    question = interview.question.id
    fitcheck.close()
    again = FitCheck.open(folder)
    interview = again.interview(begun)
    assert interview.question.id == question
    assert Inquiry(interview).number == 1
    assert Inquiry(interview).spent() == 61
    again.close()


@given(
    st.sampled_from(["", "opener", "budget"]),
    st.builds(
        InquiryPlace,
        st.text(),
        st.dictionaries(st.text(), st.integers(0, 100_000).map(float)),
        st.text(alphabet=st.characters()),
    ),
    st.integers(0, 100_000).map(float),
)
def test_a_place_survives_being_written(question: str, place: InquiryPlace, spent: float) -> None:
    assert parse_place(place_text(question, place, spent)) == (question, place, spent)


@pytest.mark.parametrize(
    "text", ["opener", "opener nonsense", 'opener {"prompt":', "opener []", "opener 3"]
)
def test_a_place_without_an_inquiry_is_a_question_and_nothing_else(text: str) -> None:
    assert parse_place(text) == ("opener", InquiryPlace(), 0.0)


def test_of_a_place_of_the_wrong_kind_the_rest_is_kept() -> None:
    text = 'opener {"prompt": 3, "seconds": {"good": -1, "better": "x", "valued": 7}, "words": "w"}'
    assert parse_place(text) == ("opener", InquiryPlace("", {"valued": 7.0}, "w"), 0.0)
    for spent in ("-1", '"9"', "null", "1e999"):
        text = f'opener {{"words": "w", "spent": {spent}}}'
        assert parse_place(text) == ("opener", InquiryPlace(words="w"), 0.0)
