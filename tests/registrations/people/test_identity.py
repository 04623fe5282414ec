"""Which addresses are one mailbox, and which names one person."""

import pytest

from registrations.people.identity import fold_address, fold_name, inbox


@pytest.mark.parametrize(
    "written", ["zoe@example.net", "Zoe@Example.NET", " zoe@example.net ", "ZOE@EXAMPLE.NET", "ｚoe@example.net"]
)
def test_address_in_other_letters_is_the_same_mailbox(written):
    assert fold_address(written) == "zoe@example.net"


def test_domain_is_compared_as_it_is_sent():
    assert fold_address("zoe@Bücher.example") == fold_address("zoe@xn--bcher-kva.example")


def test_parts_that_servers_tell_apart_are_told_apart():
    assert fold_address("zoe.n@example.net") != fold_address("zoen@example.net")
    assert fold_address("zoe+a@example.net") != fold_address("zoe@example.net")


@pytest.mark.parametrize(
    ("mailbox", "arrives_at"),
    [
        ("zoe+a@example.net", "zoe@example.net"),
        ("zoe.n+a+b@example.net", "zoe.n@example.net"),
        ("z.o.e+a@gmail.com", "zoe@gmail.com"),
        ("+zoe@example.net", "+zoe@example.net"),
        ("z.oe+season@googlemail.com", "zoe@gmail.com"),
    ],
)
def test_mails_to_variants_of_an_address_arrive_in_one_inbox(mailbox, arrives_at):
    assert inbox(mailbox) == arrives_at


@pytest.mark.parametrize("written", ["Zoé Ñandú", "zoé  ñandú", " ZOÉ ÑANDÚ", "Zoe\u0301 N\u0303andu\u0301"])
def test_name_in_other_letters_is_the_same_person(written):
    assert fold_name(written) == "zoé ñandú"
