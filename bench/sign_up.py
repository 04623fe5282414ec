"""One person's sign-up as a browser does it: the form, the button, the page after it."""

import os
from itertools import count

from bench.browser import Browser

NUMBERS = count(os.getpid() * 100_000)
ALL_WELL = [200, 302, 200]
# Names with numbers in them are refused.
LETTERS = str.maketrans("0123456789", "abcdefghij")


class SignUp:
    """`slots` by session, all of one season; `run` returns the statuses of the three pages, `ask` asks for them."""

    def __init__(self, port, slots, *, tag="bench", ask=lambda name, question: question()):
        self._slots, self._ask = slots, ask
        self._person = f"{tag}-{next(NUMBERS)}"
        self.browser = Browser(port)

    def run(self) -> list[int]:
        first = next(iter(self._slots))
        address = f"/sign-up/{first.season.slug}/"
        form = self._ask("form", lambda: self.browser.get(f"{address}?session={first.slug}"))
        if form.status != 200 or f'value="{first.slug}"' not in form.text:
            return [form.status]
        sent = self._ask("sending", lambda: self.browser.post(address, self._fields(form)))
        if sent.status != 302:
            return [form.status, sent.status]
        after = self._ask("page_after", lambda: self.browser.get(sent.headers["Location"]))
        self.browser.close()
        return [form.status, sent.status, after.status]

    def _fields(self, form) -> dict:
        chosen = {f"slot-{session.pk}": slot.pk for session, slot in self._slots.items()}
        return chosen | {
            "csrfmiddlewaretoken": form.hidden("csrfmiddlewaretoken"),
            "submission": form.hidden("submission"),
            "opened": form.hidden("opened"),
            "session": [session.slug for session in self._slots],
            "timezone": "Africa/Nairobi",
            "name": f"Amina Otieno {self._person.translate(LETTERS)}",
            "email": f"{self._person}@example.net",
            "organisation": "Ministry of Environment",
            "country": "404",
            "stakeholder": "party",
            "consent": "on",
        }
