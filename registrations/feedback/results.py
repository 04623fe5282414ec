"""What staff read of the answers about sessions, and what everybody does."""

from dataclasses import dataclass

from registrations.feedback.questions import QUESTIONS
from registrations.models import Feedback, FeedbackWords


@dataclass(frozen=True)
class OfSeason:
    """`answers` and `counts` are the sums of the sessions that can be read, and of what is shown of each.

    So the difference between these numbers and those of the sessions is always nothing.
    """

    sessions: list[Feedback]
    answers: int
    counts: dict[str, list[int]]


def of_session(session) -> Feedback | None:
    return Feedback.objects.filter(session=session).first()


def of_season(season) -> OfSeason:
    found = list(Feedback.objects.readable().filter(session__season=season).select_related("session").order_by("pk"))
    counts = {}
    for asked in QUESTIONS:
        lists = [each.counts[asked.name] for each in found if asked.name in each.counts]
        if lists:
            counts[asked.name] = [sum(numbers) for numbers in zip(*lists, strict=True)]
    return OfSeason(found, sum(each.answers for each in found), counts)


def texts(feedback) -> list[FeedbackWords]:
    """In the order of their keys, which is none."""
    return list(feedback.words.order_by("key"))


def public(session) -> Feedback | None:
    """As everybody may see it; None where nothing is published."""
    return Feedback.objects.public().filter(session=session).first()
