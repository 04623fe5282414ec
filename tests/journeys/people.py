"""Somebody with a browser and a mailbox, and what they do with them."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.support.calendars import CalendarStore


class Person:
    """Types and clicks as a person would; `season_page` is known after a mail was read."""

    def __init__(self, page, site, smtp_server, zone):
        self.page, self.site, self.zone = page, site, zone
        self._smtp = smtp_server
        self.season_page = None
        self.calendar = CalendarStore()

    def opens(self, path):
        self.page.goto(self.site + path)
        # Times in the reader's clock may take more lines, and what is below them moves under the finger.
        expect(self.page.locator("html.awaits-clock")).to_have_count(0)
        return self.page

    def says_where_they_are(self):
        """Without script nobody guesses the zone: they choose it from the list."""
        self.opens("/")
        self.page.get_by_role("link", name="Change the time zone").click()
        self.page.select_option("#zone", self.zone)
        self.page.get_by_role("button", name="Use this clock").click()

    def ticks(self, *titles):
        for title in titles:
            self.page.get_by_role("checkbox", name=title, exact=True).check()

    def fills_in(self, name="Amina Otieno", email="amina@ministry.example"):
        self.page.get_by_label("Your name").fill(name)
        self.page.get_by_label("E-mail", exact=True).fill(email)
        self.page.get_by_label("Country or area").select_option(label="Kenya")
        self.page.get_by_label("I represent").select_option("party")
        self.page.get_by_label("I agree").check()

    def presses(self, name):
        self.page.get_by_role("button", name=name).click()

    def follows(self, name):
        self.page.get_by_role("link", name=name).first.click()

    def receives(self, count):
        """Reads the mailbox once `count` mails in all have come, and lets the calendar take what is in them."""
        mails = self._smtp.wait_for(count)
        self.calendar = CalendarStore()
        self.calendar.receive(*mails)
        self.season_page = urlsplit(re.search(r"\S+/my/[^/\s]+/", text_of(mails[0]))[0]).path
        return mails

    def opens_my_season(self):
        return self.opens(self.season_page)


def text_of(mail) -> str:
    return mail.message.get_body(("plain",)).get_content()


def subjects(mails) -> list[str]:
    return [mail.message["Subject"] for mail in mails]
