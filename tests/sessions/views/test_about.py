"""The pages about the site, and the form in which staff change their words."""

import pytest
from django.urls import clear_url_caches, reverse

from sessions import translations
from sessions.models import PageText
from sessions.presenters import page_texts
from tests.factories import SeasonFactory

pytestmark = pytest.mark.django_db
Page = PageText.Page
IN_ENGLISH = '<p class="in-english hint">'


@pytest.fixture
def about():
    """From a migration, and gone where a test has emptied all tables."""
    return PageText.objects.get_or_create(page=Page.ABOUT)[0]


@pytest.fixture
def arabic(settings):
    settings.LANGUAGES = [("en", "English"), ("ar", "العربية")]
    clear_url_caches()


def shown(client, name="about"):
    return client.get(reverse(f"sessions:{name}")).content.decode()


def save(admin_client, page, text):
    address = reverse("admin:online_sessions_pagetext_change", args=[page.pk])
    return admin_client.post(address, {"text": text, "_save": "Save"})


@pytest.mark.parametrize(
    ("name", "words"),
    [("about", "The Secretariat of the Minamata Convention on Mercury runs"), ("accessibility", "level AA")],
)
def test_page_has_words_of_its_own_and_the_contact(client, name, words):
    page = shown(client, name)

    assert words in page
    assert '<a href="mailto:events@minamata.test">' in page.partition("<h2>Contact</h2>")[2].partition("</main>")[0]


def test_partners_of_seasons_that_are_shown_are_named_once(client):
    SeasonFactory(partners="A\nB https://old.example.org/", starts_on="2029-09-01")
    SeasonFactory(partners="B https://b.example.org/")
    SeasonFactory(partners="Rehearsed", is_rehearsal=True)
    SeasonFactory(partners="Hidden", is_published=False)

    page = shown(client).partition("<h2>Partners</h2>")[2].partition("</ul>")[0]

    assert page.index("https://b.example.org/") < page.index(">A<")
    assert page.count("<li>") == 2


def test_what_staff_write_is_on_the_page_at_once_and_goes_when_they_empty_it(client, admin_client, about):
    save(admin_client, about, "# Ours\n\nWritten <b>by staff</b>.")
    theirs = shown(client)
    save(admin_client, about, "")

    assert "<h2>Ours</h2>\n<p>Written &lt;b&gt;by staff&lt;/b&gt;.</p>" in theirs
    assert "runs Minamata Online" not in theirs
    assert "runs Minamata Online" in shown(client)


def test_form_begins_with_the_usual_words_and_stores_none_while_they_stay(admin_client, about):
    address = reverse("admin:online_sessions_pagetext_change", args=[about.pk])
    form = admin_client.get(address).context["adminform"].form

    save(admin_client, about, form["text"].value().replace("\n", "\r\n"))

    about.refresh_from_db()
    assert form["text"].value() == page_texts.usual(Page.ABOUT)
    assert about.text == ""


def test_text_that_is_too_long_is_refused_beside_the_field_and_stays_in_it(admin_client, about):
    typed = "[" * 10_001

    form = save(admin_client, about, typed).context["adminform"].form

    assert form.errors["text"] == ["Ensure this value has at most 10000 characters (it has 10001)."]
    assert form["text"].value() == typed


def test_words_of_staff_are_marked_until_they_are_translated(client, about, arabic):
    PageText.objects.filter(pk=about.pk).update(text="# Ours\n\n[Privacy](/privacy/)")
    english, before = client.get("/about/").text, client.get("/ar/about/").text

    about.refresh_from_db()
    translations.put(about, "text", "ar", "# لنا\n\n[الخصوصية](/privacy/)")
    about.save()
    after = client.get("/ar/about/").text

    assert '<div class="prose" lang="en" dir="ltr"><h2>Ours</h2>' in before
    assert [IN_ENGLISH in page for page in (english, before, after)] == [False, True, False]
    assert '<div class="prose" dir="auto"><h2>لنا</h2>' in after
    assert ['href="/ar/privacy/" rel' in page for page in (english, before, after)] == [False, True, True]


def test_usual_words_are_marked_nowhere(client, arabic):

    assert IN_ENGLISH not in client.get("/ar/about/").text
