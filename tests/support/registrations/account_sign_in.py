"""Signing in by a code from a mail."""

import re

from registrations.models import Message

PATH, CODE_PATH, PLACE = "/account/sign-in/", "/account/sign-in/code/", "/account/registrations/"


def ask(client, email):
    return client.post(PATH, {"email": email}, follow=True)


def code_sent() -> str:
    return code_in(Message.objects.latest("pk"))


def code_in(message) -> str:
    return re.search(r"^\d{4}-\d{4}(?=\r)", bytes(message.octets).decode(), re.MULTILINE)[0]


def signed_in(client, email):
    ask(client, email)
    return client.post(CODE_PATH, {"code": code_sent()}, follow=True)
