"""The content security policy: what a page may load, and from where."""

from csp.constants import NONE, SELF


def policy(*, shows_mails: bool) -> dict:
    """For CONTENT_SECURITY_POLICY; the development mailbox shows the HTML of a mail in a sandboxed frame."""
    directives = {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
    if shows_mails:
        directives["frame-src"] = [SELF]
    return {"DIRECTIVES": directives}


def player(host) -> dict:
    """For PLAYER_POLICY: what a page with a recording of that site may show besides."""
    return {"frame-src": [f"https://{host}"]} if host else {}
