"""The recovery key's page: one sheet, readable, and with nothing on it but the key."""

from __future__ import annotations

import datetime as dt
import getpass
import platform
import re
from dataclasses import FrozenInstanceError, fields
from pathlib import Path
from typing import get_args

import pypdfium2
import pytest

from fitcheck.domain.profile import Paper
from fitcheck.domain.report import (
    Edition,
    ErasureSheet,
    PersonFile,
    PocketCard,
    QuarterSheet,
    RecordSheet,
    RecoverySheet,
    Report,
)
from fitcheck.store.key_file import parse_recovery_text, recovery_text
from reports.pages import page_sizes
from reports.render import render, suggested_file_name
from tests.reports.conftest import everything_in, overprinted, text_of

KEY = bytes(range(100, 120))
SHEET = RecoverySheet(recovery_text(KEY), dt.date(2026, 11, 21))


@pytest.mark.parametrize("paper", Paper)
def test_one_page_from_which_the_key_can_be_typed(paper: Paper) -> None:
    pdf = render(SHEET, paper)
    assert [round(width) for width, _height in page_sizes(pdf)] == [
        595 if paper is Paper.A4 else 612
    ]
    text = text_of(pdf)
    typed = re.search(r"(?:[0-9A-Z]{4} ?){9}", text)
    assert typed
    assert parse_recovery_text(typed[0]) == KEY
    for said in ("21 November 2026", "Where this page is kept", "nobody can open it"):
        assert said in text
    assert overprinted(pdf) == []
    assert render(SHEET, paper) == pdf


def test_the_key_is_printed_large() -> None:
    with pypdfium2.PdfDocument(render(SHEET, Paper.A4)) as document:
        text = document[0].get_textpage()
        at = text.get_text_range().index(SHEET.recovery_key[:4])
        _left, bottom, _right, top = text.get_charbox(at)
    assert top - bottom > 14, "points"


def test_it_names_no_path_user_or_computer() -> None:
    pdf = render(SHEET, Paper.A4)
    everything = everything_in(pdf) + suggested_file_name(SHEET).encode()
    for name in (str(Path.home()), getpass.getuser(), platform.node()):
        assert not name or not re.search(rb"\b" + re.escape(name.encode()) + rb"\b", everything)
    with pypdfium2.PdfDocument(pdf) as document:
        assert "Author" not in document.get_metadata_dict(skip_empty=True)


def test_the_type_holds_the_key_and_the_day_and_shows_only_the_day() -> None:
    assert [field.name for field in fields(RecoverySheet)] == ["recovery_key", "date"]
    assert SHEET.recovery_key[:4] not in repr(SHEET)
    with pytest.raises(FrozenInstanceError):
        SHEET.recovery_key = ""  # type: ignore[misc]


def test_it_is_a_report_but_no_edition() -> None:
    others = {RecoverySheet, PocketCard, PersonFile, ErasureSheet, RecordSheet, QuarterSheet}
    assert others <= set(get_args(Report))
    assert len(get_args(Report)) == len(Edition) + len(others)


def test_the_file_is_named_after_what_it_is_and_not_after_the_key() -> None:
    assert suggested_file_name(SHEET) == "fitcheck-recovery-key-2026-11-21.pdf"
