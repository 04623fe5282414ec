"""Lines that staff paste, and tables that they upload, become guests; what cannot be one is said by line."""

import pytest

from registrations.invitations import guest_list


def guests(text, **more):
    found = [line.guest for line in guest_list.read(text, **more)]
    return [(guest.name, guest.email, guest.organisation) for guest in found if guest]


def problems(text, **more):
    return [(line.number, line.problem) for line in guest_list.read(text, **more) if line.problem]


@pytest.mark.parametrize(
    "line",
    [
        "Amina Otieno <amina@ministry.example>",
        '"Amina Otieno" <amina@ministry.example>,',
        "Amina Otieno; amina@ministry.example",
        "Amina Otieno, amina@ministry.example",
        "Amina Otieno\tamina@ministry.example",
        "amina@ministry.example; Amina Otieno",
        "  Amina   Otieno ;amina@ministry.example ; ; ",
        "amina.otieno@ministry.example".replace("amina.otieno@", "Amina Otieno <amina@") + ">",
    ],
)
def test_usual_ways_to_write_one_person(line):
    assert guests(line) == [("Amina Otieno", "amina@ministry.example", "")]


def test_organisation_and_commas_in_names():
    text = 'Otieno, Amina <amina@ministry.example>; UNEP\n"Haddad; Omar"; omar@ministry.example; Ministry of Water/Air'

    assert guests(text) == [
        ("Otieno, Amina", "amina@ministry.example", "UNEP"),
        ("Haddad; Omar", "omar@ministry.example", "Ministry of Water/Air"),
    ]


def test_name_of_a_bare_address_is_taken_from_it_and_said():
    [line] = guest_list.read("amina.otieno-2+un@ministry.example")

    assert (line.guest.name, line.note) == ("Amina Otieno", "The name is taken from the address.")


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("fr-CH", "fr"),
        ("Spanish", "es"),
        ("Chinese (Simplified)", "zh-hans"),
        ("简体中文", "zh-hans"),
        ("Русский язык", "ru"),
        ("francais / English", "fr"),
        ("الإسبانية", "es"),
        ("", "en"),
    ],
)
def test_language_of_the_mail_is_known_by_code_and_name(typed, language):
    [line] = guest_list.read(f"Amina Otieno; amina@ministry.example; UNEP; {typed}")

    assert (line.guest.language, line.note) == (language, "")


@pytest.mark.parametrize("typed", ["Estonian", "Armenian", "?"])
def test_language_that_we_do_not_have_is_said(typed):
    [line] = guest_list.read(f"Amina Otieno; amina@ministry.example; UNEP; {typed}")

    assert (line.guest.language, line.note) == (
        "en",
        "We have no mails in this person's language: theirs is in English.",
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Amina Otieno", "There is no e-mail address in this line."),
        ("Amina; amina@ministry", "Address: This is not a whole e-mail address. One looks like name@example.org."),
        (
            "a@x.example; b@x.example",
            "There are several addresses in this line. Write each person on a line of their own.",
        ),
        (
            "a@x.example b@x.example",
            "There are several addresses in this line. Write each person on a line of their own.",
        ),
        ("Win $500; a@x.example", "Name: Please leave out: $"),
        (
            "www.evil.example; a@x.example",
            "Name: This looks like a web address. Leave the address out; after a full stop, leave a space.",
        ),
        ("=HYPERLINK(1); a@x.example", "There is a formula in this line. Write its result instead."),
        ("Amina; a@x.example; =1+1", "There is a formula in this line. Write its result instead."),
        (
            "Amina\0; a@x.example",
            "Name: There is an invisible or unreadable character in this field. Please type it again.",
        ),
        ("12345@x.example", "Name: Please use letters, of any alphabet."),
        ("N" * 201 + "; a@x.example", "Name: at most 200 characters are possible."),
        ("Amina; a@x.example; " + "O" * 201, "Organisation: at most 200 characters are possible."),
        ("Amina; " + "a" * 60 + "@" + "x." * 100 + "example", "Address: We cannot send mail to this form of address."),
    ],
)
def test_line_that_is_no_guest_says_why(line, problem):
    [found] = guest_list.read(line)

    assert found.guest is None
    assert found.problem.startswith(problem[:40])


def test_good_lines_are_shown_beside_bad_ones_and_numbers_count_empty_lines():
    text = "Amina <amina@x.example>\r\n\r\nnobody\r\nOmar <omar@x.example>\n"

    assert [guest[0] for guest in guests(text)] == ["Amina", "Omar"]
    assert problems(text) == [(3, "There is no e-mail address in this line.")]


def test_repetition_is_found_whatever_its_letters():
    text = "Amina <amina@x.example>\nAMINA <Amina@X.EXAMPLE>"

    assert problems(text) == [(2, "The same person as in line 1.")]


def test_two_names_behind_one_mailbox_are_two_people_and_said():
    lines = guest_list.read("Amina <office@x.example>\nOmar <office@x.example>")

    assert [line.note for line in lines] == ["", "The same mailbox as in line 1: two people."]


def test_who_is_invited_already_is_not_invited_again():
    text = "Amina <amina@x.example>\nOmar <omar@x.example>"

    assert problems(text, invited={("amina@x.example", "amina")}) == [(1, "Invited already.")]


@pytest.mark.parametrize(
    "text",
    [
        "Jörg; Müller; joerg@amt.example",
        "Otieno, Amina, amina@x.example",
        "amina@x.example; Amina; Otieno",
        "Amina\tOtieno\tamina@x.example\tUNEP",
        "Amina <amina@x.example>; UNEP; Kenya",
        "Name; E-mail\nAmina; amina@x.example",
        "Omar <omar@x.example>\nAmina; Otieno; amina@x.example",
    ],
)
def test_lines_in_another_order_are_a_table(text):
    assert guest_list.is_table(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Amina Otieno",
        "amina@x.example",
        "amina@x.example; Amina Otieno",
        "Amina Otieno; amina@x.example; UNEP;;",
        "Otieno, Amina <amina@x.example>; UNEP",
        "Amina Otieno, amina@x.example\nnobody, at all",
        "a@x.example, b@x.example, c@x.example",
    ],
)
def test_lines_in_the_order_that_the_page_names_are_none(text):
    assert not guest_list.is_table(text)
