"""A whole book goes out and comes in: all of it, twice without a change, and nothing given up."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from fitcheck.domain.assessment import Assessment, Prospect
from fitcheck.domain.bank import Reference
from fitcheck.domain.book import Colleague
from fitcheck.domain.incoming_book import NO_CHOICE, Assessments, Choices, Standing
from fitcheck.domain.keeping import Keeping
from fitcheck.domain.policy import Action, Match
from fitcheck.domain.profile import Paper, Profile
from fitcheck.domain.whole_book import BookPreferences
from fitcheck.errors import InvalidInput
from fitcheck.exchange.book_container import WrongBookPassphrase
from fitcheck.exchange.demo import load_demo
from fitcheck.services import FitCheck
from fitcheck.settings import Preferences
from fitcheck.store import tables
from fitcheck.store.backup import Reason
from fitcheck.whole_book import BookChanged, BookFile, Look, is_book, is_locked, unlock
from tests.domain.strategies import whole_assessments
from tests.exchange.books import CHEAP, PASSPHRASE, exported, fill, lines, opened, said, written

Other = Callable[[], FitCheck]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with something in every place, closed, to be copied."""
    folder = tmp_path_factory.mktemp("filled") / "data"
    fitcheck = opened(folder)
    fill(fitcheck)
    fitcheck.close()
    return folder


@pytest.fixture
def here(empty: Path, place: Path) -> Iterator[FitCheck]:
    """An empty book."""
    shutil.copytree(empty, place / "here")
    fitcheck = opened(place / "here")
    yield fitcheck
    fitcheck.close()


@pytest.fixture
def there(filled: Path, place: Path) -> Iterator[FitCheck]:
    """A full one."""
    shutil.copytree(filled, place / "there")
    fitcheck = opened(place / "there")
    yield fitcheck
    fitcheck.close()


@pytest.fixture
def file(place: Path) -> Path:
    return place / "book.fitcheck"


def take(fitcheck: FitCheck, file: BookFile, choices: Choices = NO_CHOICE) -> Look:
    """Take a file into a book; what was seen of it before."""
    look = fitcheck.whole_book.look(file)
    fitcheck.whole_book.take(file, look, choices)
    return look


def names(fitcheck: FitCheck) -> list[str]:
    return sorted(line.prospect.name for line in fitcheck.prospects())


# All of it


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_an_empty_book_becomes_the_other_one(
    here: FitCheck, there: FitCheck, file: Path, passphrase: str | None
) -> None:
    look = take(here, exported(there, file, passphrase))
    assert {each.standing for each in look.incoming.prospects} == {Standing.NEW}
    assert look.incoming.changes
    assert said(here, file) == said(there, file)
    assert [line.prospect.name for line in here.prospects()] == [
        line.prospect.name.replace("\0", "\N{REPLACEMENT CHARACTER}") for line in there.prospects()
    ]
    assert here.policies.in_force == there.policies.in_force
    assert here.preferences.profile == there.preferences.profile
    assert here.interview(3).can_undo


def test_it_is_a_book_that_goes_on(here: FitCheck, there: FitCheck, file: Path) -> None:
    take(here, exported(there, file))
    for line in here.prospects():
        for each in here.assessments(line.id):
            interview = here.interview(each.id)
            while interview.undo():
                pass
            while interview.redo():
                pass
            interview.set_note("effort", "and on")
            assert 0 <= interview.judgement.odds[Match.GOOD] <= 1
    here._book.settle()
    assert here.their_forms.token(3) == there.their_forms.token(3)


def test_what_is_taken_twice_changes_nothing_the_second_time(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    book = exported(there, file)
    take(here, book)
    before = said(here, file.with_suffix(".before"))
    look = take(here, book)
    assert not look.incoming.changes
    assert not look.incoming.all_differences
    assert {each.standing for each in look.incoming.prospects} == {Standing.KNOWN}
    assert said(here, file.with_suffix(".after")) == before


def test_a_books_own_file_brings_it_nothing(there: FitCheck, file: Path) -> None:
    book = exported(there, file)
    before = said(there, file.with_suffix(".before"))
    assert not take(there, book).incoming.changes
    assert said(there, file.with_suffix(".after")) == before


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(assessment=whole_assessments())
def test_whatever_was_written_comes_back(empty: Path, place: Path, assessment: Assessment) -> None:
    shutil.rmtree(place / "a", ignore_errors=True)
    shutil.rmtree(place / "b", ignore_errors=True)
    shutil.copytree(empty, place / "a")
    shutil.copytree(empty, place / "b")
    one, other = opened(place / "a"), opened(place / "b")
    try:
        id_ = one.add_assessment(assessment)
        interview = one.interview(id_)
        interview.set_field("plan", assessment.plan)
        interview.set_field("restatement", "again")
        interview.undo()
        one._book.settle()
        take(other, exported(one, place / "x"))
        assert said(other, place / "y") == said(one, place / "z")
        assert other.interview(1).assessment == one.interview(id_).assessment
    finally:
        one.close()
        other.close()


NOT_TAKEN = {
    "prospect.id": "a row's number says nothing elsewhere",
    "prospect.search": "made of the contact",
    "prospect.latest_assessment_id": "found again",
    "prospect.phase": "found again",
    "assessment.id": "a row's number",
    "assessment.prospect_id": "the prospect before it",
    "answer.assessment_id": "the assessment that it stands in",
    "deal_breaker.assessment_id": "likewise",
    "field.assessment_id": "likewise",
    "event.id": "the order of the lines",
    "event.assessment_id": "the assessment before it",
    "period.prospect_id": "the prospect that it stands in",
    "period.opened": "what its steps come to",
    "period.until": "what its steps come to",
    "period.decided": "what its steps come to",
    "period_step.id": "the order of the steps",
    "period_step.prospect_id": "the prospect that it stands in",
    "keeping.prospect_id": "the prospect that it stands in",
    "assessment_uid.assessment_id": "the assessment that it stands in",
    "known_as.prospect_id": "the prospect that it stands in",
    **dict.fromkeys(
        map(str, (*tables.line.columns, *tables.said.columns)),
        "made of the others",
    ),
    "policy.number": "the order of the lines",
    "about.prospect_id": "the prospect that it stands in",
    "tag.prospect_id": "the prospect that it stands in",
    "tag.folded": "made of the name",
    "follow_up.id": "the order in which they were planned",
    "follow_up.prospect_id": "the prospect that it stands in",
    "follow_up.day": "what its moves come to",
    "follow_up.at": "what its moves come to",
    "follow_up_move.id": "the order of the moves",
    "follow_up_move.follow_up_id": "the follow-up that it stands in",
    "forecast.step_id": "the step that it stands in",
    "forecast.prospect_id": "the prospect that it stands in",
    "outcome.id": "the order in which they were marked",
    "outcome.prospect_id": "the prospect that it stands in",
    "referral.id": "the order in which they were noted",
    "referral.prospect_id": "the prospect that it stands in",
    "bank.number": "the order of the lines",
    "colleague.id": "a row's number",
    "form_sheet.assessment_id": "the assessment that it stands in",
    "spent_id.of": "about the numbers of rows",
    "spent_id.id": "about the numbers of rows",
}
"""Columns that a file doesn't have, and why."""

TAKEN = {
    "prospect": "name organisation role email phone met_at changed",
    "assessment": "date form appetite bank_id bank_version policy_id policy_version position "
    "finished started_at recommendation leaning good workable poor answered asked",
    "answer": "question value evidence note quote",
    "deal_breaker": "id state",
    "field": "key value",
    "event": "kind subject key before after at",
    "period_step": "kind day until action words",
    "keeping": "uid until kept_on",
    "erased": "uid day",
    "assessment_uid": "uid",
    "known_as": "uid",
    "policy": "id version text made_on",
    "about": "source notes links",
    "tag": "name",
    "follow_up": "uid purpose reason planned_on planned_at done_on suggested_for",
    "follow_up_move": "moved_on day at reason",
    "forecast": "assessment_date model gut final good workable poor axes evidence",
    "outcome": "occasion day signs words",
    "referral": "colleague_id name day result result_on words",
    "bank": "id version text made_on",
    "colleague": "name contact good_at consent_on",
    "form_sheet": "token",
    "preference": "key value",
}
"""Columns that it has; that they come back is what the tests above show of a full book."""

STAYS = {
    "look": "about the screen of one computer",
    "dialogs": "about the screen of one computer",
    "list_layout": "about the screen of one computer",
    "lock_after": "about where one computer stands",
    "window": "about the screen of one computer",
}
"""Preferences that a file doesn't have, and why."""


def test_no_column_is_forgotten() -> None:
    taken = {f"{table}.{name}" for table, each in TAKEN.items() for name in each.split()}
    there = {
        f"{table.name}.{column.name}"
        for table in tables.metadata.sorted_tables
        for column in table.columns
    }
    assert there <= taken | NOT_TAKEN.keys()
    assert not taken & NOT_TAKEN.keys()
    assert taken <= there


def test_a_full_book_has_something_in_every_column_that_is_taken(there: FitCheck) -> None:
    with there._book.vault.engine.connect() as connection:
        for table, each in TAKEN.items():
            for name in each.split():
                column = tables.metadata.tables[table].c[name]
                found = connection.execute(column.table.select().where(column.is_not(None))).first()
                assert found is not None or f"{table}.{name}" == "known_as.uid"


def test_no_preference_is_forgotten() -> None:
    taken = BookPreferences.__dataclass_fields__.keys()
    assert taken | STAYS.keys() == Preferences.__dataclass_fields__.keys()
    assert not taken & STAYS.keys()


def test_neither_drafts_nor_keys_go_along(there: FitCheck, file: Path) -> None:
    exported(there, file)
    assert b"half a sen" not in file.read_bytes()
    assert b"Erased" not in file.read_bytes()


# Locked


def test_a_locked_file_says_nothing_and_opens_by_its_passphrase_alone(
    there: FitCheck, file: Path
) -> None:
    exported(there, file, PASSPHRASE)
    data = file.read_bytes()
    assert "Ångström".encode() not in data
    assert is_locked(file)
    assert is_book(data[:100])
    with pytest.raises(WrongBookPassphrase):
        unlock(file, "not it at all")
    exported(there, file)
    assert not is_locked(file)
    assert is_book(file.read_bytes()[:100])
    assert "Ångström".encode() in file.read_bytes()


def test_a_file_is_its_owners_alone_and_nothing_is_left_beside_it(
    there: FitCheck, file: Path
) -> None:
    def stop(_done: float) -> None:
        raise KeyboardInterrupt

    before = set(file.parent.iterdir())
    with pytest.raises(KeyboardInterrupt):
        there.whole_book.export(file, None, stop, CHEAP)
    assert set(file.parent.iterdir()) == before
    exported(there, file)
    assert file.stat().st_mode & 0o077 == 0
    assert set(file.parent.iterdir()) == before | {file}


# What is here stays


def test_somebody_known_who_is_unchanged_stays_and_others_are_added(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    take(here, exported(there, file))
    here.add_prospect(Prospect("Only here"))
    there.add_prospect(Prospect("Only there"))
    take(here, exported(there, file))
    assert {"Only here", "Only there"} <= set(names(here))
    assert len(names(here)) == len(names(there)) + 1


def test_a_contact_that_differs_stays_unless_theirs_is_chosen(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    take(here, exported(there, file))
    mine = next(line for line in here.prospects() if line.prospect.name == "Second")
    theirs = next(line for line in there.prospects() if line.prospect.name == "Second")
    here.edit_prospect(mine.id, Prospect("Second", role="Head", phone="1"))
    there.edit_prospect(theirs.id, Prospect("Second", role="Owner", phone="2", email="s@x.org"))
    book = exported(there, file)
    look = take(here, book)
    (line,) = (each for each in look.incoming.prospects if each.name == "Second")
    assert line.filled == ("email",)
    assert [(each.what, each.here, each.there) for each in line.differences] == [
        ("role", "Head", "Owner"),
        ("phone", "1", "2"),
    ]
    assert here.prospect(mine.id) == Prospect("Second", role="Head", phone="1", email="s@x.org")
    take(here, book, Choices(theirs=frozenset([line.differences[1].key])))
    assert here.prospect(mine.id) == Prospect("Second", role="Head", phone="2", email="s@x.org")


def known(here: FitCheck, there: FitCheck, file: Path) -> tuple[int, int]:
    """The assessment of Second in both books, which are alike."""
    take(here, exported(there, file))
    return tuple(  # type: ignore[return-value]
        next(
            each.id
            for line in f.prospects()
            if line.prospect.name == "Second"
            for each in f.assessments(line.id)
        )
        for f in (here, there)
    )


def counts(look: Look, name: str = "Second") -> Assessments:
    (line,) = (each for each in look.incoming.prospects if each.name == name)
    return line.assessments


def answer(fitcheck: FitCheck, assessment: int, level: int) -> None:
    fitcheck.interview(assessment).set_value("effort", level)
    fitcheck._book.settle()


def test_one_that_went_on_there_goes_on_here(here: FitCheck, there: FitCheck, file: Path) -> None:
    mine, theirs = known(here, there, file)
    answer(there, theirs, 3)
    look = take(here, exported(there, file))
    assert counts(look) == Assessments(ahead=1)
    interview = here.interview(mine)
    assert interview.answer("effort").value == 3
    interview.undo()
    assert interview.answer("effort").value is None


def test_one_that_was_finished_there_is_finished_here(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    mine, theirs = known(here, there, file)
    there.interview(theirs).finish()
    there._book.settle()
    assert counts(take(here, exported(there, file))) == Assessments(ahead=1)
    assert here.interview(mine).finished


def test_one_that_went_on_here_stays(here: FitCheck, there: FitCheck, file: Path) -> None:
    mine, _theirs = known(here, there, file)
    answer(here, mine, 3)
    before = said(here, file.with_suffix(".before"))
    look = take(here, exported(there, file))
    assert counts(look) == Assessments(behind=1)
    assert not look.incoming.changes
    assert said(here, file.with_suffix(".after")) == before


def test_one_that_went_on_in_both_books_is_there_twice(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    mine, theirs = known(here, there, file)
    answer(here, mine, 1)
    answer(there, theirs, 3)
    book = exported(there, file)
    assert counts(take(here, book)) == Assessments(beside=1)
    prospect = here._book.load(mine).prospect_id
    values = [here.interview(e.id).answer("effort").value for e in here.assessments(prospect)]
    assert sorted(values, key=str) == [1, 3]
    again = take(here, book)
    assert counts(again) == Assessments(same=1)
    assert not again.incoming.changes


def test_the_steps_of_a_phase_go_on_and_what_went_apart_stays(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    take(here, exported(there, file))
    ids = {
        f: next(x.id for x in f.prospects() if x.prospect.name == "Second") for f in (here, there)
    }
    there.decide(ids[there], Action.DECLINE, "no")
    look = take(here, exported(there, file))
    (line,) = (each for each in look.incoming.prospects if each.name == "Second")
    assert (line.steps, line.dates_differ) == (1, False)
    assert here.period(ids[here]) == there.period(ids[there])
    here.reopen(ids[here])
    there.reopen(ids[there])
    here.decide(ids[here], Action.PROCEED, "yes")
    there.decide(ids[there], Action.STAGE, "half")
    steps = here.period(ids[here])
    look = take(here, exported(there, file))
    (line,) = (each for each in look.incoming.prospects if each.name == "Second")
    assert (line.steps, line.dates_differ) == (0, True)
    assert here.period(ids[here]) == steps


def test_a_day_until_which_they_are_kept_is_taken_where_there_is_none(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    take(here, exported(there, file))
    ids = [
        next(
            x.id
            for x in f.prospects()
            if x.prospect.name == "Zoë\N{REPLACEMENT CHARACTER} Ångström"
            or x.prospect.name == "Zoë\0 Ångström"
        )
        for f in (here, there)
    ]
    there._book.people.keep(ids[1], Keeping(dt.date(2030, 1, 1), dt.date(2026, 1, 1))).result()
    assert take(here, exported(there, file)).incoming.changes
    assert here._book.people.keeping(ids[0]) == Keeping(dt.date(2030, 1, 1), dt.date(2026, 1, 1))


# Who probably is the same


def test_one_of_the_same_name_is_added_unless_somebody_says_that_it_is_the_same(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    mine = here.add_prospect(Prospect("second", role="Head"))
    book = exported(there, file)
    look = here.whole_book.look(book)
    (line,) = (each for each in look.incoming.prospects if each.name == "Second")
    assert (line.standing, line.here, line.together) == (Standing.PROBABLY, "second", False)
    here.whole_book.take(book, look, Choices(together=frozenset([line.key])))
    assert names(here).count("Second") == 0
    assert len(here.assessments(mine)) == 1
    # From then on they are known.
    again = take(here, book)
    assert not again.incoming.changes
    (line,) = (each for each in again.incoming.prospects if each.name == "Second")
    assert (line.standing, line.together) == (Standing.KNOWN, True)


def test_one_of_the_same_address_is_told_whatever_the_name(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    here.add_prospect(Prospect("Z.", email="Z@Example.org "))
    book = exported(there, file)
    look = take(here, book)
    (line,) = (each for each in look.incoming.prospects if each.standing is Standing.PROBABLY)
    assert line.here == "Z."
    assert line.added
    assert len(names(here)) == 5
    assert not take(here, book).incoming.changes


def test_an_assessment_that_came_here_some_other_way_isnt_added_to_the_same_person(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    here.add_assessment(load_demo()[0])
    book = exported(there, file)
    look = here.whole_book.look(book)
    (line,) = (each for each in look.incoming.prospects if each.standing is Standing.PROBABLY)
    taken = here.whole_book.take(book, look, Choices(together=frozenset([line.key])))
    (line,) = (each for each in taken.prospects if each.key == line.key)
    assert line.assessments == Assessments(same=1)


# Who was erased


def test_who_was_erased_here_stays_erased_unless_somebody_wants_them_back(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    book = exported(there, file)
    take(here, book)
    here.rights.erase(next(x.id for x in here.prospects() if x.prospect.name == "Second"))
    look = take(here, book)
    (line,) = (each for each in look.incoming.prospects if each.name == "Second")
    assert (line.standing, line.taken) == (Standing.ERASED, False)
    assert not look.incoming.changes
    assert "Second" not in names(here)
    take(here, book, Choices(back=frozenset([line.key])))
    assert "Second" in names(here)
    # As somebody new: no backup that is made from now on forgets them for an erasure of the past.
    again = take(here, book)
    (line,) = (each for each in again.incoming.prospects if each.name == "Second")
    assert line.standing is Standing.KNOWN
    assert not again.incoming.changes


def test_who_was_put_together_with_another_is_erased_with_them(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    mine = here.add_prospect(Prospect("Second"))
    book = exported(there, file)
    look = here.whole_book.look(book)
    (line,) = (each for each in look.incoming.prospects if each.name == "Second")
    here.whole_book.take(book, look, Choices(together=frozenset([line.key])))
    here.rights.erase(mine)
    look = take(here, book)
    (line,) = (each for each in look.incoming.prospects if each.name == "Second")
    assert line.standing is Standing.ERASED


def test_who_was_erased_there_is_named_and_stays_here(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    take(here, exported(there, file))
    there.rights.erase(next(x.id for x in there.prospects() if x.prospect.name == "Second"))
    look = take(here, exported(there, file))
    assert look.incoming.erased_there == ("Second",)
    assert "Second" in names(here)
    assert not look.incoming.changes


# What is the consultant's own


def test_a_policy_of_the_same_name_gets_another_and_judges_what_it_judged(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    mine = here.policies.save(replace(here.policies.in_force, gap=0.3))
    look = take(here, exported(there, file))
    assert look.incoming.policies == 2
    assert here.policies.in_force == mine, "the one in force stays in force"
    second = next(x for x in here.prospects() if x.prospect.name == "Second")
    (assessment,) = here.assessments(second.id)
    interview = here.interview(assessment.id)
    assert interview.policy.gap == 0.1
    assert interview.policy.reference == Reference("own", "3.0.0")
    assert here.policies.save(replace(here.policies.in_force, gap=0.25)).reference == Reference(
        "own", "4.0.0"
    )
    assert not take(here, exported(there, file)).incoming.policies


def test_a_policy_comes_into_force_only_where_somebody_says_so(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    here.add_prospect(Prospect("Somebody"))
    default = here.policies.in_force
    book = exported(there, file)
    look = take(here, book)
    (asked,) = (each for each in look.incoming.differences if each.what == "own_policy")
    assert here.policies.in_force == default
    assert here.policies.newest is not None
    assert asked.key == "preferences.own_policy"


def test_the_policy_comes_into_force_where_that_was_chosen(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    here.add_prospect(Prospect("Somebody"))
    take(here, exported(there, file), Choices(theirs=frozenset(["preferences.own_policy"])))
    assert here.policies.in_force == there.policies.in_force


def test_preferences_that_differ_stay_unless_theirs_are_chosen(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    here.save_preferences(replace(here.preferences, profile=Profile("Iris", phone="1")))
    book = exported(there, file)
    look = take(here, book)
    told = {each.key: (each.here, each.there) for each in look.incoming.differences}
    assert told == {"preferences.profile.name": ("Iris", "Ines")}
    assert {"paper", "logo", "accent", "boundaries"} <= set(look.incoming.filled)
    assert (here.preferences.profile.name, here.preferences.profile.phone) == ("Iris", "1")
    assert here.preferences.paper is Paper.LETTER
    assert here.preferences.profile.logo == there.preferences.profile.logo
    take(here, book, Choices(theirs=frozenset(told)))
    assert here.preferences.profile.name == "Ines"


def test_a_colleague_who_is_here_isnt_added_again(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    here.referring.add_colleague(Colleague("Åsa"))
    take(here, exported(there, file))
    take(here, exported(there, file))
    assert [each.contact for each in here.referring.colleagues().values()] == ["", "+46"]


# All or nothing


def test_a_backup_is_made_before_anything_is_taken(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    take(here, exported(there, file))
    (copy,) = here.safekeeping.copies()
    assert copy.reason is Reason.IMPORT
    contents = here.safekeeping.look_into(copy).contents
    assert contents is not None
    assert contents.prospects == 0


@pytest.mark.parametrize("after", [0, 5, 40, 10_000])
def test_an_import_that_is_called_off_has_not_happened(
    here: FitCheck, there: FitCheck, file: Path, after: int
) -> None:
    class CalledOff(Exception):  # noqa: N818
        pass

    told: list[float] = []

    def stop(done: float) -> None:
        told.append(done)
        if len(told) > after or done == 1.0:
            raise CalledOff

    book = exported(there, file)
    before = said(here, file.with_suffix(".before"))
    look = here.whole_book.look(book)
    with pytest.raises(CalledOff):
        here.whole_book.take(book, look, report=stop)
    assert said(here, file.with_suffix(".after")) == before
    assert told == sorted(told)


def test_what_changed_since_it_was_seen_is_not_taken(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    book = exported(there, file)
    look = here.whole_book.look(book)
    here.add_prospect(Prospect("Second"))
    with pytest.raises(BookChanged):
        here.whole_book.take(book, look)
    assert names(here) == ["Second"]
    look = here.whole_book.look(book)
    text = file.read_text(encoding="utf-8").replace("Straßenbau", "Strassenbau")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BookChanged):
        here.whole_book.take(book, look)
    assert names(here) == ["Second"]


def test_a_file_with_a_fault_brings_nothing(here: FitCheck, there: FitCheck, file: Path) -> None:
    exported(there, file)
    spoilt = lines(file)
    spoilt[4]["x"] = 1
    spoilt[-2] = {"history": {"events": [{"at": "now"}]}}
    before = said(here, file.with_suffix(".before"))
    with pytest.raises(InvalidInput) as refused:
        here.whole_book.look(written(file, *spoilt))
    assert len(refused.value.faults) > 2
    assert all(fault.place.startswith("line ") for fault in refused.value.faults)
    assert said(here, file.with_suffix(".after")) == before
