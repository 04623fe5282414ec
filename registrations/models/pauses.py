"""Sending is paused, because the mail server refuses the site as a sender of any mail."""

from datetime import timedelta

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

# After the last one of these it stays as long: staff who have corrected it do not want to wait.
PAUSES_SECONDS = (10, 20, 40, 60, 60, 60, 120, 300, 600)


class PostPauseQuerySet(models.QuerySet):
    def holding(self, now):
        """The pause, as long as nobody may try again."""
        return self.filter(until__gt=now)

    @transaction.atomic
    def lengthen(self, *, code, reason, now) -> "PostPause | None":
        """Pause the post, or go on with its pause for longer than before; None when another attempt just did."""
        self.bulk_create([PostPause(pk=PostPause.ONLY, since=now, until=now)], ignore_conflicts=True)
        pause = self.filter(pk=PostPause.ONLY, until__lte=now).select_for_update(no_key=True).first()
        if pause:
            seconds = PAUSES_SECONDS[min(pause.tries, len(PAUSES_SECONDS) - 1)]
            pause.tries, pause.until = pause.tries + 1, now + timedelta(seconds=seconds)
            pause.code, pause.reason = code, reason
            pause.save(update_fields=["tries", "until", "code", "reason"])
        return pause


class PostPause(models.Model):
    """There is one row at most: from the first refusal until a mail has left again."""

    ONLY = 1

    since = models.DateTimeField()
    until = models.DateTimeField(help_text=_("When the next mail is tried."))
    tries = models.PositiveIntegerField(default=0)
    code = models.CharField(
        max_length=40, blank=True, help_text=_("Its answer without words, which may name addresses.")
    )
    reason = models.TextField(blank=True, help_text=_("What the mail server answered."))

    objects = PostPauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause of the post")
        verbose_name_plural = _("pauses of the post")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="the_post_has_one_pause")]

    def __str__(self):
        return self.reason
