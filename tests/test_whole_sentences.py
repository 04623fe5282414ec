"""Texts for people are whole: what is joined from parts in code, no translator can put into another order."""

import ast
import re

import pytest

from tests.support.paths import ROOT

TRANSLATING = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "npgettext"}
APPS = ("minamata_online", "registrations", "sessions")
IN_ENGLISH = re.compile(
    r"templates/(admin|figures|mfa|account/(forgotten|new_password|password)|sessions/api|widget/page)|staff"
)
PRESENTERS = ("registrations/presenters", "sessions/presenters", "sessions/clocks")
MAY_PUT_TOGETHER = {
    "sessions/clocks/dates.py": "dates, from the patterns of each language",
    "sessions/presenters/page_texts.py": "the mark of a heading",
    "sessions/presenters/poster.py": "the path of a drawing",
    "sessions/presenters/widget_lines.py": "tags and addresses",
}

# A value or a text, then another text, with nothing but white space between them or the end of an emphasis; also where
# one of them stands under a condition. After `else` the one comes instead of the other.
ENDS = r"""(?:\}\}|\{% endblocktranslate %\}|\{% translate "[^"]*" %\})(?:</(?:strong|b|em|bdi)>)?"""
BEGINS = r"""\{% (?:blocktranslate|translate "[^"]*" %\})"""
CONDITION = r"\{% (?:if|endif|with|endwith)\b[^%]*%\}"
# In a text, a new line is a new paragraph.
SPACES = {".html": r"\s", ".txt": " "}
JOINED_IN_TEMPLATE = {
    kind: re.compile(f"{ENDS}(?:{CONDITION})*{space}(?:{space}|{CONDITION})*{BEGINS}") for kind, space in SPACES.items()
}


# Behind the end of a sentence, a link or another value in the same line.
BLANK_BEHIND_SENTENCE = re.compile(
    rf"""[.:?!]\s*(?:\{{% endblocktranslate %\}}|["'] %\}})(?:{CONDITION})*\s(?:\s|{CONDITION})*"""
    r"""(?:<(?:a|b|bdi|span(?! class="hint"))\b|\{\{|\{% (?:url|include))"""
)


def is_translated(node) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATING


def joins_words(node) -> bool:
    """Whether something translated is part of an f-string, of a sum of strings, or of one line that is joined."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return is_text(node.left) or is_text(node.right)
    is_join = isinstance(node, ast.Call) and ast.unparse(node.func) in ("' '.join", "''.join", "', '.join", "'; '.join")
    parts = node.args if is_join else [node] if isinstance(node, ast.JoinedStr) else []
    return any(is_translated(each) for part in parts for each in ast.walk(part))


def fills_no_text(node) -> bool:
    """A lazy format that is no text itself."""
    is_format = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "format_lazy"
    return is_format and not is_translated(node.args[0])


def joined_in(template, kind=".html") -> list[int]:
    return [template.count("\n", 0, found.end()) + 1 for found in JOINED_IN_TEMPLATE[kind].finditer(template)]


def punctuated(template) -> list[str]:
    """Commas and colons after values and tags, and brackets before them, outside of texts."""
    outside = re.sub(r"\{% blocktranslate.*?\{% endblocktranslate %\}", "", template, flags=re.DOTALL)
    return re.findall(r".{0,20}[}>][,:](?:\s.{0,20}|$)|.{0,20}\(\{[{%].{0,20}", outside)


def is_text(node) -> bool:
    """Something translated, perhaps with its placeholders filled in."""
    return is_text(node.left) if isinstance(node, ast.BinOp) else is_translated(node)


def puts_words_together(node) -> bool:
    """An f-string of several words."""
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    written = "".join(part.value for part in parts if isinstance(part, ast.Constant))
    return " " in written


def found(rule, source) -> list[int]:
    return [node.lineno for node in ast.walk(ast.parse(source)) if rule(node)]


def lines(rule, folders) -> list[str]:
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    named = [(str(path.relative_to(ROOT)), path.read_text()) for path in paths]
    return [f"{name}:{number}" for name, source in named for number in found(rule, source)]


def test_no_text_is_joined_from_translated_parts():
    assert lines(is_translated, APPS)
    assert lines(joins_words, APPS) == []
    assert lines(fills_no_text, APPS) == []


@pytest.mark.parametrize("kind", SPACES)
def test_no_template_joins_texts_in_one_paragraph(kind):
    templates = sorted((ROOT / "templates").rglob(f"*{kind}"))

    found = {str(template.relative_to(ROOT)): joined_in(template.read_text(), kind) for template in templates}

    assert templates
    assert {template: numbers for template, numbers in found.items() if numbers} == {}


def test_no_page_writes_a_blank_behind_a_sentence():
    """Full-width marks of Chinese bring their own: `{% blank %}` of `sessions.clocks.dates`."""
    pages = [path for path in sorted((ROOT / "templates").rglob("*.html")) if not IN_ENGLISH.search(str(path))]

    found = {str(page.relative_to(ROOT)): BLANK_BEHIND_SENTENCE.findall(page.read_text()) for page in pages}

    assert len(found) > 100
    assert {page: blanks for page, blanks in found.items() if blanks} == {}


@pytest.mark.parametrize(
    "line",
    [
        '{% translate "Nobody came." %} <a href="/">',
        '{% translate "The reason:" %}\n<bdi>{{ reason }}</bdi>',
        '{% translate "Where are you?" %}{% if day %} {{ day }}{% endif %}',
        "They came.\n{% endblocktranslate %} {% url 'home' as home %}",
        '{% translate "Taking part is free." %}\n{% include "_contact.html" %}',
    ],
)
def test_a_blank_behind_a_sentence_would_be_found(line):
    assert BLANK_BEHIND_SENTENCE.search(line)
    assert not BLANK_BEHIND_SENTENCE.search(re.sub(r"(?<=%\})\s", "{% blank %}", line))


def test_no_template_writes_commas_colons_and_brackets_round_values():
    """French has a blank before a colon, Arabic and Chinese have marks of their own: `sessions.clocks.dates`."""
    pages = [path for path in sorted((ROOT / "templates").rglob("*.*")) if path.suffix in SPACES]
    seen = {str(path.relative_to(ROOT)): path.read_text() for path in pages}

    found = {name: punctuated(text) for name, text in seen.items() if not IN_ENGLISH.search(name)}
    assert {name: marks for name, marks in found.items() if marks} == {}


@pytest.mark.parametrize(
    "line",
    [
        '{% translate "Wrong" %}: {{ title }}',
        "<bdi>{{ name }}</bdi>, {{ day }}",
        '<span class="visually-hidden">: {{ title }}</span>',
        "{% if day %},\n  {{ day }}{% endif %}",
        "{{ day }} ({{ place }})",
        '({% translate "moderator" %})',
    ],
)
def test_commas_colons_and_brackets_would_be_found(line):
    assert punctuated(line)
    assert not punctuated(f"{{% blocktranslate %}}{line}{{% endblocktranslate %}}")


def test_no_presenter_puts_words_together():
    paths = {line.partition(":")[0] for line in lines(puts_words_together, PRESENTERS)}

    assert paths == set(MAY_PUT_TOGETHER)


@pytest.mark.parametrize(
    "line",
    [
        """f"{_('One thing.')} {_('Another.')}\"""",
        """f"{words % {'title': title}} {_('Another.')}\"""",
        '_("One thing.") + " " + another',
        'words + ngettext("%d one", "%d ones", number) % number',
        '" ".join([_("One thing."), another])',
    ],
)
def test_joined_parts_would_be_found(line):
    assert found(joins_words, line)


@pytest.mark.parametrize(
    "line",
    [
        '_("%(what)s: %(words)s") % {"what": _("Address"), "words": words}',
        '[_("One thing.")] + others',
        'drop(_("Taken back.")) + 1',
        'dates.listed([_("gold"), _("tea")])',
        r'"\n\n".join([_("A paragraph."), another])',
        'f"/{slug}/"',
    ],
)
def test_whole_texts_pass(line):
    assert not found(joins_words, line)


def test_words_put_together_would_be_found():
    assert found(puts_words_together, 'f"{title}: {words}"')
    assert not found(puts_words_together, 'f"session-{pk}"')


@pytest.mark.parametrize(
    "line",
    [
        "<strong>{{ people }}</strong> {% blocktranslate %}They asked.{% endblocktranslate %}",
        '{% endblocktranslate %} {% translate "Nothing was sent." %}',
        '{% translate "One." %}\n{% translate "Another." %}',
        '{% translate "One." %} {% if is_late %}{% translate "Another." %}{% endif %}',
        '{% if is_late %}{% translate "One." %}\n{% endif %}{% translate "Another." %}',
        '{{ words }}{% if is_late %}\n{% if is_long %}{% translate "Another." %}{% endif %}{% endif %}',
    ],
)
def test_texts_joined_in_a_page_would_be_found(line):
    assert joined_in(line)


@pytest.mark.parametrize(
    "line",
    [
        '<p>{{ people }}</p>\n<p>{% translate "They asked." %}</p>',
        '{% translate "To join" as to_join %} {% translate "To leave" as to_leave %}',
        '{% translate "Address:" %} {{ address }}',
        '{% if is_late %}{% translate "One." %} {% else %} {% translate "Another." %}{% endif %}',
    ],
)
def test_pages_with_whole_texts_pass(line):
    assert not joined_in(line)


def test_lines_of_a_text_are_paragraphs():
    lines = '{% translate "One." %}{% if is_late %}\n{% translate "Another." %}{% endif %}'

    assert not joined_in(lines, ".txt")
    assert joined_in(lines.replace("\n", " "), ".txt")


def test_a_lazy_format_of_texts_would_be_found():
    assert found(fills_no_text, 'format_lazy("{} {}", _("One thing."), OTHER)')
    assert not found(fills_no_text, 'format_lazy(_("One thing, {other}."), other=OTHER)')
