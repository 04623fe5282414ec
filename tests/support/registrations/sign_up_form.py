"""The forms of the sign-up and of a delegation as a browser sends them, and what their pages show."""

from tests.support.page_forms import forms_in


def typed(*slots, **changes):
    """What a browser sends; a change to None leaves the field out."""
    sent = {
        "session": [slot.session.slug for slot in slots],
        "timezone": "Africa/Nairobi",
        "name": "Amina Otieno",
        "email": "amina@example.org",
        "organisation": "Ministry of Environment",
        "country": "404",
        "stakeholder": "party",
        "access_needs": "Captions, please",
        "consent": "on",
        "submission": "form-1",
    } | {f"slot-{slot.session.pk}": slot.pk for slot in slots}
    return {name: value for name, value in (sent | changes).items() if value is not None}


def page_of(response):
    return response.context["page"]


def choice_of(response, slot):
    return next(choice for choice in page_of(response).choices if choice.session == slot.session)


def delegation_of(*slots, people=(("Omar Said", ""), ("Juma Kiptoo", "juma@example.org")), **changes):
    """What a browser sends: the lines that are not named here are empty."""
    lines = {"lines": max(5, len(people)), "name": "Focal Point", "email": "point@example.org"}
    lines["takes_part"] = "no"
    for number, (name, email) in enumerate(people):
        lines |= {f"person-{number}-name": name, f"person-{number}-email": email}
    return typed(*slots, **lines | changes)


def corrected(**changes):
    sent = {
        "name": "Amina Otieno",
        "organisation": "Ministry",
        "country": "404",
        "stakeholder": "party",
        "timezone": "Asia/Kathmandu",
        "access_needs": "",
    }
    return sent | changes


WHO = {
    "timezone": "Africa/Nairobi",
    "name": "Amina Otieno",
    "email": "amina@example.org",
    "country": "404",
    "stakeholder": "party",
    "consent": "on",
}


def filled_in(response, **changes) -> dict:
    """The form of a page as a browser sends it: what stands in it, then what the person typed, then the changes."""
    [form] = [each for each in forms_in(response.text, "/") if each.method == "post"]
    in_page = {name: values for name, values in form.values.items() if any(values)}
    return {name: value for name, value in (WHO | in_page | changes).items() if value is not None}
