"""What of a whole book's file is the consultant's own: policies, colleagues, preferences."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from fitcheck.domain.bank import Reference, parse_bank
from fitcheck.domain.book import StoredBank
from fitcheck.domain.incoming_book import Choices, Difference
from fitcheck.domain.policy import OWN, parse_policy
from fitcheck.domain.policy_text import write_policy
from fitcheck.domain.profile import Profile
from fitcheck.domain.whole_book import BookBank, BookColleague, BookPolicy, BookPreferences
from fitcheck.errors import Fault, InvalidInput
from fitcheck.exchange.typed_json import write as written
from fitcheck.library import CURRENT_BANK
from fitcheck.settings import Preferences
from fitcheck.store import tables
from fitcheck.store.banks import put_bank, stored_banks
from fitcheck.store.preferences import preference_values
from fitcheck.store.whole_book import preferences, profile_of

OWN_POLICY, OWN_BANK = "own_policy", "own_bank"


class OwnThings:
    """Takes what comes before the prospects in the file.

    A policy that says something new is added as a version of this book's own, before those that
    are here: which one is in force doesn't change by it. An assessment that was judged by it names
    it as it is called here (:meth:`renamed`).
    """

    def __init__(self, connection: Connection, choices: Choices, *, writing: bool) -> None:
        self._connection = connection
        self._choices = choices
        self._writing = writing
        self.banks = 0
        self.policies = 0
        self.colleagues = 0
        self.filled: list[str] = []
        self.differences: list[Difference] = []
        self._names: dict[Reference, Reference] = {}
        found = connection.execute(select(tables.policy).order_by(tables.policy.c.number)).all()
        self._texts = {_rules(row.text): Reference(row.id, row.version) for row in found}
        self._count = len(found)
        self._had_policies = bool(found)
        self._first = min((row.number for row in found), default=0)
        self._waiting: list[dict[str, Any]] = []
        self._banks = {bank.reference: bank.text for bank in stored_banks(connection)}
        self._clashes: list[Fault] = []
        self._preferences: BookPreferences | None = None
        colleague = tables.colleague
        held = connection.execute(select(colleague)).all()
        self._colleagues: dict[str, int | None] = {
            _colleague(BookColleague(r.name, r.contact, r.good_at, r.consent_on)): r.id
            for r in held
        }
        self._by_number: list[int | None] = []
        people = connection.scalar(select(func.count()).select_from(tables.prospect))
        self.empty = not (found or held or people or self._banks)

    def renamed(self, reference: Reference) -> Reference:
        """What a policy of the file is called in this book."""
        return self._names.get(reference, reference)

    def bank(self, record: BookBank) -> None:
        """A bank keeps its name, by which assessments know it: two of one name are a fault."""
        reference = Reference(record.id, record.version)
        if reference not in self._banks:
            self._banks[reference] = record.text
            self.banks += 1
            if self._writing:
                put_bank(self._connection, StoredBank(reference, record.text, record.made_on))
        elif parse_bank(self._banks[reference]) != parse_bank(record.text):
            self._clashes.append(
                Fault(
                    f"bank {record.id} {record.version}",
                    "the questions of your bank of that name and version, found other ones; "
                    "a changed bank gets a version of its own",
                )
            )

    def policy(self, record: BookPolicy) -> None:
        rules = _rules(record.text)
        theirs = Reference(record.id, record.version)
        if rules in self._texts:
            self._names[theirs] = self._texts[rules]
            return
        self._count += 1
        self.policies += 1
        ours = Reference(OWN, f"{self._count}.0.0")
        self._names[theirs] = self._texts[rules] = ours
        policy = replace(parse_policy(record.text), id=ours.id, version=ours.version)
        text = record.text if ours == theirs else write_policy(policy)
        self._waiting.append(
            {"id": ours.id, "version": ours.version, "text": text, "made_on": record.made_on}
        )

    def colleague(self, record: BookColleague) -> None:
        said = _colleague(record)
        if said not in self._colleagues:
            self.colleagues += 1
            self._colleagues[said] = self._add_colleague(record) if self._writing else None
        self._by_number.append(self._colleagues[said])

    def _add_colleague(self, record: BookColleague) -> int:
        adding = insert(tables.colleague).returning(tables.colleague.c.id)
        return int(self._connection.execute(adding, record.__dict__).scalar_one())

    def colleague_known_as(self, number: int | None) -> int | None:
        """The id of a colleague of the file, by the number of their line."""
        return None if number is None else self._by_number[number - 1]

    def preferences(self, record: BookPreferences) -> None:
        self._preferences = record

    def end(self) -> None:
        """Add what waited for the last of its kind, and settle the preferences.

        Raises :class:`fitcheck.errors.InvalidInput` where a bank has the name of another one here.
        """
        if self._clashes:
            raise InvalidInput(self._clashes)
        if self._writing:
            # In their own order, and all before the first that is here.
            start = self._first - len(self._waiting) if self._had_policies else 1
            for number, values in enumerate(self._waiting, start=start):
                self._connection.execute(insert(tables.policy).values(number=number, **values))
        if self._preferences is not None:
            self._settle(self._preferences)

    def _settle(self, record: BookPreferences) -> None:
        here = preferences(self._connection)
        theirs = replace(
            here,
            profile=profile_of(record.profile),
            paper=record.paper,
            appetite=record.appetite,
            show_totals=record.show_totals,
            keep_years=record.keep_years,
        )
        after = replace(here, profile=self._profile(here.profile, theirs.profile))
        for name in ("paper", "appetite", "show_totals", "keep_years"):
            ours, other = getattr(here, name), getattr(theirs, name)
            if self._is_theirs(
                f"preferences.{name}", name, ours, other, getattr(Preferences(), name)
            ):
                after = replace(after, **{name: other})
        after = replace(after, own_policy=self._own_policy(here.own_policy, record.own_policy))
        after = replace(after, own_bank=self._own_bank(here.own_bank, record.own_bank))
        if self._writing and after != here:
            saving = upsert(tables.preference)
            saving = saving.on_conflict_do_update(
                index_elements=["key"], set_={"value": saving.excluded.value}
            )
            values = preference_values(after)
            self._connection.execute(saving, [{"key": k, "value": v} for k, v in values.items()])

    def _profile(self, here: Profile, theirs: Profile) -> Profile:
        after = here
        for each in fields(Profile):
            ours, other = getattr(here, each.name), getattr(theirs, each.name)
            key = f"preferences.profile.{each.name}"
            if self._is_theirs(key, each.name, ours, other, each.default):
                after = replace(after, **{each.name: other})
        return after

    def _own_policy(self, here: bool, theirs: bool) -> bool:
        """Whether the newest own policy is in force: none that comes in gets there by itself."""
        if self.empty:
            return theirs
        if self._had_policies or not self._waiting:
            return here
        key = f"preferences.{OWN_POLICY}"
        self.differences.append(Difference(key, "", OWN_POLICY, "", ""))
        return key in self._choices.theirs

    def _own_bank(self, here: str, theirs: str) -> str:
        """The bank of new assessments: none that comes in gets there by itself, either."""
        if self.empty:
            return theirs
        if here == theirs or not theirs:
            return here
        key = f"preferences.{OWN_BANK}"
        ours = here or str(CURRENT_BANK)
        self.differences.append(Difference(key, "", OWN_BANK, ours, theirs))
        return theirs if key in self._choices.theirs else here

    def _is_theirs(self, key: str, what: str, ours: Any, theirs: Any, default: Any) -> bool:
        same = ours == theirs if isinstance(ours, bytes) else _shown(ours) == _shown(theirs)
        if same or theirs == default:
            return False
        if ours == default:
            self.filled.append(what)
            return True
        self.differences.append(Difference(key, "", what, _shown(ours), _shown(theirs)))
        return key in self._choices.theirs


def _rules(text: str) -> Any:
    """What a policy says, whatever it is called."""
    return write_policy(replace(parse_policy(text), id=OWN, version="1.0.0"))


def _colleague(record: BookColleague) -> str:
    return repr(sorted(written(record).items()))


def _shown(value: Any) -> str:
    """A preference as it stands in a difference; a picture is told by its size."""
    if isinstance(value, bytes):
        return f"{len(value):,}" if value else ""
    if isinstance(value, tuple):
        return "\n".join(map(str, written(value)))
    return str(written(value))
