"""Texts of staff for readers of another language: what is in English still is marked, for eyes, ears and direction."""

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from sessions import partners, plain_text, translations
from sessions.clocks import dates
from sessions.partners import Partner

# Of an element whose text is English on a page of another language; `templatetags.said` looks for it.
AS_ENGLISH = mark_safe(' lang="en" dir="ltr"')
AS_IT_RUNS = mark_safe(' dir="auto"')


class Marked(str):
    """A text that is another one in HTML: Django asks each value of a template for `__html__`.

    For mails, which say the same in plain text and in HTML. A sentence of Python is put together by `sentence`.
    """

    __slots__ = ("html",)

    def __new__(cls, text, html):
        made = super().__new__(cls, text)
        made.html = html
        return made

    def __getnewargs__(self):
        return str(self), self.html

    def __html__(self):
        return self.html


def words(row, name, language=None) -> str:
    """The text of a column on one line, without characters that turn others, marked where it is in English still."""
    found = translations.said(row, name, language)
    text = plain_text.one_line(found.text)
    return english(text) if found.is_fallback else text


def choice(question, value) -> str:
    """An answer in words; one of the choices is in English as long as these have no translation."""
    text = question.choice_in_words(value)
    is_english = value in question.choices and translations.said(question, "choices").is_fallback
    return english(text) if is_english else text


def english(text) -> Marked:
    return Marked(text, format_html("<span{}>{}</span>", AS_ENGLISH, text))


def in_english(text) -> str:
    """A text of staff that never has a translation, marked in every other language."""
    is_other = (get_language() or translations.ENGLISH) != translations.ENGLISH
    return english(text) if text and is_other else text


def html(row, name) -> SafeString:
    """The text of a column for inside a line."""
    return conditional_escape(words(row, name))


def organisers(season) -> list[Partner]:
    """Who organises the season, each on one line; the Secretariat has its name in every language."""
    is_english = translations.said(season, "organiser").is_fallback
    typed = {each.name for each in partners.of_lines(season.organiser)}
    found = []
    for each in season.organisers:
        name = plain_text.one_line(each.name)
        found.append(Partner(english(name) if is_english and each.name in typed else name, each.url))
    return found


def organiser(season) -> str:
    """All of them as they stand in a sentence."""
    names = [each.name for each in organisers(season)]
    if not any(isinstance(name, Marked) for name in names):
        return dates.all_of(names)
    # What stands between the names is of the language.
    return Marked(dates.all_of(names), mark_safe(dates.all_of([conditional_escape(name) for name in names])))  # noqa: S308


def attributes(row, name) -> SafeString:
    """Language and direction for an element with the text as its own paragraphs."""
    return AS_ENGLISH if translations.said(row, name).is_fallback else AS_IT_RUNS


def sentence(text, /, **values) -> SafeString:
    """The HTML of a sentence with its values, of which some are marked."""
    shown = {name: conditional_escape(value) for name, value in values.items()}
    # Both the sentence and its values are escaped.
    return mark_safe(escape(text) % shown)  # noqa: S308


def about(what, text) -> SafeString:
    """As `plain_text.about`."""
    return sentence(plain_text.about("%(what)s", "%(text)s"), what=what, text=text)


def listed(texts) -> str:
    """Such texts as a list in a sentence."""
    plain = dates.listed(plain_text.isolated_each(texts))
    shown = plain_text.isolated_each([conditional_escape(each) for each in texts])
    # What stands between them is of the language.
    return Marked(plain, mark_safe(dates.listed(shown)))  # noqa: S308
