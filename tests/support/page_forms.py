"""The forms of a page as a browser finds them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin


@dataclass
class Form:
    action: str
    method: str
    # What a browser sends if nothing is changed, and the names it sends only if something is.
    values: dict[str, list[str]] = field(default_factory=dict)
    unsent: set[str] = field(default_factory=set)

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
        self.forms, self._address, self._select, self._text = [], address, "", ""

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
        elif tag == "option" and "selected" in given:
            self._send(self._select, given.get("value"))
        elif tag in ("input", "button", "textarea") and given.get("name"):
            self._take(given, tag)

    def _take(self, given, tag):
        waits = given.get("type") in ("checkbox", "radio") and "checked" not in given
        if waits or given.get("type") in ("submit", "file") or tag == "button":
            self.forms[-1].unsent.add(given["name"])
        else:
            self._send(given["name"], given.get("value"))

    def _send(self, name, value):
        if name:
            self.forms[-1].values.setdefault(name, []).append(value or "")
