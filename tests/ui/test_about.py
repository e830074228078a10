"""Source, notes, links and tags of a prospect: typed, shown, copied, and kept over a slip."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.book import About
from fitcheck.services import FitCheck
from tests.ui.conftest import WhenAsked
from ui.dialogs.prospect import EditProspectDialog, NewProspectDialog
from ui.main_window import MainWindow
from ui.widgets.about_fields import OriginFields

ABOUT = About(
    "Jo Field",
    "Wants to talk in May.",
    ("https://gump.example", "gump.example/ada"),
    ("Clients, old", "warm"),
)


@pytest.fixture
def ada(window: MainWindow, fitcheck: FitCheck) -> int:
    id_ = fitcheck.add_prospect(Prospect("Ada Gump"))
    fitcheck.abouts.save(id_, ABOUT).result()
    window.show_page("prospects")
    window.prospects.enter()
    return id_


def shown(window: MainWindow) -> str:
    labels = window.prospects.details.about.findChildren(QLabel)
    return "\n".join(each.text() for each in labels if not each.isHidden())


def test_what_is_known_stands_beside_the_book_and_links_are_copied(
    window: MainWindow, fitcheck: FitCheck, ada: int
) -> None:
    part = window.prospects.details.about
    for words in ("Jo Field", "Wants to talk in May.", *ABOUT.links):
        assert words in shown(window)
    part.copy_buttons[1].click()
    assert QApplication.clipboard().text() == "gump.example/ada"
    fitcheck.abouts.save(ada, About(notes="x" * 2_000)).result()
    window.prospects.refresh()
    assert "Jo Field" not in shown(window)
    assert f"{'x' * 999}…" in shown(window)
    assert part.copy_buttons == []
    fitcheck.abouts.save(ada, About(tags=("warm",))).result()
    window.prospects.refresh()
    assert part.isHidden()


def test_it_is_edited_and_the_tags_stay(
    window: MainWindow, fitcheck: FitCheck, ada: int, when_asked: WhenAsked
) -> None:
    def edit(dialog: EditProspectDialog) -> None:
        assert dialog.about.value() == ABOUT
        dialog.about.source.setText(" The spring fair ")
        dialog.about.notes.appendPlainText("Likes tea.\n")
        dialog.about.links.setPlainText("a.example\n\n a.example \nb.example")
        draft = dialog.draft()
        dialog.about.notes.clear()
        dialog.show_draft(draft)
        dialog.accept()

    when_asked(EditProspectDialog, edit)
    window.prospects.acts.edit_current()
    assert fitcheck.abouts.about(ada) == About(
        "The spring fair",
        "Wants to talk in May.\nLikes tea.",
        ("a.example", "b.example"),
        ABOUT.tags,
    )
    assert "Likes tea." in shown(window)


def test_an_edit_without_a_change_writes_nothing(
    window: MainWindow, fitcheck: FitCheck, ada: int, when_asked: WhenAsked
) -> None:
    before = fitcheck.prospects()[0].changed
    when_asked(EditProspectDialog, lambda dialog: dialog.accept())
    window.prospects.acts.edit_current()
    assert fitcheck.prospects()[0].changed == before
    assert fitcheck.abouts.about(ada) == ABOUT


def test_somebody_new_comes_with_a_source_and_tags(
    window: MainWindow, fitcheck: FitCheck, when_asked: WhenAsked
) -> None:
    def fill(dialog: NewProspectDialog) -> None:
        dialog.contact.fields["name"].setText("Bo Else")
        dialog.origin.source.setText("Jo Field")
        dialog.origin.tags.setText("warm, , Fair  2026")
        draft = dialog.draft()
        dialog.origin.tags.clear()
        dialog.show_draft(draft)
        dialog.accept()

    when_asked(NewProspectDialog, fill)
    window.prospects.acts.new_prospect()
    (line,) = fitcheck.prospects()
    assert fitcheck.abouts.about(line.id) == About("Jo Field", tags=("Fair 2026", "warm"))


def test_the_last_tag_is_completed_and_the_others_stay(qtbot: QtBot) -> None:
    fields = OriginFields(["Warm", "Fair 2026", "cold"])
    qtbot.addWidget(fields)
    with qtbot.waitActive(fields):
        fields.show()
        fields.activateWindow()
    for typed, completed in (
        ("wa", "Warm"),
        ("cold, fa", "cold, Fair 2026"),
        ("cold,new, WAR", "cold,new, Warm"),
    ):
        fields.tags.clear()
        fields.tags.setFocus()
        QTest.keyClicks(fields.tags, typed)
        completer = fields.tags.completer()
        assert completer is not None
        popup = completer.popup()
        assert popup is not None
        qtbot.waitUntil(popup.isVisible)
        QTest.keyClick(popup, Qt.Key.Key_Down)
        QTest.keyClick(popup, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not popup.isVisible())  # noqa: B023
        assert fields.tags.text() == completed
