"""A page on which nothing works: its words and looks, without links, forms, scripts and hidden values."""

from html import escape
from html.parser import HTMLParser

CONTROLS = {"button", "input", "select", "textarea"}
# What makes something happen, or leads somewhere.
ACTING = {"href", "action", "formaction", "method", "autofocus", "download", "ping", "target"}
# Beside it a link still works.
WORKS = "data-works"
LEFT_OUT = {"script"}


def of(html: str) -> str:
    """The same page, dead. Links within it stay, and those that are marked with `data-works`."""
    page = _Page()
    page.feed(html)
    page.close()
    return "".join(page.written)


class _Page(HTMLParser):
    """Writes down what it reads, except for what acts."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.written = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in LEFT_OUT or (tag == "input" and given.get("type") == "hidden"):
            return
        if tag not in CONTROLS | {"a", "form"} or WORKS in given:
            self.written.append(self.get_starttag_text())
            return
        self.written.append(_tag(tag, _dead(tag, given)))

    def handle_startendtag(self, tag, attrs):
        """As `<br/>`, which has no end."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag not in LEFT_OUT:
            self.written.append(f"</{tag}>")

    def handle_data(self, data):
        self.written.append(data)

    def handle_entityref(self, name):
        self.written.append(f"&{name};")

    def handle_charref(self, name):
        self.written.append(f"&#{name};")

    def handle_decl(self, decl):
        self.written.append(f"<!{decl}>")


def _dead(tag, attributes) -> dict:
    is_within = (attributes.get("href") or "").startswith("#")
    kept = {name: value for name, value in attributes.items() if name not in ACTING or (name == "href" and is_within)}
    if tag in CONTROLS:
        return kept | {"disabled": None}
    if tag == "a" and not is_within:
        # As ARIA names a link that leads nowhere for now.
        return kept | {"role": "link", "aria-disabled": "true"}
    return kept


def _tag(tag, attributes) -> str:
    said = [name if value is None else f'{name}="{escape(value)}"' for name, value in attributes.items()]
    return f"<{' '.join([tag, *said])}>"
