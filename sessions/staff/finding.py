"""One box for all that staff look for: each room of the desk adds what it finds."""

from dataclasses import dataclass

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

# Of more the list of each kind has the rest.
MOST = 20


@dataclass(frozen=True)
class Found:
    """One kind of things: rows of a name, what tells it from others, and its address. `all_of_them` may be empty."""

    heading: str
    rows: list[tuple[str, str, str]]
    all_of_them: str = ""


def page(request, site):
    """Finders are functions of the request and the words that give a Found, or None to whom may not see its things."""
    typed = " ".join(request.GET.get("q", "").split())[:200]
    kinds = [found for finder in site.finders if (found := finder(request, typed))] if typed else []
    context = site.each_context(request) | {
        "title": _("Find"),
        "typed": typed,
        "kinds": kinds,
        "is_found": any(found.rows for found in kinds),
    }
    return TemplateResponse(request, "admin/find.html", context)
