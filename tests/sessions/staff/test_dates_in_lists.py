"""No list of the desk shows a date as Django writes it: sessions/clocks/dates.py writes them."""

import pytest
from django.contrib import admin
from django.db.models import DateField

from tests.support.sessions.staff_addresses import one_of_everything

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [model for model in admin.site._registry if model._meta.app_label != "mfa"], ids=str)
def test_no_column_is_a_bare_date(rf, admin_user, model):
    page, request = admin.site.get_model_admin(model), rf.get("/")
    request.user = admin_user

    columns = [name for name in page.get_list_display(request) if not hasattr(page, str(name))]

    fields = {field.name: field for field in model._meta.get_fields()}
    assert [name for name in columns if isinstance(fields.get(name), DateField)] == []


def test_no_cell_has_a_date_as_django_writes_it(admin_client):
    rows = one_of_everything()
    season = rows["season"]
    type(season).objects.filter(pk=season.pk).update(starts_on="2031-10-05", ends_on="2031-10-09")

    texts = {}
    for model in admin.site._registry:
        opts = model._meta
        if opts.app_label in ("online_sessions", "registrations"):
            texts[opts.model_name] = admin_client.get(f"/admin/{opts.app_label}/{opts.model_name}/").text

    assert [name for name, text in texts.items() if "Oct. " in text or "2031-10" in text] == []
    assert "5 October 2031" in texts["season"]
