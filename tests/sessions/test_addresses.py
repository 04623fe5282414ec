"""What people type or paste becomes the one ASCII form that is stored and sent, or is refused in words."""

import sys
import time
import unicodedata

import pytest
from django.core.exceptions import ValidationError

from sessions import addresses

NOT_WHOLE = "This is not a whole e-mail address. One looks like name@example.org."
CANNOT = "We cannot send mail to this form of address. Please use another address."
INVISIBLE = "There is an invisible or unreadable character in this field. Please type it again."
TWO = "There are two addresses in this field. Please write one."


def stands_for_punctuation(character) -> bool:
    compatible = unicodedata.normalize("NFKC", character)
    return any(each == " " or (each.isascii() and each.isprintable() and not each.isalnum()) for each in compatible)


def refusal(typed) -> str:
    with pytest.raises(ValidationError) as refused:
        addresses.read(typed)
    return refused.value.messages[0]


def is_refused(typed) -> bool:
    try:
        addresses.read(typed)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize(
    "address",
    [
        "ana@example.org",
        "a.b+c@sub.example.co.ke",
        "Ana.O'Brien@example.org",
        "ana_b-c=d@example.org",
        "a" * 64 + "@example.org",
        "a@" + "b" * 63 + ".org",
        "ana@xn--fa-hia.de",
        "ana@example.xn--p1ai",
    ],
)
def test_usual_address_stays_as_it_is(address):
    assert addresses.read(address) == address


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("mia@faß.de", "mia@xn--fa-hia.de"),
        ("mia@FAẞ.de", "mia@xn--fa-hia.de"),
        ("nikos@βόλος.com", "nikos@xn--nxasmm1c.com"),
        ("fa@نامه\u200cای.com", "fa@xn--mgba3gch31f060k.com"),
        ("zoe@Bücher.example", "zoe@xn--bcher-kva.example"),
        ("zoe@bu\u0308cher.example", "zoe@xn--bcher-kva.example"),
        ("li@例え。jp", "li@xn--r8jz45g.jp"),
        ("Zoe@EXAMPLE.org", "Zoe@example.org"),
    ],
)
def test_domain_is_that_of_idna_2008(typed, sent):
    assert addresses.read(typed) == sent


@pytest.mark.parametrize(
    "pasted",
    [
        "  eva@berg.example ",
        "\u200eeva@berg.example\u200b\ufeff",
        "\u202aeva@berg.example\u202c",
        "\u00a0eva@berg.example\u3000",
        "eva@berg.example.",
        "eva@berg.example,",
        "<eva@berg.example>;",
        "'eva@berg.example'",
        "mailto:eva@berg.example",
        "MAILTO:eva@berg.example?subject=Hello",
        "Eva Holm <eva@berg.example>",
        '"Holm, Eva" <mailto:eva@berg.example>,',
        "'eva@berg.example' <eva@berg.example>",
        "EVA@berg.example <eva@BERG.example>",
    ],
)
def test_address_as_programs_copy_it_is_read(pasted):
    assert addresses.read(pasted) == "eva@berg.example"


@pytest.mark.parametrize(
    ("pasted", "name"),
    [
        ("Eva Holm <eva@berg.example>", "Eva Holm"),
        ('"Holm, Eva" <eva@berg.example>', "Holm, Eva"),
        ("'t Hooft <eva@berg.example>", "'t Hooft"),
        ("'eva@berg.example' <eva@berg.example>", ""),
        ("eva@berg.example", ""),
    ],
)
def test_name_in_front_is_kept_unless_it_is_the_address(pasted, name):
    assert addresses.read_with_name(pasted) == addresses.NamedAddress(name, "eva@berg.example")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        *((typed, NOT_WHOLE) for typed in ["", "ana", "ana@", "@", "<>", "@example.org", "user@localhost", "a@a..org"]),
        *(
            (typed, NOT_WHOLE)
            for typed in ["ana@localhost.", "a b@example.org", "a@b@example.org", '"a b"@example.org']
        ),
        ("ana@example.org <zoe@example.net>", TWO),
        *((f"ana@example.org{between}zoe@example.net", TWO) for between in [" ", ", ", ";"]),
        ("ana@example.org\r\nBcc: bob@example.org", INVISIBLE),
        ("an\u200ba@example.org", INVISIBLE),
        ("ana@exam\0ple.org", INVISIBLE),
        ('"a\x01b"@example.org', INVISIBLE),
        *((f"a@{domain}", CANNOT) for domain in ["1א.com", "aא.com", "١٢٣.com", "ü" * 62 + ".de", "ö-.de", "-a.org"]),
        *((f"a@{domain}", CANNOT) for domain in ["xn--.com", "xn--zzzzzzzz.com", "i❤.ws", "a_b.org"]),
        *((f"a@{domain}", CANNOT) for domain in ["1.2.3.4", "[127.0.0.1]", "x." * 130 + "org", "b" * 64 + ".org"]),
        *((f"{local}@example.org", CANNOT) for local in ["josé", "\N{KELVIN SIGN}im", "a..b", ".a", "a(b)", "a" * 65]),
        ("o\N{LATIN SMALL LETTER LONG S}@example.org", CANNOT),
    ],
)
def test_address_that_nothing_can_be_sent_to_is_refused_in_words(typed, words):
    assert refusal(typed) == words


@pytest.mark.thorough
def test_character_that_means_punctuation_is_refused_wherever_it_is():
    punctuation = [each for each in map(chr, range(0x80, sys.maxunicode + 1)) if stands_for_punctuation(each)]
    shapes = ["vic{}tim@example.org", "victim@exam{}ple.org", "victim@example.org{}x1.com", "victim{}example.org"]

    taken = [shape.format(each) for each in punctuation for shape in shapes if not is_refused(shape.format(each))]

    assert len(punctuation) > 250
    assert taken == []


@pytest.mark.thorough
def test_whatever_is_taken_is_plain_ascii_and_reads_as_itself():
    taken = 0
    for each in map(chr, range(0x80, 0x10000, 7)):
        for typed in (f"a@ex{each}ample.org", f"a@{each}.org"):
            if is_refused(typed):
                continue
            sent = addresses.read(typed)
            taken += 1
            assert (sent.isascii(), addresses.DOMAIN.fullmatch(sent.partition("@")[2]) is not None) == (True, True)
            assert addresses.read(sent) == sent

    assert taken > 2_000


@pytest.mark.parametrize("characters", ["a.", "A.b", " ", "a@a.", "<", "mailto:", "\ufdfa", "\u0344", "\u00a0", "'"])
@pytest.mark.parametrize("length", [addresses.LONGEST_TYPED, 250_000])
def test_huge_address_is_judged_at_once(characters, length):
    typed = characters * (length // len(characters))
    began = time.process_time()

    assert is_refused(typed)

    assert time.process_time() - began < 0.5
