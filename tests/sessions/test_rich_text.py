"""Texts of staff: a small part of Markdown becomes a few tags, and nothing else becomes markup."""

import re
import time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from sessions import rich_text
from tests.support.thorough import first_always

OURS = re.compile(r'</?(?:p|h2|ul|ol|li|em|strong)>|<br>|<ol start="\d+">|<a href="[^"<>]*" rel="noreferrer">|</a>')


@pytest.mark.parametrize(
    ("typed", "first", "others"),
    [
        ("", "", ""),
        ("One\ntwo", "One\ntwo", ""),
        (" One\n \nTwo\n\nThree\n", "One", "Two\n\nThree"),
        ("One\r\n\r\nTwo", "One", "Two"),
    ],
)
def test_first_paragraph_ends_with_an_empty_line(typed, first, others):
    assert rich_text.first_paragraph(typed) == (first, others)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("One\n\nTwo", "<p>One</p>\n<p>Two</p>\n"),
        ("One\nTwo", "<p>One<br>\nTwo</p>\n"),
        ("# Head\n\n### Lower", "<h2>Head</h2>\n<h2>Lower</h2>\n"),
        ("1. a\n\nb\n\n2. c", '<ol>\n<li>a</li>\n</ol>\n<p>b</p>\n<ol start="2">\n<li>c</li>\n</ol>\n'),
        ("- a\n- *b* **c**", "<ul>\n<li>a</li>\n<li><em>b</em> <strong>c</strong></li>\n</ul>\n"),
        ("[words](https://a.test/?b&c)", '<p><a href="https://a.test/?b&amp;c" rel="noreferrer">words</a></p>\n'),
        ("<https://a.test/>", '<p><a href="https://a.test/" rel="noreferrer">https://a.test/</a></p>\n'),
        ("[mail](mailto:a@b.test)", '<p><a href="mailto:a@b.test" rel="noreferrer">mail</a></p>\n'),
        ("<b onclick=x>&amp; <script>", "<p>&lt;b onclick=x&gt;&amp;amp; &lt;script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("<a1:>\n\n[*x*](tel:+41)", "<p>a1:</p>\n<p><em>x</em></p>\n"),
        ('[x](https://a.test/ "title")', '<p><a href="https://a.test/" rel="noreferrer">x</a></p>\n'),
        ("![x](https://a.test/p.png)", '<p>!<a href="https://a.test/p.png" rel="noreferrer">x</a></p>\n'),
    ],
)
def test_small_part_of_markdown_is_read(typed, shown):
    assert rich_text.html(typed) == shown


@pytest.mark.parametrize("whole", ["[a](https://a.test) [b](HTTP://b.test/) <mailto:c@d.test>", "https://a.test", ""])
def test_whole_addresses_may_leave_by_mail(whole):
    rich_text.validate_links(whole)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("[a](www.example.org)", ["www.example.org"]),
        ("- [a](/about/)\n\n[b](#c) [d](https://d.test)", ["/about/", "#c"]),
        ("[a](//b.test) [c](tel:+41) [d]()", ["//b.test", "tel:+41", "()"]),
        ("[a](exämple.test/ü)", ["exämple.test/ü"]),
    ],
)
def test_links_that_lead_nowhere_from_a_mail_are_named(typed, wrong):
    with pytest.raises(ValidationError) as refused:
        rich_text.validate_links(typed)

    assert [words.split("”")[0].removeprefix("“") for words in refused.value.messages] == wrong


@given(st.text(alphabet=st.sampled_from("<>&\"'()[]!#*_-:/\\ \n\tabjs:1.\u202e水"), max_size=80))
def test_whatever_is_typed_only_our_tags_come_of_it(typed):
    assert "<" not in OURS.sub("", rich_text.html(typed))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", ""),
        ("One\n\n\nTwo\nthree", "One\n\nTwo\nthree"),
        ("# Head\n\n- a\n- *b*\n\n1. c\n2. d\n\nEnd", "Head\n\n- a\n- b\n\n1. c\n2. d\n\nEnd"),
        ("- a\n- b\n\nEnd", "- a\n- b\n\nEnd"),
        ("See [the page](https://a.test/x).", "See the page (https://a.test/x)."),
        ("<https://a.test/> and [a@b.test](mailto:a@b.test)", "https://a.test/ and a@b.test"),
        (
            "First; line, with a \\ and a “quote” <b> & snake_case 2 * 3",
            "First; line, with a \\ and a “quote” <b> & snake_case 2 * 3",
        ),
    ],
)
def test_mails_and_calendars_say_the_same_in_plain_text(typed, said):
    assert rich_text.plain(typed) == said


@pytest.mark.parametrize(
    "repeated", first_always(["[", "*a ", "_a*", "[a](", "[a](b:c)", "<", "- ", "\\", "[[](x)"], 2)
)
def test_longest_text_takes_no_time_whatever_is_typed(repeated):
    text = (repeated * rich_text.LONGEST)[: rich_text.LONGEST]
    began = time.process_time()

    rich_text.html(text)
    rich_text.plain(text)

    assert time.process_time() - began < 2


@given(st.text(alphabet="ab cé水. ,;“”\n", max_size=60))
def test_text_without_marks_keeps_its_words(typed):
    assert rich_text.plain(typed).split() == typed.split()
