"""Files as staff choose them, and the form of a session that takes them."""

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from sessions.models import Material
from tests.factories import MaterialFactory, OccurrenceFactory, SessionFactory
from tests.support.sessions.admin_pages import edit_session, errors_of

PDF = b"%PDF-1.7\n" + b"slides " * 300
OVER = {"starts_at": "2020-10-08T13:00:00Z", "ends_at": "2020-10-08T14:00:00Z"}


def upload(name="slides.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def session_over(**session):
    slot = OccurrenceFactory(session=SessionFactory(**session), **OVER)
    slot.refresh_from_db()
    return slot.session


def material_with_file(name="slides.pdf", content=PDF, **material):
    material = {"size": len(content)} | material
    session = material.pop("session", None) or session_over()
    return MaterialFactory(session=session, file=ContentFile(content, name=name), **material)


def add_material(client, session, **typed):
    """Add one new material in the form of the session and send it."""
    fields = {"kind": "slides", "title": "Slides", "url": "", "language": "", "megabytes": "", "position": 0} | typed
    new = {f"materials__0__{name}": value for name, value in fields.items()}
    return edit_session(client, session, materials__TOTAL_FORMS=1, **new)


def refused(response, field) -> str:
    """What the form says beside this field of a material, and beside no other."""
    assert response.status_code == 200
    [errors] = errors_of(response, "materials")
    assert list(errors) == [field]
    assert not Material.objects.filter(file__gt="").exists()
    return " ".join(errors[field])


def files_in(folder) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
