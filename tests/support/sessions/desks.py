"""Members of staff who have a form open at the same time."""

from django.contrib.auth.models import User
from django.test import Client

from tests.support import staff
from tests.support.sessions.admin_pages import page, sent_by


class Desk:
    """Somebody with a form open."""

    def __init__(self, name, address):
        user = User.objects.create_superuser(name.lower(), first_name=name)
        self.client, self.address = staff.sign_in(Client(), user), address
        self.open()

    def open(self):
        self.typed = sent_by(self.client.get(self.address))

    def save(self, **changes):
        self.typed |= {name.replace("__", "-"): value for name, value in changes.items()}
        self.answer = self.client.post(self.address, self.typed)
        if self.answer.status_code == 200:
            self.typed = sent_by(self.answer) | {name: "" for name in self.typed if name.endswith("DELETE")}
        return self.answer

    def choose(self, which, **more):
        for question in self.answer.context["questions"]:
            more[question.name] = which
        return self.save(**more)

    @property
    def questions(self):
        return [(each.label, each.theirs, each.mine) for each in self.answer.context["questions"]]


def two_at(name, row):
    address = page(name, row.pk)
    return Desk("Anna", address), Desk("Ben", address)


def with_prefix(prefix, fields) -> dict:
    return {prefix.replace("-", "__") + name: value for name, value in fields.items()}


def signed_in(page, site, admin_client):
    cookie = admin_client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
    return page
