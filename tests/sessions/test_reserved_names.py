"""No session takes the name of another page of its season, whichever way it comes."""

import re

import pytest
from django.core.exceptions import ValidationError

from sessions.models.sessions import RESERVED, Session
from sessions.urls import urlpatterns
from tests.factories import SessionFactory
from tests.support.sessions.admin_pages import page

WORDS = "Another page of the season has the address “figures”. Choose another name."


def test_reserved_are_the_names_of_pages_beside_those_of_sessions():
    beside = (re.fullmatch(r"seasons/<slug:season>/([\w-]+)/", str(route.pattern)) for route in urlpatterns)

    assert {found[1] for found in beside if found} == RESERVED


@pytest.mark.django_db
def test_form_refuses_them_beside_the_field(admin_client):
    like = SessionFactory()
    typed = {"season": like.season_id, "stream": like.stream_id, "title": "In figures", "slug": "figures"}

    response = admin_client.post(page("session_add"), typed)

    assert response.context["adminform"].form.errors["slug"] == [WORDS]
    assert list(Session.objects.all()) == [like]


@pytest.mark.django_db
def test_model_refuses_them():
    with pytest.raises(ValidationError, match="another name"):
        SessionFactory.build(slug="figures").clean()
