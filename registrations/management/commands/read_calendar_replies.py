"""Read what calendars answered to our invitations, and mails that came back; docs/calendar-replies.md describes it."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from registrations.calendar_replies import mailbox, responding
from sessions.clocks import moment


class Command(BaseCommand):
    help = (
        "Read the mailbox of CALENDAR_REPLIES: ask people whose calendar declined, note which of our mails came back, "
        "and delete what was read."
    )

    def handle(self, **options):
        try:
            with mailbox.opened(settings.CALENDAR_REPLIES) as mails:
                tally = responding.answer_all(mails, now=moment.now())
        except mailbox.CannotRead as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"{tally.read} read, {tally.answered} answered")
        if tally.came_back:
            self.stdout.write(f"{tally.came_back} of them are mails of ours that came back")
        if tally.failed:
            raise CommandError(f"{tally.failed} could not be answered and stay in the mailbox; the log says why.")
