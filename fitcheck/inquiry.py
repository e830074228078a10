"""The twelve-minute inquiry of one interview (I20, I21): its prompts, its time, what comes of it.

It asks for the bad first and ends on the good. What is said becomes items to keep, stop and start
doing, and quotes on questions; every one of these is a change in the interview's own history.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from fitcheck.domain.assessment import Conversation
from fitcheck.domain.bank import InquiryPrompt
from fitcheck.interview import Interview
from fitcheck.place import InquiryPlace


class Pile(StrEnum):
    """Where an item lies; the values are fields of :class:`Conversation`."""

    KEEP = "keep"
    STOP = "stop"
    START = "start"


def items_of(conversation: Conversation, pile: Pile) -> tuple[str, ...]:
    items: tuple[str, ...] = getattr(conversation, pile.value)
    return items


class Inquiry:
    """Conducts the inquiry of ``interview``, which keeps everything: this only knows the order.

    ``engaged``: the two work together already, and it is asked how that goes.
    """

    def __init__(self, interview: Interview, engaged: bool = False) -> None:
        self._interview = interview
        self.engaged = engaged

    # Where one stands

    @property
    def prompts(self) -> tuple[InquiryPrompt, ...]:
        return self._interview.bank.inquiry

    @property
    def number(self) -> int:
        """Which prompt it is, from 0; the first one for as long as none has been gone to."""
        ids = [prompt.id for prompt in self.prompts]
        return ids.index(self._place.prompt) if self._place.prompt in ids else 0

    @property
    def prompt(self) -> InquiryPrompt:
        return self.prompts[self.number]

    @property
    def say(self) -> str:
        """What is said: of earlier advisers, or of the work with you once that has begun."""
        return (self.engaged and self.prompt.say_after_start) or self.prompt.say

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts in their order."""
        return tuple(dict.fromkeys(prompt.part for prompt in self.prompts))

    def step(self, by: int) -> bool:
        """Go ``by`` prompts on; ``False`` where the inquiry ends before that."""
        target = self.number + by
        if not 0 <= target < len(self.prompts):
            return False
        self._stand(replace(self._place, prompt=self.prompts[target].id))
        return True

    # Time: suggested, never a stop

    def spend(self, seconds: float) -> None:
        """Count time for the part that one is in; kept with the next thing that is written."""
        part = self.prompt.part
        spent = {**self._place.seconds, part: self._place.seconds.get(part, 0.0) + seconds}
        prompt = self._place.prompt or self.prompt.id
        self._interview.inquiry_place = replace(self._place, prompt=prompt, seconds=spent)

    def save_time(self) -> None:
        """Have the time that was spent written now."""
        self._interview.save_place()

    def spent(self, part: str | None = None) -> float:
        """The seconds spent in a part, or altogether."""
        seconds = self._place.seconds
        return sum(seconds.values()) if part is None else seconds.get(part, 0.0)

    def suggested(self, part: str | None = None) -> float:
        """The seconds that the bank suggests for a part, or altogether."""
        wanted = (prompt for prompt in self.prompts if part in (None, prompt.part))
        return 60.0 * sum(prompt.minutes for prompt in wanted)

    # What is being typed

    @property
    def words(self) -> str:
        """What was typed and not put anywhere yet."""
        return self._place.words

    def write(self, words: str) -> None:
        """Keep what is being typed as it stands."""
        if words != self._place.words:
            self._stand(replace(self._place, words=words))

    # What comes of it

    def items(self, pile: Pile) -> tuple[str, ...]:
        return items_of(self._interview.assessment.conversation, pile)

    def put(self, pile: Pile) -> bool:
        """Make the words an item of ``pile``, one for each line; ``False`` if there are none."""
        made = _lines(self.words)
        if made:
            # Out of the field and into the list in one transaction: never in both, or in neither.
            self._interview.inquiry_place = replace(self._place, words="")
            self._interview.set_field(pile.value, (*self.items(pile), *made))
        return bool(made)

    def edit(self, pile: Pile, row: int, text: str) -> None:
        """Let an item read otherwise; one without words goes, one of several lines is several."""
        items = self.items(pile)
        self._interview.set_field(pile.value, (*items[:row], *_lines(text), *items[row + 1 :]))

    def remove(self, pile: Pile, row: int) -> None:
        self.edit(pile, row, "")

    def move(self, pile: Pile, row: int, to: Pile) -> None:
        """Put an item at the end of another pile: one change, which one undo takes back."""
        if to is not pile:
            items = self.items(pile)
            piles = {other.value: list(self.items(other)) for other in Pile}
            piles[pile.value].pop(row)
            piles[to.value].append(items[row])
            self._interview.set_field("piles", piles)

    def quote(self, question_id: str, words: str | None = None) -> bool:
        """Attach ``words`` (else those being typed) to a question; ``False`` if there are none.

        See :meth:`Interview.add_quote` for what that does to the question's evidence.
        """
        said = (self.words if words is None else words).strip()
        if said:
            if words is None:
                self._interview.inquiry_place = replace(self._place, words="")
            self._interview.add_quote(question_id, said)
        return bool(said)

    @property
    def _place(self) -> InquiryPlace:
        return self._interview.inquiry_place

    def _stand(self, place: InquiryPlace) -> None:
        self._interview.inquiry_place = place
        self._interview.save_place()


def _lines(words: str) -> list[str]:
    """Each line that says something, without blanks at its ends or runs of them inside."""
    return [" ".join(line.split()) for line in words.splitlines() if line.strip()]
