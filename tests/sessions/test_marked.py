"""What staff wrote is marked where it is English on a page of another language."""

from django.utils.translation import override

from sessions import marked, translations
from sessions.models import Session


def session():
    return Session(title="Gold & <tea>", summary="")


def test_english_is_marked_on_pages_of_other_languages():
    with override("ar"):
        assert marked.html(session(), "title") == '<span lang="en" dir="ltr">Gold &amp; &lt;tea&gt;</span>'
        assert marked.attributes(session(), "title") == ' lang="en" dir="ltr"'
        assert marked.in_english("tea") == '<span lang="en" dir="ltr">tea</span>'


def test_translation_has_no_mark():
    translated = session()
    translations.put(translated, "title", "ar", "ذهب")

    with override("ar"):
        assert (marked.html(translated, "title"), marked.attributes(translated, "title")) == ("ذهب", ' dir="auto"')


def test_english_pages_and_empty_texts_have_no_marks():
    with override("ar"):
        assert marked.html(session(), "summary") == marked.in_english("") == ""
    with override("en"):
        assert marked.html(session(), "title") == "Gold &amp; &lt;tea&gt;"
        assert marked.in_english("tea") == "tea"
