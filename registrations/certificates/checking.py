"""Anybody compares a number and a name with what was issued; who does not have both learns nothing."""

import hmac
from dataclasses import dataclass
from enum import StrEnum

from registrations.certificates import names, numbers
from registrations.models import Certificate


class Answer(StrEnum):
    MATCHES = "matches"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Checked:
    """The certificate, with its entries, unless number or name are wrong."""

    answer: Answer
    certificate: Certificate | None = None


def check(*, number, name, now) -> Checked:
    """For a number as `numbers.read` gives it. A wrong number and a wrong name take the same steps.

    `now` is the true moment: a rehearsal may be ahead of it.
    """
    related = ["season", "session", "issue"]
    found = Certificate.objects.filter(number_digest=numbers.digest(number)).select_related(*related).first()
    typed = names.digest(name, number)
    is_same = hmac.compare_digest(typed, found.name_digest if found else "-" * len(typed))
    if not is_same or not found.is_visible(now + found.season.clock_ahead):
        return Checked(Answer.NOTHING)
    if found.withdrawn_at:
        return Checked(Answer.WITHDRAWN, found)
    return Checked(Answer.REPLACED if found.replaced_by_id else Answer.MATCHES, found)
