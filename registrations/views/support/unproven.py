"""Forms that came without the token of a cookie: of whom they are taken, and how they are shown again to the others."""


def needs_no_cookie(view):
    """The form is taken without the token, from a page of ours: nobody is signed in for it.

    Where the browser does not say from which page it comes, the view is asked as if somebody opened its page, with what
    was sent in `typed` (minamata_online/middleware/staff_gate.py).
    """
    view.needs_no_cookie = True
    return view


def typed(request):
    """What was sent in such a form, to be shown again and never acted on; None for any other request.

    Such a request has nothing in its `POST`.
    """
    return getattr(request, "unproven", None)
