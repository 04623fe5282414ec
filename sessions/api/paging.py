"""A part of a long list, and the addresses of the parts before and after it."""

from django.conf import settings

USUAL, MOST, FURTHEST = 50, 100, 10_000


def page(request, found, part, values=lambda each: each) -> dict:
    """`part` has `limit` and `offset`; `values` are made of what is in the part alone."""
    begins, ends = part.offset, part.offset + part.limit
    return {
        "count": len(found),
        "next": _address(request, offset=ends) if ends < len(found) else None,
        "previous": _address(request, offset=max(0, begins - part.limit)) if begins and found else None,
        "items": [values(each) for each in found[begins:ends]],
    }


def _address(request, *, offset) -> str:
    asked = request.GET.copy()
    asked["offset"] = offset
    return f"{settings.SITE_URL}{request.path}?{asked.urlencode()}"
