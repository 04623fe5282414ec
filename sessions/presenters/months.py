"""The months of a long season, to jump to."""

from dataclasses import dataclass, replace

from sessions.clocks import dates
from sessions.presenters.sessions import SessionCard

# A list that is seen at a glance needs no links into it.
FROM_SESSIONS, FROM_MONTHS = 16, 3


@dataclass(frozen=True)
class Month:
    """In words, and where its first session stands on the page."""

    words: str
    anchor: str


def of_cards(cards: list[SessionCard], zone) -> tuple[list[Month], list[SessionCard]]:
    """The months, and the cards with their anchors; no months for a short list.

    By the season's clock `zone`: a link leads to the same session wherever its reader is. Sessions without a time slot
    are at the end, in no month.
    """
    months, anchored, known = [], [], set()
    for card in cards:
        if card.slots:
            first = card.slots[0].occurrence.starts_at.astimezone(zone)
            anchor = f"month-{first.year}-{first.month:02}"
            if anchor not in known:
                known.add(anchor)
                months.append(Month(dates.month(first), anchor))
                card = replace(card, anchor=anchor)
        anchored.append(card)
    is_long = len(cards) >= FROM_SESSIONS and len(months) >= FROM_MONTHS
    return (months, anchored) if is_long else ([], cards)
