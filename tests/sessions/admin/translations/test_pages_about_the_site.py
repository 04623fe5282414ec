"""The desk: translations of the pages about the site, in the form and as a table."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from registrations.models import StaffAction
from sessions import translations
from sessions.models import PageText

pytestmark = pytest.mark.django_db
ARABIC = "# من نحن\n\n- واحد"


@pytest.fixture
def about():
    return PageText.objects.update_or_create(page="about", defaults={"text": "# Who we are\n\n- One"})[0]


def address(about, name, *rest):
    return reverse(f"admin:online_sessions_pagetext_{name}", args=[about.pk, *rest])


def row_of(about):
    return address(about, "translate", f"pagetext-{about.pk}")


def stored(about):
    return PageText.objects.get(pk=about.pk)


def test_staff_translate_a_page_and_see_when_its_english_has_changed(admin_client, about):
    form = admin_client.get(row_of(about)).context["form"]
    answer = admin_client.post(row_of(about), dict(form.shown_next) | {"text-ar": ARABIC}, follow=True)
    PageText.objects.filter(pk=about.pk).update(text="Others")

    [part] = admin_client.get(address(about, "translations")).context["parts"]

    assert "1 translation is saved (Arabic)." in answer.text
    assert translations.words(stored(about), "text", "ar") == ARABIC
    assert [cell.words for cell in part.lines[0].cells][:2] == ["English changed since", "missing"]
    assert StaffAction.objects.get(action="translated").after == {"Text, Arabic": ARABIC}


def test_table_goes_to_a_translator_and_comes_back(admin_client, about):
    table = admin_client.get(address(about, "translations_table", "fr", "csv"))
    page = address(about, "bring_translations")

    filled = table.text.rstrip().removesuffix('""').rstrip(";") + ";Qui nous sommes\r\n"
    preview = admin_client.post(page, {"file": SimpleUploadedFile("about-fr.csv", filled.encode())})
    seen = {name: preview.context[name] for name in ("packed", "seen")}
    admin_client.post(page, seen | {"save": "Save"})

    assert table["Content-Disposition"] == 'attachment; filename="about-fr.csv"'
    assert translations.words(stored(about), "text", "fr") == "Qui nous sommes"


def test_page_with_its_usual_text_has_nothing_to_translate(admin_client, about):
    PageText.objects.filter(pk=about.pk).update(text="")

    answer = admin_client.get(address(about, "translations"))

    assert "This page has its usual text, which comes in every language." in answer.text
    assert answer.context["parts"] == []
    assert admin_client.get(row_of(about)).status_code == 404
    form = admin_client.get(address(about, "change")).text
    assert ">Translations (the usual text comes in every language)</a>" in form


def test_list_and_form_lead_there(admin_client, about):
    translations.put(about, "text", "ar", ARABIC)
    about.save()

    listed = admin_client.get(reverse("admin:online_sessions_pagetext_changelist")).text
    form = admin_client.get(address(about, "change")).text

    assert '<td class="field-translated" data-heading="Translated">Arabic</td>' in listed
    assert f'<a href="{address(about, "translations")}">Translations (complete: Arabic)</a>' in form
