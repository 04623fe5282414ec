"""Staff write texts in other languages: those of a season, session or page about the site, and of rows that are its."""

from dataclasses import dataclass
from itertools import chain

from django.db import transaction

from sessions import translations
from sessions.models import Occurrence, PageText, Season, Session
from sessions.seasons import rewording

# Whose texts are translated on one page.
Owner = Season | Session | PageText
# To be read at once for many sessions.
PARTS_OF_SESSIONS = ("speakers", "materials", "questions", "speaker_questions")


@dataclass(frozen=True)
class Text:
    """One English text of a row, and what it is in other languages."""

    row: object
    name: str

    @property
    def key(self) -> str:
        """As in forms and tables: the kind of row, its id and the column."""
        return f"{self.row._meta.model_name}-{self.row.pk}-{self.name}"

    @property
    def english(self):
        return getattr(self.row, self.name)

    @property
    def digest(self) -> str:
        return translations.digest(self.english)

    def state(self, language) -> translations.State:
        return translations.state(self.row, self.name, language)

    def made_of(self, language) -> str:
        """The digest of the English that the translation was made from."""
        return translations.made_of(self.row, self.name, language)

    def typed(self, language):
        return translations.typed(self.row, self.name, language)

    def is_hidden(self, language) -> bool:
        return translations.is_hidden(self.row, self.name, language)


@dataclass(frozen=True)
class New:
    """A translation to be stored; `of` is the digest of the English that its writer saw. Without a text it goes."""

    key: str
    language: str
    text: str | list[str]
    of: str
    is_hidden: bool = False


def texts(owner: Owner) -> list[Text]:
    """Those with English, in the order of the page; a season has those of its streams and questions, no sessions."""
    rows = [owner, *chain.from_iterable(_parts(owner))]
    return [text for row in rows for name in row.TRANSLATED if (text := Text(row, name)).english]


def _parts(owner) -> list:
    """The rows that are translated together with it."""
    if isinstance(owner, PageText):
        return []
    if isinstance(owner, Season):
        return [owner.streams.all(), owner.questions.all()]
    # Of what is not published, words of people may be left: those go with the people.
    published = [each for each in owner.speaker_questions.all() if each.is_published]
    return [owner.speakers.all(), owner.materials.all(), owner.questions.all(), published]


def all_texts(owner: Owner) -> list[Text]:
    """As `texts`; of a season with those of its sessions."""
    found = texts(owner)
    if isinstance(owner, Season):
        sessions = owner.sessions.prefetch_related(*PARTS_OF_SESSIONS).order_by("pk")
        found += [each for session in sessions for each in texts(session)]
    return found


def lock(owner):
    """What is read and written, in the order of docs/architecture.md. Inside a transaction."""
    if isinstance(owner, PageText):
        list(PageText.objects.filter(pk=owner.pk).locked().values_list("pk"))
        return
    season_id = _season(owner).pk
    list(Occurrence.objects.filter(session__season=season_id).locked().values_list("pk"))
    list(Season.objects.filter(pk=season_id).locked().values_list("pk"))
    list(Session.objects.filter(season=season_id).locked().values_list("pk"))


@transaction.atomic
def store(*, owner, new, now) -> dict:
    """Write these translations; entries and feeds are renewed in the languages alone that have other words by that.

    Gives rows that changed, each with its facts of before. A key that is unknown by now is left out.
    """
    lock(owner)
    if isinstance(owner, PageText):
        return _write(owner, new)[0]
    season = _season(owner)
    before = rewording.words(season.slug)
    changed, languages = _write(owner, new)
    if languages:
        rewording.touch(Season.objects.get(pk=season.pk), sorted(languages), now=now)
        rewording.renew_differing(season, before, now=now)
    return changed


def _season(owner) -> Season:
    return owner if isinstance(owner, Season) else owner.season


def _write(owner, new) -> tuple[dict, set[str]]:
    """Rows that changed with their facts of before, and the languages."""
    by_key = {text.key: text for text in all_texts(type(owner).objects.get(pk=owner.pk))}
    changed, languages = {}, set()
    for each in new:
        if each.key in by_key and _put(by_key[each.key], each, changed):
            languages.add(each.language)
    for row in changed:
        row.save(update_fields=["translations"])
    return changed, languages


def _put(text, new, changed) -> bool:
    row, stored = text.row, text.row.translations
    translations.put(row, text.name, new.language, new.text, of=new.of, hidden=new.is_hidden)
    if row.translations == stored:
        return False
    changed.setdefault(row, stored)
    return True
