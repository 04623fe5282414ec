"""Slips of the finger in common mail domains."""

import pytest

from registrations.people.mail_domains import COMMON, likely_meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmai.com", "gmail.com"),
        ("gamil.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("hotmial.com", "hotmail.com"),
        ("hotmal.com", "hotmail.com"),
        ("outlok.com", "outlook.com"),
        ("yahooo.com", "yahoo.com"),
        ("yaho.com", "yahoo.com"),
        ("iclould.com", "icloud.com"),
        ("yhaoo.co.uk", "yahoo.co.uk"),
    ],
)
def test_slip_is_noticed(typed, meant):
    assert likely_meant(f"Amina.o@{typed}") == f"Amina.o@{meant}"


@pytest.mark.parametrize(
    "domain",
    [
        *sorted(COMMON),
        *("hotmail.gr", "yahoo.com.mx", "yahoo.co.id", "outlook.fr", "gmx.at", "mailo.com", "un.org", "unep.org"),
        *("hotmail.com.br", "hotmail.com.ar", "outlook.com.br", "outlook.com.tr", "outlook.com.au"),
        *("protonmail.ch", "yahoo.com.au"),
        *("environment.gov.ke", "mofa.go.jp", "email.gov", "orange.com", "mail.gov.in", "example.org"),
    ],
)
def test_other_domain_is_no_slip(domain):
    assert likely_meant(f"amina@{domain}") == ""
