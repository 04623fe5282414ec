"""What staff wrote is marked where it is English on a page of another language."""

import copy
import pickle

from django.utils.translation import override

from sessions import marked, translations
from sessions.models import Season, Session, Speaker
from sessions.templatetags.said import marked_in_turn


def session():
    return Session(title="Gold & <tea>", summary="")


def test_english_is_marked_on_pages_of_other_languages():
    with override("ar"):
        assert marked.html(session(), "title") == '<span lang="en" dir="ltr">Gold &amp; &lt;tea&gt;</span>'
        assert marked.attributes(session(), "title") == ' lang="en" dir="ltr"'
        assert marked.in_english("tea").__html__() == '<span lang="en" dir="ltr">tea</span>'


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


def test_sentence_escapes_its_words_and_its_values():
    with override("ar"):
        said = marked.sentence("<b>100 %% %(title)s</b> & %(name)s", title=marked.words(session(), "title"), name="<i>")

    assert said == ('&lt;b&gt;100 % <span lang="en" dir="ltr">Gold &amp; &lt;tea&gt;</span>&lt;/b&gt; &amp; &lt;i&gt;')


def test_marked_text_is_itself_in_plain_text_and_wherever_it_is_kept():
    with override("ar"):
        title = marked.words(session(), "title")

    kept = [copy.deepcopy(title), pickle.loads(pickle.dumps(title))]
    assert (title, f"{title}", len(title)) == ("Gold & <tea>", "Gold & <tea>", 12)
    assert [each.__html__() for each in kept] == [title.html] * 2


def test_list_of_titles_has_marks_in_html_alone():
    with override("fr"):
        found = marked.listed([marked.words(session(), "title"), "eau & <sel>"])

    assert found == "Gold & <tea>, eau & <sel>"
    assert found.__html__() == '<span lang="en" dir="ltr">Gold &amp; &lt;tea&gt;</span>, eau &amp; &lt;sel&gt;'


def test_organiser_is_marked_unless_it_is_the_secretariat():
    with override("ar"):
        own, none = (marked.organiser(Season(organiser=words)) for words in (" Ours ", " "))

    assert (own, own.__html__()) == ("Ours", '<span lang="en" dir="ltr">Ours</span>')
    assert (type(none), none) == (str, "أمانة اتفاقية ميناماتا بشأن الزئبق")


def test_what_belongs_together_is_one_piece_where_all_of_it_is_english():
    speaker = Speaker(role="Chair", affiliation="Ministry & more")
    with override("ar"):
        as_english = marked_in_turn(speaker, "role", "affiliation")
        translations.put(speaker, "role", "ar", "رئيسة")
        half = marked_in_turn(speaker, "role", "affiliation")
        alone = marked_in_turn(Speaker(role="Chair"), "role", "affiliation")
    with override("en"):
        english = marked_in_turn(speaker, "role", "affiliation")

    assert as_english == '<span lang="en" dir="ltr">Chair, Ministry &amp; more</span>'
    assert half == 'رئيسة، <span lang="en" dir="ltr">Ministry &amp; more</span>'
    assert alone == '<span lang="en" dir="ltr">Chair</span>'
    assert english == "Chair, Ministry &amp; more"
    assert marked_in_turn(Speaker(), "role", "affiliation") == ""
