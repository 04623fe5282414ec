"""What a link to the form of a sign-up asks for: one time slot, sessions, a place on a waiting list."""

from registrations.presenters.slot_choices import TO_WAIT


def asked_for(query, on_offer) -> dict:
    """Initial values of the form; a link to a time slot ticks its session and chooses this slot.

    `wait` says that a full slot means its waiting list. What the season has not got is left out, so that nobody can
    make more answers than there are slots and sessions; of a slot that is gone the form says so.
    """
    known = {offer.session.slug for offer in on_offer}
    initial = {"session": [slug for slug in query.getlist("session") if slug in known], "wait": "wait" in query}
    if "slot" not in query:
        return initial
    found = [(offer, slot) for offer in on_offer for slot in offer.slots if str(slot.pk) == query["slot"]]
    if not found:
        return initial | {"is_lost": True}
    [(offer, slot)] = found
    ticked = list(dict.fromkeys([*initial["session"], offer.session.slug]))
    chosen = f"{TO_WAIT if initial['wait'] else ''}{slot.pk}"
    return initial | {"session": ticked, f"slot-{offer.session.pk}": chosen}
