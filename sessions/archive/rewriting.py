"""A page of the site as a page of an archive: other links, no forms, no scripts."""

from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

# With all that is in them.
DROPPED = {"script", "form", "iframe", "button", "select", "textarea", "template", "object"}
DROPPED_ALONE = {"input", "embed", "base"}
# Their content is for who has no scripts, as everybody in an archive.
UNWRAPPED = {"noscript"}
LINKS = {"href", "src", "poster"}


def rewritten(html: str, leads_to: Callable[[str], str | None]) -> str:
    """The page, with what `leads_to` makes of each link; where that is None, the words stay without a link."""
    page = _Page(leads_to)
    page.feed(html)
    page.close()
    return "".join(page.parts)


class _Page(HTMLParser):
    """Puts the page together again as it was written, except for what an archive has not."""

    def __init__(self, leads_to):
        super().__init__(convert_charrefs=False)
        self._leads_to, self.parts, self._within, self._depth, self._are_links = leads_to, [], "", 0, []

    def _put(self, text):
        if not self._within:
            self.parts.append(text)

    def handle_starttag(self, tag, attrs):
        if self._within or tag in DROPPED:
            self._within = self._within or tag
            self._depth += tag == self._within
        elif tag not in DROPPED_ALONE | UNWRAPPED and not _is_about_the_site(tag, dict(attrs)):
            self._put_tag(tag, attrs)

    def handle_startendtag(self, tag, attrs):
        # Those of drawings; the others are void, and HTML takes no notice of their slash.
        if tag not in DROPPED | DROPPED_ALONE:
            self._put(self.get_starttag_text())

    def _put_tag(self, tag, attrs):
        known = [(name, self._leads_to(value) if name in LINKS else value) for name, value in attrs]
        is_dead = any(name in LINKS and value is None for name, value in known)
        if tag == "a":
            self._are_links.append(not is_dead)
        if is_dead and tag != "a":
            return
        if is_dead:
            self._put(_tag("span", [(name, value) for name, value in known if name in ("lang", "dir")]))
        elif known != attrs:
            self._put(_tag(tag, known))
        else:
            self._put(self.get_starttag_text())

    def handle_endtag(self, tag):
        if self._within:
            self._depth -= tag == self._within
            self._within = self._within if self._depth else ""
        elif tag == "a" and self._are_links:
            self._put("</a>" if self._are_links.pop() else "</span>")
        elif tag not in UNWRAPPED:
            self._put(f"</{tag}>")

    def handle_data(self, data):
        self._put(data)

    def handle_entityref(self, name):
        self._put(f"&{name};")

    def handle_charref(self, name):
        self._put(f"&#{name};")

    def handle_decl(self, decl):
        self._put(f"<!{decl}>")


def _is_about_the_site(tag, attrs) -> bool:
    """What programs read that show a link to the page on the site."""
    if tag == "meta":
        return (attrs.get("property") or "").startswith("og:") or (attrs.get("name") or "").startswith("twitter:")
    return tag == "link" and attrs.get("rel") in ("canonical", "alternate")


def _tag(tag, attrs) -> str:
    written = (f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attrs)
    return f"<{tag}{''.join(written)}>"
