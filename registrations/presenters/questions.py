"""Ready values for the page on which a person answers questions of staff."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from registrations.presenters.my_season import MySeason
from sessions import marked


@dataclass(frozen=True)
class Group:
    """Questions of the season, without a title, or of one session: fields of the form."""

    title: str
    fields: list


@dataclass(frozen=True)
class QuestionsPage:
    """`form` has a field for each question that is asked of the person."""

    my_season: MySeason
    form: object

    @property
    def groups(self) -> list[Group]:
        of_sessions = [
            Group(marked.words(entry.session, "title"), self.form.of_session(entry.session))
            for entry in self.my_season.entries
        ]
        counted = Group(_("For our figures"), self.form.counted_only)
        return [group for group in [Group("", self.form.of_season), *of_sessions, counted] if group.fields]

    @property
    def are_read(self) -> bool:
        """Whether staff read answers to any of them."""
        return bool(self.form.of_all)
