"""What came of people goes along with a book: taken once, gone on with, never written over."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, select, update

from fitcheck.domain.assessment import Prospect
from fitcheck.domain.bank import Form, Reference
from fitcheck.domain.book import About, Colleague, StoredBank
from fitcheck.domain.book_years import BookFollowUp, BookMove, BookReferral
from fitcheck.domain.incoming_book import NO_CHOICE, Choices, IncomingProspect, YearsSince
from fitcheck.domain.policy import Action
from fitcheck.domain.referral import Result
from fitcheck.errors import InvalidInput
from fitcheck.exchange.demo import load_demo
from fitcheck.library import CURRENT_BANK
from fitcheck.services import FitCheck
from fitcheck.store import tables, years
from fitcheck.store.abouts import put
from fitcheck.whole_book import BookFile, unlock
from reports.import_words import text_of
from tests.exchange.banks import small_bank
from tests.exchange.books import PASSPHRASE, exported, lines, opened, said, written
from tests.store.later import DAY, Later, later, put_bank, put_later

LATER = dt.date(2027, 1, 4)
WORK = Callable[[Connection], object]


@pytest.fixture
def here(empty: Path, place: Path) -> Iterator[FitCheck]:
    shutil.copytree(empty, place / "here")
    fitcheck = opened(place / "here")
    yield fitcheck
    fitcheck.close()


@pytest.fixture
def there(empty: Path, place: Path) -> Iterator[FitCheck]:
    """Ada, of whom there is something of everything; a colleague, and a bank."""
    shutil.copytree(empty, place / "there")
    fitcheck = opened(place / "there")
    ada = fitcheck.add_prospect(Prospect("Ada"))
    fitcheck.decide(ada, Action.PROCEED, "yes")
    put_later(fitcheck._book, ada, later(), fitcheck.referring.add_colleague(Colleague("Åsa")))
    put_bank(fitcheck._book)
    yield fitcheck
    fitcheck.close()


@pytest.fixture
def file(place: Path) -> Path:
    return place / "book.fitcheck"


def look(fitcheck: FitCheck, book: BookFile, choices: Choices = NO_CHOICE) -> IncomingProspect:
    """What a file would bring for Ada."""
    found = fitcheck.whole_book.look(book, choices).incoming
    (line,) = (each for each in found.prospects if each.name == "Ada")
    return line


def take(
    fitcheck: FitCheck, there: FitCheck, file: Path, choices: Choices = NO_CHOICE
) -> IncomingProspect:
    """Take the other book into this one; what it brought for Ada, the same as was seen."""
    book = exported(there, file)
    seen = look(fitcheck, book, choices)
    fitcheck.whole_book.take(book, fitcheck.whole_book.look(book), choices)
    again = look(fitcheck, book, choices)
    assert not again.changed, "what is taken twice changes nothing the second time"
    return seen


def write(fitcheck: FitCheck, work: WORK) -> None:
    fitcheck._book._writer.write(work).result()


def years_of(fitcheck: FitCheck, id_: int = 1) -> years.Years:
    with fitcheck._book.vault.engine.begin() as connection:
        return years.years_of(connection, id_, {1: 1})


def expected(what: Later) -> years.Years:
    return years.Years(what.about, what.follow_ups, what.outcomes, what.referrals)


def first(fitcheck: FitCheck) -> BookFollowUp:
    return years_of(fitcheck).follow_ups[0]


def move(fitcheck: FitCheck, day: dt.date, done: dt.date | None = None) -> None:
    """Put the first follow-up on another day."""
    before = first(fitcheck)
    after = replace(before, moves=(*before.moves, BookMove(DAY, day)), done_on=done)
    write(fitcheck, lambda connection: years.move_on(connection, 1, after))


# All of it


def test_all_of_it_comes_along_and_only_once(here: FitCheck, there: FitCheck, file: Path) -> None:
    assert take(here, there, file).added
    assert years_of(here) == expected(later())
    before = said(here, file.with_suffix(".before"))
    assert before == said(there, file.with_suffix(".theirs"))
    take(here, there, file)
    assert said(here, file.with_suffix(".after")) == before
    (referral,) = (each for each in years_of(here).referrals if each.colleague)
    assert here.referring.colleagues()[1].name == "Åsa"
    assert referral.colleague == 1


def test_a_colleague_who_was_here_before_is_who_they_were_sent_to(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    here.referring.add_colleague(Colleague("Another"))
    asa = here.referring.add_colleague(Colleague("Åsa"))
    take(here, there, file)
    with here._book.vault.engine.begin() as connection:
        order = select(tables.referral.c.colleague_id).order_by(tables.referral.c.id)
        found = connection.scalars(order).all()
    assert found == [asa, None]
    assert len(here.referring.colleagues()) == 2


@pytest.mark.parametrize("name", ["book-1.jsonl", "book-1.fitcheck"])
def test_a_file_of_version_1_is_taken(here: FitCheck, name: str) -> None:
    kept = Path(__file__).parent.parent / "exchange" / name
    book = unlock(kept, PASSPHRASE)
    here.whole_book.take(book, here.whole_book.look(book))
    assert len(here.prospects()) == 3
    assert not here.whole_book.look(book).incoming.changes
    assert here.interview(2).answer("effort").note.startswith("calm, and “curious” 🪷")


def test_what_was_not_there_in_version_1_is_taken_out_of_version_2(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    """As where the other computer was brought up to date later."""
    exported(there, file)
    old = lines(file)
    for line in old:
        for name in ("about", "follow_ups", "outcomes", "referrals"):
            line.get("prospect", {}).pop(name, None)
        for step in line.get("prospect", {}).get("period", ()):
            step.pop("forecast", None)
    book = written(file.with_suffix(".old"), *old)
    here.whole_book.take(book, here.whole_book.look(book))
    seen = take(here, there, file)
    assert seen.filled == ("source", "notes")
    assert seen.years == YearsSince(
        links=1, tags=2, follow_ups=2, outcomes=2, referrals=2, forecasts=1
    )
    assert years_of(here) == years_of(there)
    told = text_of(here.whole_book.look(book).incoming, NO_CHOICE)
    assert "There is nothing in it" in told


# What is here stays


def test_source_and_notes_that_differ_stay_unless_theirs_are_chosen(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    take(here, there, file)
    mine = About("by me", "mine", ("https://mine",), ("ZEBRA", "Own"))
    write(here, lambda connection: put(connection, 1, mine))
    seen = take(here, there, file)
    told = [(each.key[33:], each.here, each.whose) for each in seen.differences]
    assert told == [("source", "by me", "Ada"), ("notes", "mine", "Ada")]
    assert (seen.years.links, seen.years.tags) == (1, 1)
    about = years_of(here).about
    assert (about.source, about.notes) == ("by me", "mine")
    assert about.links == ("https://mine", *later().about.links)
    assert set(about.tags) == {"Own", "tag “hall” 🪷", "ZEBRA"}
    choices = Choices(theirs=frozenset([seen.differences[1].key]))
    take(here, there, file, choices)
    assert years_of(here).about.notes == later().about.notes
    assert years_of(here).about.source == "by me"


def test_a_follow_up_that_went_on_there_goes_on_here(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    take(here, there, file)
    move(there, LATER, done=LATER)
    assert take(here, there, file).years == YearsSince(follow_ups=1)
    assert first(here) == first(there)
    with here._book.vault.engine.begin() as connection:
        day = connection.scalar(select(tables.follow_up.c.day).where(tables.follow_up.c.id == 1))
    assert day == LATER


def test_one_that_went_on_here_stays_and_one_that_went_on_in_both_is_told(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    take(here, there, file)
    move(here, LATER)
    ours = first(here)
    assert take(here, there, file).years == YearsSince()
    move(there, dt.date(2027, 2, 1))
    assert take(here, there, file).years == YearsSince(apart=1)
    assert first(here) == ours


def test_one_that_was_done_there_is_done_here_and_not_the_other_way_round(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    take(here, there, file)
    done = replace(first(there), done_on=LATER)
    write(there, lambda connection: years.move_on(connection, 1, done))
    assert take(here, there, file).years == YearsSince(follow_ups=1)
    assert first(here).done_on == LATER
    write(there, lambda connection: years.move_on(connection, 1, replace(done, done_on=None)))
    assert take(here, there, file).years == YearsSince()
    assert first(here).done_on == LATER


def test_one_that_says_something_else_here_stays(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    take(here, there, file)
    write(here, lambda each: each.execute(update(tables.follow_up).values(reason="mine")))
    assert take(here, there, file).years == YearsSince(apart=2)
    assert first(here).reason == "mine"


def test_a_follow_up_stays_with_whom_it_is_here(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    """As where two of there are one here."""
    book = exported(there, file)
    here.whole_book.take(book, here.whole_book.look(book))
    other = here.add_prospect(Prospect("Other"))
    write(here, lambda each: each.execute(update(tables.follow_up).values(prospect_id=other)))
    assert take(here, there, file).years == YearsSince()
    assert years_of(here).follow_ups == ()
    assert years_of(here, other).follow_ups == later().follow_ups


def test_outcomes_stand_beside_each_other(here: FitCheck, there: FitCheck, file: Path) -> None:
    take(here, there, file)
    one, two = later().outcomes
    write(
        there, lambda connection: years.add_outcomes(connection, 1, [two, replace(one, on=LATER)])
    )
    write(here, lambda connection: years.add_outcomes(connection, 1, [replace(one, words="mine")]))
    assert take(here, there, file).years == YearsSince(outcomes=2)
    found = years_of(here).outcomes
    assert found == (one, two, replace(one, words="mine"), two, replace(one, on=LATER))


def heard(fitcheck: FitCheck, referral: BookReferral, id_: int = 2) -> None:
    write(fitcheck, lambda connection: years.set_result(connection, id_, referral))


def test_what_was_heard_of_a_referral_there_is_heard_here(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    take(here, there, file)
    open_ = later().referrals[1]
    known = replace(open_, result=Result.WORKING, result_on=LATER, words="well")
    heard(there, known)
    assert take(here, there, file).years == YearsSince(referrals=1)
    assert years_of(here).referrals[1] == known
    heard(there, open_)
    assert take(here, there, file).years == YearsSince()
    assert years_of(here).referrals[1] == known
    heard(there, replace(known, result=Result.NOTHING))
    assert take(here, there, file).years == YearsSince(apart=1)
    heard(there, replace(known, words="badly"))
    assert take(here, there, file).years == YearsSince(apart=1)
    assert years_of(here).referrals[1] == known


def test_a_referral_on_another_day_is_another_one(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    take(here, there, file)
    twice = replace(later().referrals[1], on=LATER)
    for _each in range(2):
        write(there, lambda connection: years.add_referral(connection, 1, twice, None))
    assert take(here, there, file).years == YearsSince(referrals=2)
    assert years_of(here).referrals == (*later().referrals, twice, twice)


def test_odds_that_are_frozen_here_stay(here: FitCheck, there: FitCheck, file: Path) -> None:
    take(here, there, file)
    write(here, lambda each: each.execute(update(tables.forecast).values(good=0.5)))
    assert take(here, there, file).years == YearsSince()
    write(here, lambda each: each.execute(delete(tables.forecast)))
    here.reopen(1)
    assert take(here, there, file).years == YearsSince(forecasts=1)
    with here._book.vault.engine.begin() as connection:
        assert years.forecasts_of(connection, 1) == {1: later().forecast}


def test_two_of_there_who_are_one_here_bring_what_each_has(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    """What the first brought is here when the second comes."""
    second = there.add_prospect(Prospect("Ada", "Elsewhere"))
    what = later("“more”", 7)
    put_later(there._book, second, replace(what, outcomes=later().outcomes))
    mine = here.add_prospect(Prospect("Ada"))
    book = exported(there, file)
    seen = here.whole_book.look(book)
    choices = Choices(together=frozenset(each.key for each in seen.incoming.prospects))
    taken = here.whole_book.take(book, seen, choices)
    one, two = taken.prospects
    assert one.years == YearsSince(1, 2, follow_ups=2, outcomes=2, referrals=2, forecasts=1)
    assert two.years == YearsSince(links=1, tags=1, follow_ups=2, referrals=1)
    assert [each.what for each in two.differences] == ["source", "notes"]
    found = years_of(here, mine)
    assert found.about.source == later().about.source
    assert set(found.about.tags) == {*later().about.tags, *what.about.tags}
    assert found.outcomes == later().outcomes


def test_who_is_left_out_brings_none_of_it(here: FitCheck, there: FitCheck, file: Path) -> None:
    take(here, there, file)
    here.rights.erase(1)
    book = exported(there, file)
    here.whole_book.take(book, here.whole_book.look(book))
    with here._book.vault.engine.begin() as connection:
        for table in (tables.about, tables.tag, tables.follow_up, tables.outcome, tables.referral):
            assert connection.execute(select(table)).all() == []


# Banks


def with_assessment(fitcheck: FitCheck) -> None:
    """Somebody who was judged by the bank of one's own."""
    assessment = replace(load_demo()[0], bank=Reference("own-small", "1.0.0"), answers={})
    ada = fitcheck._book.add_assessment(1, assessment, None)
    ada.result()


def test_a_bank_of_ones_own_comes_before_what_was_judged_by_it(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    with_assessment(there)
    book = exported(there, file)
    seen = here.whole_book.look(book)
    assert seen.incoming.banks == 1
    assert "1 bank is added" in text_of(seen.incoming, NO_CHOICE)
    here.whole_book.take(book, seen)
    assert here.whole_book.look(book).incoming.banks == 0
    with here._book.vault.engine.begin() as connection:
        found = connection.execute(select(tables.bank)).one()
    assert (found.id, found.version, found.text, found.made_on) == (
        "own-small",
        "1.0.0",
        small_bank(),
        DAY,
    )


def test_a_bank_that_comes_in_is_not_asked_by_itself(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    """But where the book was empty; its questions are those that old answers answer."""
    with_assessment(there)
    reference = Reference("own-small", "1.0.0")
    there.banks.use(reference)
    book = exported(there, file)
    second = here.add_prospect(Prospect("Second"))
    seen = here.whole_book.look(book)
    (asked,) = seen.incoming.differences
    assert (asked.key, asked.here, asked.there) == (
        "preferences.own_bank",
        str(CURRENT_BANK),
        "own-small 1.0.0",
    )
    here.whole_book.take(book, seen)
    assert here.banks.in_force.id == "core"
    assert here.interview(1).bank.id == "own-small"
    here.whole_book.take(book, here.whole_book.look(book), Choices(theirs=frozenset([asked.key])))
    assert here.banks.in_force.reference == reference
    begun = here.begin_assessment(second, Form.FULL)
    assert here.interview(begun).bank.reference == reference
    assert not here.whole_book.look(book).incoming.all_differences


def test_an_empty_book_asks_what_the_other_one_asked(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    there.banks.use(Reference("own-small", "1.0.0"))
    take(here, there, file)
    assert here.banks.in_force.reference == Reference("own-small", "1.0.0")


def test_a_bank_that_the_linter_would_not_take_any_more_can_still_go_out(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    text = small_bank("own-older").replace("weight = 2", "weight = 3.5")
    stored = StoredBank(Reference("own-older", "1.0.0"), text, DAY)
    there._book.banks.add(stored).result()
    with pytest.raises(InvalidInput, match="weight"):
        here.whole_book.look(exported(there, file))


def test_a_bank_of_the_same_name_that_asks_something_else_is_refused_in_words(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    mine = {"id": "own-small", "version": "1.0.0", "made_on": DAY, "text": small_bank(say="Well: ")}
    write(here, lambda each: each.execute(tables.bank.insert().values(mine)))
    book = exported(there, file)
    with pytest.raises(InvalidInput) as refused:
        here.whole_book.look(book)
    (fault,) = refused.value.faults
    assert fault.place == "bank own-small 1.0.0"
    assert "version of its own" in fault.expected


def test_a_remark_in_a_bank_is_no_other_question(
    here: FitCheck, there: FitCheck, file: Path
) -> None:
    mine = {
        "id": "own-small",
        "version": "1.0.0",
        "made_on": DAY,
        "text": f"# Mine\n{small_bank()}",
    }
    write(here, lambda each: each.execute(tables.bank.insert().values(mine)))
    assert here.whole_book.look(exported(there, file)).incoming.banks == 0
