"""The forms of a page as a browser finds them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

CHOSEN_BY_TICK = ("checkbox", "radio")
NOT_TYPED = ("hidden", "submit", "file", *CHOSEN_BY_TICK)


@dataclass
class Form:
    action: str
    method: str
    # What a browser sends if nothing is changed, and the names it sends only if something is.
    values: dict[str, list[str]] = field(default_factory=dict)
    unsent: set[str] = field(default_factory=set)
    # What somebody may type, and what they may choose among.
    typed: set[str] = field(default_factory=set)
    offered: dict[str, list[str]] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        return sorted(self.values.keys() | self.unsent)


def forms_in(page, address) -> list[Form]:
    reader = _Reader(address)
    reader.feed(page)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self, address):
        super().__init__()
        self.forms, self._address, self._select, self._area, self._text = [], address, "", "", ""

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            action = urljoin(self._address, given.get("action") or self._address)
            self.forms.append(Form(action, (given.get("method") or "get").lower()))
        elif not self.forms:
            return
        elif tag == "select":
            self._select = given.get("name", "")
            self.forms[-1].unsent.add(self._select)
        elif tag == "option":
            self._offer(self._select, given)
        elif tag == "textarea" and given.get("name"):
            self._area, self._text = given["name"], ""
            self.forms[-1].typed.add(self._area)
        elif tag in ("input", "button") and given.get("name"):
            self._take(given, tag)

    def handle_data(self, data):
        if self._area:
            self._text += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area:
            # The first line end after the tag is none of the text.
            self._send(self._area, self._text.removeprefix("\r").removeprefix("\n"))
            self._area = ""

    def _take(self, given, tag):
        kind, form = given.get("type", "text"), self.forms[-1]
        if kind in CHOSEN_BY_TICK:
            self._offer(given["name"], given)
        if kind in ("submit", "file") or tag == "button" or (kind in CHOSEN_BY_TICK and "checked" not in given):
            form.unsent.add(given["name"])
        elif kind not in CHOSEN_BY_TICK:
            self._send(given["name"], given.get("value"))
        if kind not in NOT_TYPED and tag == "input":
            form.typed.add(given["name"])

    def _offer(self, name, given):
        value = given.get("value", "on")
        self.forms[-1].offered.setdefault(name, []).append(value)
        if given.keys() & {"selected", "checked"}:
            self._send(name, value)

    def _send(self, name, value):
        if name:
            self.forms[-1].values.setdefault(name, []).append(value or "")
