"""Where sign-ups come from, as a number that nobody can turn back into an address: security data, kept a day."""

from django.utils.crypto import salted_hmac

from registrations.limits import rates

SALT = "registrations.limits.clients"


def digest(request) -> str:
    """The same for all forms of one client, while the secret key of the site is the same."""
    return salted_hmac(SALT, rates.client_of(request), algorithm="sha256").hexdigest()[:32]
