"""The lines of a whole book, read back one by one within bounds (:mod:`book_text` writes them).

A book of years doesn't fit into memory as one value, so that no line holds more than an assessment
or a stretch of its history. Every fault is found, at its line and path, before anybody sees a
record of a file that has one.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from fitcheck.changes import FIELD_TYPES, TOGETHER
from fitcheck.domain.assessment import DealBreakerState
from fitcheck.domain.history import EventKind, Subject
from fitcheck.domain.plan import Plan, Section
from fitcheck.domain.profile import LOGO_LIMIT, logo_media_type
from fitcheck.domain.whole_book import (
    RECORDS,
    BookAnswer,
    BookAssessment,
    BookBank,
    BookColleague,
    BookEnd,
    BookErased,
    BookEvent,
    BookHead,
    BookHistory,
    BookPolicy,
    BookPreferences,
    BookProspect,
    Record,
)
from fitcheck.errors import Fault, InvalidInput
from fitcheck.exchange.book_checks import faults_of_years
from fitcheck.exchange.book_rules import Rules
from fitcheck.exchange.book_steps import period_of
from fitcheck.exchange.book_text import LINE_LIMIT
from fitcheck.exchange.json_input import FAULT_LIMIT, parse, path
from fitcheck.exchange.typed_json import Steps, places, read

LINES_LIMIT = 5_000_000
UNPACKED_LIMIT = 4_000_000_000
"""Bytes of all lines."""

VALUES_LIMIT = 100_000
"""Values in a line: far more than the longest plan has."""

EVENTS_LIMIT = 100_000
"""Lines of an assessment's history."""

HISTORY_LIMIT = 50_000_000
"""Bytes of an assessment's history, which is compared whole."""


def read_lines(lines: Iterable[bytes], *, own: bool = False) -> Iterator[Record]:
    """Every record, the head first; none any more after the first fault.

    ``own``: they were written out of this book just now.

    At the end, or where there is no going on, raises :class:`fitcheck.errors.InvalidInput` with
    every fault: what came until then is not to be used.
    """
    reader = _Reader(own=own)
    unpacked = 0
    for number, line in enumerate(lines, start=1):
        unpacked += len(line)
        if number > LINES_LIMIT or unpacked > UNPACKED_LIMIT:
            reader.fault(number, f"expected at most {LINES_LIMIT:,} lines")
            break
        record = reader.read(number, line)
        if record is not None and not reader.faults:
            yield record
        if len(reader.faults) >= FAULT_LIMIT or reader.hopeless:
            break
    else:
        reader.end()
    if reader.faults:
        raise InvalidInput(reader.faults[:FAULT_LIMIT])


@dataclass
class _Expected:
    """What has to follow the prospect or assessment that was read last."""

    assessments: list[str] = field(default_factory=list)
    events: int = 0
    bytes: int = 0
    done: int = 0
    undone: int = 0


class _Reader:
    def __init__(self, *, own: bool) -> None:
        self.faults: list[Fault] = []
        self.hopeless = False
        self._line = 0
        self._stage = -1
        self._expected = _Expected()
        self._uids: set[str] = set()
        self._tokens: set[str] = set()
        self._rules = Rules(self._fault, own=own)
        self._colleagues = 0
        self._counts = {"prospect": 0, "assessment": 0}
        self._head: BookHead | None = None
        self._ended = False
        self._sound: dict[tuple[Subject, str], Any] = {}

    def fault(self, number: int, expected: str, steps: Steps = ()) -> None:
        self.faults.append(Fault(f"line {number} {path(*steps)}", expected))

    def _fault(self, expected: str, *steps: str | int) -> None:
        self.fault(self._line, expected, steps)

    def read(self, number: int, line: bytes) -> Record | None:
        """The record of a line, if it is one that can stand here."""
        self._line = number
        before = len(self.faults)
        try:
            value, faults = parse(line, LINE_LIMIT, VALUES_LIMIT)
        except InvalidInput as refused:
            self.faults += places(list(refused.faults), f"line {number}")
            # What doesn't begin as a book isn't one.
            self.hopeless = number == 1
            return None
        self.faults += places(faults, f"line {number}")
        if number == 1:
            record = self._begin(value)
        else:
            record = self._go_on(value, len(line)) if not faults else None
        return record if len(self.faults) == before else None

    def _begin(self, value: Any) -> Record | None:
        head: BookHead | None
        head, faults = read(BookHead, value)
        self.faults += places(faults, "line 1")
        self.hopeless = bool(faults)
        self._head = head
        return head

    def _go_on(self, value: Any, length: int) -> Record | None:
        if self._ended:
            self._fault("expected nothing after the end")
            return None
        name = next(iter(value), None) if isinstance(value, dict) and len(value) == 1 else None
        if name not in RECORDS:
            known = ", ".join(RECORDS)
            self._fault(f"expected an object with one key, one of {known}")
            return None
        made, faults = read(RECORDS[name], value[name], (name,))
        self.faults += places(faults, f"line {self._line}")
        self._in_order(name)
        if made is None:
            self._passed_over(name, value[name])
            return None
        record = cast(Record, made)
        match record:
            case BookBank():
                self._rules.bank(record)
            case BookPolicy():
                self._rules.policy(record)
            case BookColleague():
                self._colleagues += 1
            case BookPreferences():
                self._logo(record.profile.logo)
            case BookErased():
                self._once(record.uid, "erased", "uid")
            case BookProspect():
                self._prospect(record)
            case BookAssessment():
                self._assessment(record)
            case BookHistory():
                self._history(record, length)
            case BookEnd():
                self._ended = True
                if record.lines != self._line - 1:
                    self._fault(f"expected {self._line - 1}, found {record.lines}", name, "lines")
        return record

    def _in_order(self, name: str) -> None:
        """Hold the lines to their order, and what was announced to what comes."""
        stage = list(RECORDS).index(name)
        repeats = {"prospect", "assessment", "history"}
        if stage < self._stage and not (name in repeats and self._stage < len(RECORDS) - 1):
            self._fault(f"expected no {name} here, after {list(RECORDS)[self._stage]}")
        if name == "preferences" and stage == self._stage:
            self._fault("expected the preferences once")
        if name != "history":
            self._close_assessment()
        if name not in ("assessment", "history"):
            self._close_prospect()
        if name in self._counts:
            self._counts[name] += 1
        self._stage = stage

    def _close_assessment(self) -> None:
        if self._expected.events > 0:
            self._fault(f"expected {self._expected.events:,} more lines of a history before this")
        self._expected.events = self._expected.bytes = 0
        self._expected.done = self._expected.undone = 0

    def _close_prospect(self) -> None:
        if self._expected.assessments:
            count = len(self._expected.assessments)
            self._fault(f"expected {count:,} more assessments before this")
        self._expected.assessments = []

    def _passed_over(self, name: str, value: Any) -> None:
        """A record with faults: what follows it is still to be looked at, with no more faults."""
        if name == "prospect" and isinstance(value, dict):
            uids = value.get("assessments")
            known = [uid for uid in uids if isinstance(uid, str)] if isinstance(uids, list) else []
            self._expected.assessments = known
        elif name == "assessment" and isinstance(value, dict):
            uid, events = value.get("uid"), value.get("events")
            if self._expected.assessments and uid == self._expected.assessments[0]:
                del self._expected.assessments[0]
            self._expected.events = events if type(events) is int else 0
        elif name == "history" and isinstance(value, dict):
            events = value.get("events")
            self._expected.events -= len(events) if isinstance(events, list) else 0

    def _once(self, uid: str, *steps: str | int) -> None:
        if uid in self._uids:
            self._fault(f"expected each once, found {uid} again", *steps)
        self._uids.add(uid)

    def _logo(self, text: str) -> None:
        """A logo is a picture of a kind that documents can show."""
        place = ("preferences", "profile", "logo")
        if len(text) > LOGO_LIMIT * 4 // 3 + 4:
            self._fault(f"expected at most {LOGO_LIMIT:,} bytes", *place)
            return
        try:
            logo = base64.b64decode(text, validate=True)
        except ValueError:
            self._fault("expected base 64", *place)
            return
        if logo and logo_media_type(logo) is None:
            self._fault("expected a PNG or a JPEG picture", *place)

    def _prospect(self, record: BookProspect) -> None:
        if not record.uids:
            self._fault("expected at least one", "prospect", "uids")
        for index, uid in enumerate(record.uids):
            self._once(uid, "prospect", "uids", index)
        if not record.contact.name.strip():
            self._fault("expected a name that is not blank", "prospect", "contact", "name")
        try:
            period_of(record.period)
        except ValueError as error:
            self._fault(f"expected steps that can follow: {error}", "prospect", "period")
        for index, follow_up in enumerate(record.follow_ups):
            self._once(follow_up.uid, "prospect", "follow_ups", index, "uid")
        for expected, steps in faults_of_years(record, self._colleagues):
            self._fault(expected, "prospect", *steps)
        self._expected.assessments = list(record.assessments)

    def _assessment(self, record: BookAssessment) -> None:
        if self._expected.assessments[:1] != [record.uid]:
            self._fault("expected the next assessment of its prospect", "assessment", "uid")
        else:
            del self._expected.assessments[0]
        self._once(record.uid, "assessment", "uid")
        if record.form_token:
            if record.form_token in self._tokens:
                self._fault("expected each once", "assessment", "form_token")
            self._tokens.add(record.form_token)
        if not 0 <= record.events <= EVENTS_LIMIT:
            self._fault(f"expected at most {EVENTS_LIMIT:,}", "assessment", "events")
        self._expected.events = record.events
        self._rules.judged(record)
        for key, value in record.fields.items():
            self._field(key, value, "assessment", "fields", key)

    def _field(self, key: str, value: Any, *steps: str | int) -> None:
        if key not in FIELD_TYPES:
            self._fault("expected a field of an assessment", *steps)
            return
        made, faults = read(FIELD_TYPES[key], value, steps)
        self.faults += places(faults, f"line {self._line}")
        if isinstance(made, Plan):
            self._drafted(made, *steps)

    def _drafted(self, plan: Plan, *steps: str | int) -> None:
        """The drafts of a plan are sections of one, each under its name."""
        for name, draft in plan.drafted.items():
            place = (*steps, "drafted", name)
            if name not in set(Section):
                self._fault("expected a section of a plan", *place)
                continue
            _made, faults = read(Plan, {name: draft}, place[:-1])
            self.faults += places(faults, f"line {self._line}")

    def _history(self, record: BookHistory, length: int) -> None:
        expected = self._expected
        expected.bytes += length
        if expected.bytes > HISTORY_LIMIT:
            self._fault(f"expected at most {HISTORY_LIMIT:,} bytes of a history", "history")
            self.hopeless = True
        if len(record.events) > expected.events:
            found = len(record.events)
            self._fault(f"expected {expected.events:,} more events, found {found:,}", "history")
        expected.events = max(0, expected.events - len(record.events))
        for index, event in enumerate(record.events):
            self._event(event, "history", "events", index)
            if len(self.faults) >= FAULT_LIMIT:
                return

    def _event(self, event: BookEvent, *steps: str | int) -> None:
        expected = self._expected
        if event.kind is EventKind.SET:
            expected.done, expected.undone = expected.done + 1, 0
        elif event.kind is EventKind.UNDO:
            expected.done, expected.undone = expected.done - 1, expected.undone + 1
        else:
            expected.done, expected.undone = expected.done + 1, expected.undone - 1
        if expected.done < 0 or expected.undone < 0:
            self._fault(f"expected something to {event.kind.value}, found nothing", *steps, "kind")
            expected.done, expected.undone = max(0, expected.done), max(0, expected.undone)
        sound = (event.subject, event.key)
        # What one event left is what the next one finds.
        if sound not in self._sound or self._sound[sound] != event.before:
            self._changed(event, event.before, *steps, "before")
        before = len(self.faults)
        self._changed(event, event.after, *steps, "after")
        if len(self.faults) == before:
            self._sound = {sound: event.after}

    def _changed(self, event: BookEvent, value: Any, *steps: str | int) -> None:
        if event.subject is Subject.FIELD:
            self._changed_field(event.key, value, *steps)
        elif value is not None and event.subject is Subject.DEAL_BREAKER:
            _state, faults = read(DealBreakerState, value, steps)
            self.faults += places(faults, f"line {self._line}")
        elif value is not None:
            if not isinstance(value, dict) or "question" in value:
                self._fault("expected an answer without its question", *steps)
                return
            _answer, faults = read(BookAnswer, {**value, "question": event.key}, steps)
            self.faults += places(faults, f"line {self._line}")

    def _changed_field(self, key: str, value: Any, *steps: str | int) -> None:
        parts = TOGETHER.get(key)
        if parts is None:
            self._field(key, value, *steps)
        elif not isinstance(value, dict) or set(value) != set(parts):
            self._fault(f"expected an object with {', '.join(parts)}", *steps)
        else:
            for part in parts:
                self._field(part, value[part], *steps, part)

    def end(self) -> None:
        """Nothing comes after this: see that all that was announced has come."""
        self._line += 1
        if not self._ended:
            self._fault("expected more lines; the file is cut short")
        elif self._head is not None:
            for name, said in (
                ("prospect", self._head.prospects),
                ("assessment", self._head.assessments),
            ):
                if self._counts[name] != said:
                    found = self._counts[name]
                    self.fault(
                        1, f"expected {found:,}, as there are, found {said:,}", (f"{name}s",)
                    )
