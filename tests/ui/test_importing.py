"""A file dropped onto the window: shown, taken when that is agreed to, and in step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import DealBreakerState, Prospect
from fitcheck.domain.bank import DealBreaker, Form
from fitcheck.domain.profile import Paper
from fitcheck.domain.report import Edition
from fitcheck.exchange.form_pdf import read_form
from fitcheck.services import FitCheck
from fitcheck.store.errors import DiskRefused
from reports.render import render
from tests.exchange.forms import blank, by_value_alone
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.filled_form import FilledFormDialog
from ui.front_window import FrontWindow
from ui.main_window import MainWindow
from ui.messages import MessageWindow

SOON = 20_000


@pytest.fixture
def begun(fitcheck: FitCheck) -> int:
    return fitcheck.begin_assessment(fitcheck.add_prospect(Prospect("Petra")), Form.FULL)


@pytest.fixture
def form(fitcheck: FitCheck, begun: int, tmp_path: Path) -> Callable[..., Path]:
    """A form of that assessment, filled in, as a file."""

    def make(answers: dict[str, int], twice: dict[str, int] | None = None, **texts: str) -> Path:
        data = by_value_alone(answers, texts, blank(fitcheck.their_forms.token(begun)))
        file = tmp_path / "How do you see it.PDF"
        file.write_bytes(by_value_alone(twice or {}, {}, data))
        return file

    return make


def mime(*files: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data


def drop(window: QWidget, data: QMimeData, at: QWidget | None = None) -> bool:
    """Drag and drop as the system sends it to the window; whether it was taken."""
    over = at or window
    point = over.mapTo(window, QPoint(over.width() // 2, over.height() // 2))
    handle = window.windowHandle()
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(point, copy, data, left, none)
    QApplication.sendEvent(handle, entering)
    if not entering.isAccepted():
        return False
    QApplication.sendEvent(handle, QDragMoveEvent(point, copy, data, left, none))
    dropping = QDropEvent(QPointF(point), copy, data, left, none)
    QApplication.sendEvent(handle, dropping)
    return dropping.isAccepted()


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


class Asked:
    """What the next dialog said, once it has been answered."""

    def __init__(self, qtbot: QtBot, when_asked: Callable[..., None], key: Qt.Key) -> None:
        self.said = ""
        self._qtbot = qtbot
        self._key = key
        when_asked(FilledFormDialog, self._answer)

    def _answer(self, dialog: FilledFormDialog) -> None:
        self.said = texts(dialog)
        QTest.keyClick(dialog, self._key)

    def wait(self) -> str:
        self._qtbot.waitUntil(lambda: bool(self.said), timeout=SOON)
        return self.said


Answer = Callable[[Qt.Key], Asked]


@pytest.fixture
def answer(qtbot: QtBot, when_asked: Callable[..., None]) -> Answer:
    return lambda key: Asked(qtbot, when_asked, key)


def test_a_dropped_form_is_shown_and_taken_on_enter(
    qtbot: QtBot, window: MainWindow, begun: int, form: Callable[..., Path], answer: Answer
) -> None:
    asked = answer(Qt.Key.Key_Return)
    assert drop(window, mime(form({"my-ease": 4, "my-judge": 0}, name="P. L.", comment="Hi!")))
    said = asked.wait()
    for words in (
        "The form of Petra",
        "It is signed “P. L.”.",
        "2 of 12 questions are answered on it.",
        "1. How have your talks with the consultant gone so far?",
        "We thought aloud together, and I went home with a new idea.",
        "Hi!",
    ):
        assert words in said
    qtbot.waitUntil(lambda: window.page_name == "interview", timeout=SOON)
    assert window.interview is not None
    assert window.interview.id == begun
    assert window.interview.answer("my-ease").level == 4
    assert window.interview.assessment.prospect.in_their_words.endswith("Hi!")


def test_escape_takes_nothing(
    window: MainWindow, fitcheck: FitCheck, begun: int, form: Callable[..., Path], answer: Answer
) -> None:
    asked = answer(Qt.Key.Key_Escape)
    assert drop(window, mime(form({"my-ease": 4})))
    asked.wait()
    assert window.page_name == "prospects"
    assert fitcheck.interview(begun).answer("my-ease").value is None


def test_the_interview_in_hand_shows_and_undoes_what_was_taken(
    qtbot: QtBot, window: MainWindow, begun: int, form: Callable[..., Path], answer: Answer
) -> None:
    window.open_assessment(begun)
    interview = window.interview
    assert interview is not None
    interview.set_value("my-ease", 1)
    asked = answer(Qt.Key.Key_Return)
    drop(window, mime(form({"my-ease": 4, "my-judge": 0})))
    said = asked.wait()
    assert "1 of them takes the place of an answer that you have already." in said
    assert "Until now: I answered what I was asked" in said
    qtbot.waitUntil(lambda: interview.answer("my-judge").level == 0, timeout=SOON)
    assert window.interview is interview
    assert interview.answer("my-ease").level == 4
    assert interview.undo()
    assert interview.undo()
    assert interview.answer("my-ease").level == 1


def test_a_finished_assessment_shows_the_two_views(
    qtbot: QtBot,
    window: MainWindow,
    fitcheck: FitCheck,
    begun: int,
    form: Callable[..., Path],
    answer: Answer,
) -> None:
    fitcheck.interview(begun).finish()
    asked = answer(Qt.Key.Key_Return)
    drop(window, mime(form({"my-ease": 4})))
    asked.wait()
    qtbot.waitUntil(lambda: window.page_name == "verdict", timeout=SOON)


def test_what_could_not_be_read_is_listed_and_the_rest_can_be_taken(
    qtbot: QtBot, window: MainWindow, form: Callable[..., Path], answer: Answer
) -> None:
    asked = answer(Qt.Key.Key_Return)
    drop(window, mime(form({"my-ease": 4, "my-outcome": 1}, {"my-outcome": 3}, name="\x01")))
    said = asked.wait()
    assert "2 things on it could not be read." in said
    assert "3. If a friend asked what you want from this" in said
    assert "Expected one box to be ticked, found 2." in said
    assert "Their name" in said
    qtbot.waitUntil(lambda: window.interview is not None, timeout=SOON)
    assert window.interview is not None
    assert window.interview.answer("my-ease").level == 4
    assert window.interview.answer("my-outcome").value is None


def test_a_form_that_brings_nothing_new_can_only_be_closed(
    window: MainWindow, begun: int, form: Callable[..., Path], answer: Answer
) -> None:
    window.open_assessment(begun)
    assert window.interview is not None
    window.interview.set_value("my-ease", 4)
    asked = answer(Qt.Key.Key_Return)
    drop(window, mime(form({"my-ease": 4})))
    assert "nothing on it that you don’t have already" in asked.wait()


def message(qtbot: QtBot, window: MainWindow) -> str:
    def there() -> bool:
        return bool(window.findChildren(MessageWindow))

    qtbot.waitUntil(there, timeout=SOON)
    (shown,) = window.findChildren(MessageWindow)
    said = texts(shown)
    shown.close()
    return said


def test_what_is_no_form_of_this_book_is_refused_in_words(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(blank())
    assert drop(window, mime(file))
    assert "No assessment in this book goes with this form." in message(qtbot, window)
    file.write_bytes(b"%PDF-1.7 scrap")
    qtbot.waitUntil(lambda: not window.findChildren(MessageWindow), timeout=SOON)
    assert drop(window, mime(file))
    assert "damaged" in message(qtbot, window)
    file.unlink()
    qtbot.waitUntil(lambda: not window.findChildren(MessageWindow), timeout=SOON)
    assert drop(window, mime(file))
    assert "Nothing in your book was changed." in message(qtbot, window)


def test_it_may_be_dropped_anywhere_also_onto_a_field(
    window: MainWindow, form: Callable[..., Path], answer: Answer
) -> None:
    search = window.prospects.findChild(QLineEdit)
    assert isinstance(search, QLineEdit)
    assert search.acceptDrops()
    asked = answer(Qt.Key.Key_Escape)
    assert drop(window, mime(form({"my-ease": 4})), search)
    assert asked.wait()
    assert search.text() == ""


def test_the_file_stays_where_it_is_even_where_a_move_is_offered(
    window: MainWindow, form: Callable[..., Path], answer: Answer
) -> None:
    asked = answer(Qt.Key.Key_Escape)
    data = mime(form({"my-ease": 4}))
    either = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    shift = Qt.KeyboardModifier.ShiftModifier
    dropping = QDropEvent(QPointF(9, 9), either, data, Qt.MouseButton.LeftButton, shift)
    dropping.setDropAction(Qt.DropAction.MoveAction)
    QApplication.sendEvent(window.windowHandle(), dropping)
    assert dropping.isAccepted()
    assert dropping.dropAction() == Qt.DropAction.CopyAction
    assert asked.wait()


def test_other_files_several_at_once_and_addresses_are_not_taken(
    window: MainWindow, form: Callable[..., Path], tmp_path: Path
) -> None:
    file = form({})
    assert not drop(window, mime(tmp_path / "a.txt"))
    assert not drop(window, mime(file, file))
    assert not drop(window, mime())
    elsewhere = QMimeData()
    elsewhere.setUrls([QUrl("https://example.org/form.pdf")])
    assert not drop(window, elsewhere)


def test_nothing_is_taken_while_a_dialog_is_open(
    window: MainWindow, form: Callable[..., Path], when_asked: Callable[..., None]
) -> None:
    file, taken = form({"my-ease": 1}), []

    def try_it(dialog: ConfirmDialog) -> None:
        taken.append(drop(window, mime(file)))
        dialog.reject()

    when_asked(ConfirmDialog, try_it)
    ConfirmDialog.ask(window, "A question", "And what it is about.", "Do it")
    assert taken == [False]


def test_a_locked_or_handed_over_window_takes_nothing(
    qtbot: QtBot, form: Callable[..., Path]
) -> None:
    front = FrontWindow()
    qtbot.addWidget(front)
    front.show_page(QWidget())
    with qtbot.waitExposed(front):
        front.show()
    assert not drop(front, mime(form({"my-ease": 1})))


def test_the_menu_reads_a_chosen_file(
    window: MainWindow,
    form: Callable[..., Path],
    answer: Answer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = form({"my-ease": 1})
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(file), ""))
    asked = answer(Qt.Key.Key_Escape)
    QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert "The form of Petra" in asked.wait()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: ("", ""))
    window.menus.import_form.trigger()
    assert not window.context.jobs.busy


def test_every_control_of_the_dialog_has_a_name(
    qtbot: QtBot, window: MainWindow, begun: int
) -> None:
    data = by_value_alone(
        {"my-ease": 1}, {}, blank(window.context.fitcheck.their_forms.token(begun))
    )
    dialog = FilledFormDialog(None, window.context.fitcheck.their_forms.match(read_form(data)))
    qtbot.addWidget(dialog)
    assert dialog.accessibleName() == "The form of Petra"
    assert "1 of 12 questions is answered on it." in dialog.accessibleDescription()
    assert dialog.area.accessibleName()
    assert (dialog.take_button.text(), dialog.cancel_button.text()) == (
        "Take these answers",
        "Leave it",
    )


def test_what_the_disk_refuses_is_said(
    qtbot: QtBot,
    window: MainWindow,
    fitcheck: FitCheck,
    form: Callable[..., Path],
    answer: Answer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_args: object) -> None:
        raise DiskRefused(fitcheck.folder, "it is full")

    monkeypatch.setattr(fitcheck.their_forms, "take", refuse)
    asked = answer(Qt.Key.Key_Return)
    drop(window, mime(form({"my-ease": 1})))
    asked.wait()
    assert "The form was not taken" in message(qtbot, window)


# A private file


@pytest.fixture
def private_file(fitcheck: FitCheck, tmp_path: Path) -> Path:
    """The private file of an assessment that a policy of the consultant's own judged.

    Its prospect has gone since.
    """
    own = (DealBreaker("own-1", "They want it for nothing.", "Shall we talk about the fee?"),)
    fitcheck.policies.save(replace(fitcheck.policies.in_force, gap=0.15, deal_breakers=own))
    nils = fitcheck.add_prospect(Prospect("Nils"))
    again = fitcheck.begin_assessment(nils, Form.EVENT)
    interview = fitcheck.interview(again)
    interview.set_value("opener", 3)
    interview.set_note("opener", "Candid.")
    interview.set_deal_breaker("own-1", DealBreakerState.SUSPECTED)
    file = tmp_path / "nils.pdf"
    file.write_bytes(render(fitcheck.report(interview, Edition.PRIVATE), Paper.A4))
    fitcheck.rights.erase(nils)
    return file


def test_a_dropped_private_file_restores_its_assessment(
    qtbot: QtBot,
    window: MainWindow,
    fitcheck: FitCheck,
    private_file: Path,
    when_asked: Callable[..., None],
) -> None:
    before = {line.id for line in fitcheck.prospects()}
    when_asked(ConfirmDialog, lambda dialog: dialog.do_it.click())
    assert drop(window, mime(private_file))
    qtbot.waitUntil(lambda: window.interview is not None, timeout=SOON)
    assert window.interview is not None
    restored = window.interview.assessment
    (added,) = {line.id for line in fitcheck.prospects()} - before
    assert window.interview.prospect_id == added
    assert (restored.prospect.name, restored.policy.id) == ("Nils", "own")
    assert restored.answers["opener"].note == "Candid."
    assert restored.deal_breakers == {"own-1": DealBreakerState.SUSPECTED}


def test_a_private_file_that_is_left_alone_adds_nothing(
    qtbot: QtBot,
    window: MainWindow,
    fitcheck: FitCheck,
    private_file: Path,
    when_asked: Callable[..., None],
) -> None:
    before = fitcheck.prospects()
    seen: list[bool] = []

    def leave(dialog: ConfirmDialog) -> None:
        seen.append(True)
        dialog.leave_it.click()

    when_asked(ConfirmDialog, leave)
    drop(window, mime(private_file))
    qtbot.waitUntil(lambda: bool(seen), timeout=SOON)
    qtbot.waitUntil(lambda: not window.context.busy)
    assert fitcheck.prospects() == before
