"""An exception is reduced to what the program's own code says: no word that it carries is left."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from fitcheck.reduced import CHAIN, PLACES, Reduced, ReducedError, known, reduced

CANARY = "Kanarienvogel"


class TalkativeError(Exception):
    """One that says what it is told, in every way there is."""

    def __init__(self, words: str) -> None:
        super().__init__(words, {words: [words]})
        self.words = words
        self.errno = words
        self.__notes__ = [words]

    def __repr__(self) -> str:
        return self.words

    __str__ = __repr__


def caught(act: Callable[[], object]) -> BaseException:
    try:
        act()
    except BaseException as error:  # noqa: BLE001, RUF100
        return error
    raise AssertionError("nothing was raised")


_nothing: dict[str, str] = {}


def talk() -> None:
    confided = f"what {CANARY} said"
    try:
        try:
            raise TalkativeError(confided)
        except TalkativeError:
            _nothing[confided]
    except KeyError as error:
        error.add_note(confided)
        raise RuntimeError(confided) from error


def talk_in_a_group() -> None:
    found = []
    for _member in range(3):
        try:
            talk()
        except RuntimeError as error:
            found.append(error)
    raise ExceptionGroup(CANARY, found)


@pytest.mark.parametrize("act", [talk, talk_in_a_group])
def test_no_word_of_an_exception_is_left(act: Callable[[], None]) -> None:
    told = "\n".join(reduced(caught(act)).lines())
    assert CANARY not in told
    assert CANARY not in repr(reduced(caught(act)))
    # The control: it would have been there.
    assert CANARY in str(caught(act))
    assert "tests.core.test_reduced" in told or "test_reduced" in told


def test_what_is_left_says_what_and_where() -> None:
    lines = list(reduced(caught(talk)).lines())
    assert [line for line in lines if not line.startswith("  ")] == [
        f"{known(TalkativeError.__module__)}.TalkativeError",
        "and while that was being handled:",
        "KeyError",
        "which caused:",
        "RuntimeError",
    ]
    raised = talk.__code__.co_firstlineno
    assert lines[1].endswith(f":{raised + 4} in talk")
    assert lines[-1].endswith(f":{raised + 9} in talk")


def test_what_was_raised_from_nothing_shows_nothing_before() -> None:
    def hide() -> None:
        try:
            talk()
        except RuntimeError:
            raise ValueError from None

    assert reduced(caught(hide)).before is None


def test_the_system_s_numbers_are_kept_and_its_words_are_not() -> None:
    error = reduced(caught(lambda: open(f"/{CANARY}/x")))  # noqa: PTH123, SIM115
    assert error.numbers == (("errno", 2),)
    assert CANARY not in "".join(error.lines())
    with sqlite3.connect(":memory:") as connection:
        of_sqlite = reduced(caught(lambda: connection.execute(f"select {CANARY}")))
    connection.close()
    assert of_sqlite.numbers == (("sqlite_errorcode", 1),)


def test_endless_recursion_and_endless_chains_are_cut() -> None:
    def endless() -> None:
        endless()

    error = reduced(caught(endless))
    assert len(error.places) == PLACES
    assert error.left_out > 100
    assert any("more" in line for line in error.lines())

    first = last = ValueError()
    for _each in range(30):
        following = ValueError()
        last.__cause__ = following
        last = following
    last.__cause__ = first
    depth, each = 0, reduced(first)
    while each.before is not None:
        depth, each = depth + 1, each.before
    assert depth == CHAIN - 1
    circle = ValueError()
    other = ValueError()
    circle.__cause__, other.__cause__ = other, circle
    assert reduced(circle).before == Reduced(known("ValueError"), caused=True)


def test_what_another_process_tells_comes_through_only_if_it_is_reduced() -> None:
    there = tuple(reduced(caught(talk)).lines())
    lines = list(reduced(ReducedError(there)).lines())
    assert [line.removeprefix("  | ") for line in lines[1:]] == list(there)
    assert list(reduced(ReducedError((f"“{CANARY}”",))).lines())[1:] == ["  | ?"]


@pytest.mark.parametrize("name", ["Ada Bell", "", "ada@example.org", "naïve", "x" * 101, None, 3])
def test_what_is_no_name_of_code_is_a_question_mark(name: object) -> None:
    assert known(name) == "?"
    assert known("Interview._record.<locals>.<lambda>") == "Interview._record.<locals>.<lambda>"
