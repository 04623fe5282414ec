"""The clock of the programme: what time it is for the people who run a season or take part in it."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment of the programme, an aware datetime in UTC.

    Views, admin pages, tasks and commands ask for it once and hand it down as `now`; no rule asks for it. It decides
    which slots are to come, whether somebody can join or register, when reminders and announcements leave, who moves up
    from the waiting list, when details are erased, and it dates what is stored of all that. It is the machine's clock
    as long as no season has another one; a clock for rehearsals, one a season, belongs behind this function, and tasks
    that work for several seasons then ask for each.

    What must not follow such a clock (limits, second factor, the queue of mails, HTTP, audit) asks the machine: the
    exceptions to TID251 in pyproject.toml name every such module with its reason.
    """
    return timezone.now()
