"""Files of staff over HTTP."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from sessions.models import Material
from tests.factories import MaterialFactory, SessionFactory
from tests.support.sessions.uploads import PDF, material_with_file, session_over

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def address(material, name=None):
    session = material.session
    name = name or material.file.name.rpartition("/")[2]
    return reverse("sessions:material_file", args=[session.season.slug, session.slug, material.pk, name])


def octets(response) -> bytes:
    return b"".join(response)


def test_file_comes_as_a_download_that_runs_nothing(client):
    response = client.get(address(material_with_file()))

    sent = {name: response[name] for name in ("Content-Type", "Content-Length", "Content-Disposition", "Cache-Control")}
    assert sent == {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(PDF)),
        "Content-Disposition": 'attachment; filename="slides.pdf"',
        "Cache-Control": "public, max-age=3600",
    }
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert (octets(response), response.cookies) == (PDF, {})


def test_language_is_that_of_the_file_not_of_the_site(client):
    assert client.get(address(material_with_file(language="fr")))["Content-Language"] == "fr"


def test_name_in_any_script_follows_rfc_5987(client):
    response = client.get(address(material_with_file("ртуть.pdf")))

    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%D1%80%D1%82%D1%83%D1%82%D1%8C.pdf"


def test_file_is_never_compressed_so_that_its_parts_fit_together(client):
    response = client.get(address(material_with_file()), headers={"Accept-Encoding": "gzip"})

    assert ("Content-Encoding" in response, octets(response)) == (False, PDF)


def test_page_is_compressed(client):
    response = client.get("/seasons/", headers={"Accept-Encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"


def test_head_says_the_same_without_the_file(client):
    material = material_with_file()

    head, get = client.head(address(material)), client.get(address(material))

    of_its_own = "X-Request-ID"
    assert head.headers.pop(of_its_own) != get.headers.pop(of_its_own)
    assert dict(head.items()) == dict(get.items())
    assert octets(head) == b""


@pytest.mark.parametrize("validator", [("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")])
def test_known_file_is_not_sent_again(client, validator):
    mark, condition = validator
    material = material_with_file()
    known = client.get(address(material))[mark]

    response = client.get(address(material), headers={condition: known})

    assert (response.status_code, response.content) == (304, b"")
    assert response["Cache-Control"] == "public, max-age=3600"


def test_replaced_file_has_another_etag(client):
    material = material_with_file(content=PDF)
    before = client.get(address(material))["ETag"]

    material.file.storage.open(material.file.name, "wb").write(PDF + b"!")

    assert client.get(address(material), headers={"If-None-Match": before}).status_code == 200


@pytest.mark.parametrize(
    ("wanted", "part", "content_range"),
    [
        ("bytes=0-3", PDF[:4], f"bytes 0-3/{len(PDF)}"),
        ("bytes=5-", PDF[5:], f"bytes 5-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=-7", PDF[-7:], f"bytes {len(PDF) - 7}-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=0-999999", PDF, f"bytes 0-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=-999999", PDF, f"bytes 0-{len(PDF) - 1}/{len(PDF)}"),
    ],
)
def test_part_of_a_file_is_sent_alone(client, wanted, part, content_range):
    response = client.get(address(material_with_file()), headers={"Range": wanted, "Accept-Encoding": "gzip"})

    assert (response.status_code, response["Content-Range"]) == (206, content_range)
    assert (response["Content-Length"], octets(response)) == (str(len(part)), part)


@pytest.mark.parametrize("wanted", [f"bytes={len(PDF)}-", "bytes=999999-1000000", "bytes=-0"])
def test_part_beyond_the_file_is_refused(client, wanted):
    response = client.get(address(material_with_file()), headers={"Range": wanted})

    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(PDF)}")


@pytest.mark.parametrize(
    "wanted", ["bytes=3-1", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,4-5", "\xb2", "x" * 999]
)
def test_range_that_nobody_understands_gives_the_whole_file(client, wanted):
    response = client.get(address(material_with_file()), headers={"Range": wanted})

    assert (response.status_code, octets(response)) == (200, PDF)


def test_part_of_a_file_that_changed_meanwhile_is_the_whole_file(client):
    material = material_with_file()
    mark = client.get(address(material))["ETag"]

    same, other = (
        client.get(address(material), headers={"Range": "bytes=0-3", "If-Range": known}) for known in (mark, '"old"')
    )

    assert (same.status_code, other.status_code) == (206, 200)


@pytest.mark.parametrize("place", ["/", "/_media/"])
@pytest.mark.parametrize("name", ["slides.pdf", "ртуть.pdf", "50% of it?.pdf"])
def test_proxy_is_told_the_file_and_all_about_it(client, settings, name, place):
    material = material_with_file(name)
    whole = client.get(address(material))
    settings.FILES_BY_PROXY = place

    left = client.get(address(material))

    assert left.content == b""
    assert left["X-Accel-Redirect"] == place + quote(material.file.name)
    of_its_own = {"X-Accel-Redirect", "X-Request-ID", "Content-Length", "Vary"}
    assert {n: v for n, v in left.items() if n not in of_its_own} == {
        n: v for n, v in whole.items() if n not in of_its_own
    }


def test_proxy_is_told_nothing_of_a_file_that_is_known_or_gone(client, settings):
    settings.FILES_BY_PROXY = "/"
    material = material_with_file()
    known = client.get(address(material), headers={"If-None-Match": client.get(address(material))["ETag"]})
    material.file.storage.delete(material.file.name)

    gone = client.get(address(material))

    assert [(answer.status_code, "X-Accel-Redirect" in answer) for answer in (known, gone)] == [
        (304, False),
        (404, False),
    ]


def test_wrong_name_leads_to_the_right_one(client):
    material = material_with_file("Résumé.pdf")

    response = client.get(address(material, "../old name\0.pdf".replace("/", "")))

    assert (response.status_code, response["Location"]) == (302, address(material))


@pytest.mark.parametrize("hidden", ["session", "season"])
def test_file_of_what_is_not_published_is_not_there(client, hidden):
    material = material_with_file()
    where = address(material)
    assert client.get(where).status_code == 200

    target = {"session": material.session, "season": material.session.season}[hidden]
    type(target).objects.filter(pk=target.pk).update(is_published=False)

    assert client.get(where).status_code == 404


def test_file_below_another_session_is_not_there(client):
    material = material_with_file()
    other = SessionFactory(season=material.session.season)

    where = address(material).replace(f"/{material.session.slug}/", f"/{other.slug}/")

    assert client.get(where).status_code == 404


def test_link_is_not_a_file(client):
    material = MaterialFactory(session=session_over(), url="https://example.org/")

    assert client.get(address(material, "slides.pdf")).status_code == 404


def test_lost_file_is_not_there_and_in_the_log(client, caplog):
    material = material_with_file()
    material.file.storage.delete(material.file.name)

    response = client.get(address(material))

    assert response.status_code == 404
    assert f"the file of material {material.pk} is not on the disk" in caplog.messages


@pytest.mark.parametrize(
    "name", ["..%2f..%2fsettings.py", "%2e%2e", "%00", "%2fetc%2fpasswd", "x" * 3000, "\N{TEST TUBE}"]
)
def test_no_name_leads_out_of_the_folder(client, name):
    material = material_with_file()
    folder = address(material).rpartition("/")[0]

    response = client.get(f"{folder}/{name}")

    assert response.status_code in (302, 404)
    assert response.get("Location", address(material)) == address(material)


def test_number_of_any_length_is_not_there(client):
    material = material_with_file()

    assert client.get(address(material).replace(f"/{material.pk}/", f"/{'9' * 30}/")).status_code == 404


def test_only_safe_methods_are_answered(client):
    where = address(material_with_file())

    assert [getattr(client, method)(where).status_code for method in ("post", "put", "delete")] == [405, 405, 405]
    assert Material.objects.count() == 1
