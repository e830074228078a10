"""The prospect's answers while the book is closed: kept, unreadable for others, and taken over."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from fitcheck.access import Access
from fitcheck.domain.assessment import Mark, Prospect
from fitcheck.domain.bank import Form
from fitcheck.domain.history import EventKind
from fitcheck.handing_over import HandOver, Received
from fitcheck.inquiry import Inquiry
from fitcheck.library import load_bank
from fitcheck.services import FitCheck
from fitcheck.store import sealed
from fitcheck.store.errors import AnswersUnreadable, FolderNotWritable
from fitcheck.store.sealed import SEALED_FILE, UNREADABLE_FILE
from tests.store.conftest import CHEAP, FakeKeyring

PASSPHRASE = "Correct horse battery"
IDS = [question.id for question in load_bank().form(Form.PROSPECT)]

HANDED_OVER = """
    import sys
    from pathlib import Path
    from fitcheck.services import FitCheck

    fitcheck = FitCheck.open(Path(sys.argv[1]))
    form = fitcheck.their_forms.hand_over(1)
    fitcheck.close()
    for number, question in enumerate(form.questions):
        form.keep(question.id, number % 5).result()
        print(f"kept {number}", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "book"


@pytest.fixture
def access(folder: Path) -> Access:
    return Access(folder, FakeKeyring(), cost=CHEAP)


@pytest.fixture
def begun(access: Access) -> int:
    """A protected book; the assessment in it."""
    fitcheck = access.open()
    begun = fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Ada")), Form.FULL)
    fitcheck.protect(PASSPHRASE)
    fitcheck.close()
    return begun


@pytest.fixture
def form(access: Access, begun: int) -> Iterator[HandOver]:
    """The form, with the book closed."""
    fitcheck = access.unlock(PASSPHRASE)
    made = fitcheck.their_forms.hand_over(begun)
    fitcheck.close()
    yield made
    made.close()


@pytest.fixture
def reopened(access: Access, form: HandOver) -> Iterator[FitCheck]:
    """The book, open again."""
    assert form.values == {}
    fitcheck = access.unlock(PASSPHRASE)
    yield fitcheck
    fitcheck.close()


def test_the_form_asks_the_twelve_questions_of_the_bank(form: HandOver) -> None:
    assert [question.id for question in form.questions] == IDS
    assert len(IDS) == 12


def test_every_answer_is_on_the_disk_and_nobody_can_read_it(form: HandOver, folder: Path) -> None:
    before = b""
    for id_ in IDS:
        form.keep(id_, 3).result()
        after = (folder / SEALED_FILE).read_bytes()
        assert after != before
        assert id_.encode() not in after
        before = after
    assert sealed.read(folder, b"another key of thirty-two bytes!") is None


def test_the_form_holds_no_key_to_what_it_has_sealed(form: HandOver, folder: Path) -> None:
    form.keep(IDS[0], 3).result()
    held = [value for value in vars(form).values() if isinstance(value, bytes)]
    assert len(held) == 1
    assert sealed.read(folder, held[0]) is None


def test_the_answers_come_into_the_assessment_as_events(
    form: HandOver, begun: int, reopened: FitCheck, folder: Path
) -> None:
    form.keep(IDS[0], 3).result()
    form.keep(IDS[1], Mark.UNKNOWN).result()
    form.keep(IDS[0], 4).result()
    assert reopened.their_forms.take_answers() == Received(begun, 2, 12)
    interview = reopened.interview(begun)
    assert interview.answer(IDS[0]).value == 4
    assert interview.answer(IDS[1]).value is Mark.UNKNOWN
    assert interview.answer(IDS[2]).value is None
    assert not (folder / SEALED_FILE).exists()
    assert reopened.their_forms.take_answers() is None
    assert interview.undo() is not None
    assert interview.answer(IDS[1]).value is None
    assert interview.answer(IDS[0]).value == 4


def test_an_answer_that_their_form_does_not_know_is_no_hindrance(
    access: Access, begun: int
) -> None:
    fitcheck = access.unlock(PASSPHRASE)
    interview = fitcheck.interview(begun)
    interview.set_value(IDS[0], Mark.NOT_APPLICABLE)
    interview.set_value(IDS[1], Mark.NOT_APPLICABLE)
    interview.settle()
    form = fitcheck.their_forms.hand_over(begun)
    assert form.values == {}
    fitcheck.close()
    form.keep(IDS[0], 2).result()
    form.close()
    fitcheck = access.unlock(PASSPHRASE)
    assert fitcheck.their_forms.take_answers() == Received(begun, 2, 12)
    interview = fitcheck.interview(begun)
    assert interview.answer(IDS[0]).value == 2
    assert interview.answer(IDS[1]).value is Mark.NOT_APPLICABLE
    fitcheck.close()


def test_where_the_interview_stands_stays_as_it_was(
    form: HandOver, begun: int, reopened: FitCheck
) -> None:
    before = reopened.interview(begun).question
    form.keep(IDS[0], 3).result()
    reopened.their_forms.take_answers()
    assert reopened.interview(begun).question is before


def test_the_inquiry_and_its_words_stay_where_they_were(access: Access, begun: int) -> None:
    fitcheck = access.unlock(PASSPHRASE)
    interview = fitcheck.interview(begun)
    inquiry = Inquiry(interview)
    inquiry.step(2)
    inquiry.spend(100)
    interview.spend(20)
    inquiry.write("half a sentence")
    form = fitcheck.their_forms.hand_over(begun)
    fitcheck.close()
    form.keep(IDS[0], 3).result()
    form.close()
    fitcheck = access.unlock(PASSPHRASE)
    fitcheck.their_forms.take_answers(form)
    fitcheck.close()
    fitcheck = access.unlock(PASSPHRASE)
    interview = fitcheck.interview(begun)
    inquiry = Inquiry(interview)
    assert interview.answer(IDS[0]).value == 3
    assert (inquiry.number, inquiry.words) == (2, "half a sentence")
    assert (inquiry.spent(), interview.spent) == (100, 120)
    fitcheck.close()


def test_without_an_answer_there_is_nothing_to_take(
    form: HandOver, begun: int, reopened: FitCheck
) -> None:
    assert form.assessment_id == begun
    assert reopened.their_forms.take_answers() is None
    assert not reopened.interview(begun).can_undo


def test_a_second_form_goes_on_with_what_the_first_one_brought(
    form: HandOver, begun: int, reopened: FitCheck
) -> None:
    form.keep(IDS[0], 3).result()
    second = reopened.their_forms.hand_over(begun)
    assert second.values == {IDS[0]: 3}
    assert reopened.interview(begun).answer(IDS[0]).value == 3
    second.close()


def test_where_the_disk_refuses_the_answers_are_taken_from_memory(
    form: HandOver, begun: int, reopened: FitCheck, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    def full(_target: Path, _data: bytes) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(sealed, "write_whole", full)
    kept = form.keep(IDS[0], 3)
    assert isinstance(kept.exception(), FolderNotWritable)
    form.close()
    assert not (folder / SEALED_FILE).exists()
    assert reopened.their_forms.take_answers(form) == Received(begun, 1, 12)
    assert reopened.interview(begun).answer(IDS[0]).value == 3


def test_what_cant_be_taken_over_now_is_there_the_next_time(
    form: HandOver, begun: int, reopened: FitCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    form.keep(IDS[0], 3).result()
    with monkeypatch.context() as patch:
        patch.setattr("fitcheck.store.book.apply", _refuse)
        with pytest.raises(FolderNotWritable):
            reopened.their_forms.take_answers()
    assert reopened.interview(begun).answer(IDS[0]).value is None
    assert reopened.their_forms.take_answers() == Received(begun, 1, 12)


def _refuse(*_arguments: object) -> None:
    raise FolderNotWritable(Path("book"), "no space left")


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-1] + b"\0", lambda _data: b"", lambda d: d * 999]
)
def test_a_file_that_somebody_changed_is_set_aside_and_said(
    form: HandOver, begun: int, reopened: FitCheck, folder: Path, damage: object
) -> None:
    assert callable(damage)
    form.keep(IDS[0], 3).result()
    changed = damage((folder / SEALED_FILE).read_bytes())
    (folder / SEALED_FILE).write_bytes(changed)
    with pytest.raises(AnswersUnreadable, match=UNREADABLE_FILE):
        reopened.their_forms.take_answers()
    assert (folder / UNREADABLE_FILE).read_bytes() == changed
    assert reopened.their_forms.take_answers() is None
    assert not reopened.interview(begun).can_undo


@pytest.mark.parametrize(
    "content",
    [b"no json", b"[]", b'{"answers": {}}', b'{"assessment": 1, "answers": {"ease": 3}}']
    + [
        b'{"assessment": 1, "answers": {"my-ease": %s}}' % value
        for value in (b"5", b"-1", b"true", b"null", b'"not_applicable"', b"[1]")
    ],
)
def test_nothing_but_answers_of_the_form_is_taken(
    form: HandOver, reopened: FitCheck, folder: Path, content: bytes
) -> None:
    sealed.write(folder, form.public, content)
    with pytest.raises(AnswersUnreadable):
        reopened.their_forms.take_answers()
    assert not reopened.interview(form.assessment_id).can_undo


def test_an_answer_to_another_question_is_refused(form: HandOver) -> None:
    with pytest.raises(ValueError, match="not on the prospect's form"):
        form.keep("ease", 3)
    assert form.values == {}


@pytest.mark.parametrize("answers", [1, 5, 12])
def test_what_was_kept_survives_kill_9(folder: Path, answers: int) -> None:
    fitcheck = FitCheck.open(folder)
    begun = fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Ada")), Form.FULL)
    fitcheck.close()
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HANDED_OVER), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    for number in range(answers):
        assert child.stdout.readline() == f"kept {number}\n"
    child.send_signal(signal.SIGKILL)
    # On a busy machine it has gone on meanwhile.
    told = answers + len(child.communicate()[0].splitlines())
    assert child.returncode == -signal.SIGKILL
    fitcheck = FitCheck.open(folder)
    received = fitcheck.their_forms.take_answers()
    interview = fitcheck.interview(begun)
    # One more may have been on its way.
    assert received is not None
    assert told <= received.answered <= told + 1
    assert [interview.answer(id_).value for id_ in IDS[:answers]] == [
        number % 5 for number in range(answers)
    ]
    events = reversed(fitcheck._book.load(begun).events)
    assert {event.kind for event in events} == {EventKind.SET}
    fitcheck.close()
