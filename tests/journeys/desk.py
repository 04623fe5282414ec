"""A member of staff at the desk, and what they do there, page by page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.support import staff
from tests.support.accessibility import RULES


class Officer:
    """Clicks as somebody would who knows no addresses: each action begins on the start page."""

    def __init__(self, page, site):
        self.page, self.site = page, site
        self.violations = {}

    def signs_in(self, name, password):
        self.page.goto(f"{self.site}/admin/")
        self.page.get_by_label("Username").fill(name)
        self.page.get_by_label("Password").fill(password)
        self.presses("Sign in")
        self.page.get_by_label("Code").fill(staff.code())
        self.presses("Sign in")

    def goes_home(self):
        self.page.locator("#site-name a").click()

    def opens(self, listed, *links):
        """From the start page a list, then what these links lead to, one after the other."""
        self.goes_home()
        self.page.locator(".desk-lists").get_by_role("link", name=listed, exact=True).click()
        for name in links:
            self.follows(name)

    def sees_to(self, notice):
        """From the start page what is said there to need somebody."""
        self.goes_home()
        self.follows(notice)

    def finds(self, words):
        """By the box of the start page."""
        self.goes_home()
        self.types("Find a person", words)
        self.presses("Find")
        self.follows(words)

    def asks_for_help(self):
        """With the page on which they are."""
        self.page.get_by_role("link", name="Help", exact=True).click()

    def follows(self, name):
        self.page.locator("#content").get_by_role("link", name=name).first.click()

    def presses(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def types(self, label, text):
        self.page.get_by_label(label).fill(text)

    def chooses(self, label):
        self.page.get_by_label(label).check()

    def reads(self, text):
        expect(self.page.get_by_text(text).first).to_be_visible()

    def looks_at_access(self):
        """In our part of the page; the path above it is Django's own."""
        # Without its own copy of the style sheets, which the policy of the desk would not let it apply.
        found = Axe().run(self.page, context="#content-main", options=RULES | {"preload": False}).response
        wrong = [f"{each['id']}: {each['nodes'][0]['html'][:150]}" for each in found["violations"]]
        if wrong:
            self.violations[self.page.url.removeprefix(self.site)] = wrong


class Post:
    """The mails that have come, a few at a time."""

    def __init__(self, smtp_server):
        self._smtp, self._read = smtp_server, 0

    def next(self, count):
        """As many as are expected, once they have come."""
        self._read += count
        return self._smtp.wait_for(self._read)[self._read - count :]

    def everything(self):
        return self._smtp.mails
