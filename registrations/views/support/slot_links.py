"""What a link to the form of a sign-up asks for: one time slot, sessions, a place on a waiting list."""

from registrations.presenters.slot_choices import TO_WAIT, chosen_among


def asked_for(query, on_offer) -> dict:
    """Initial values of the form; a link to a time slot ticks its session and chooses this slot.

    `wait` says that a full slot means its waiting list. What the season has not got is left out, so that nobody can
    make more answers than there are slots and sessions; of a slot that is gone the form says so.
    """
    known = {offer.session.slug for offer in on_offer}
    initial = {"session": [slug for slug in query.getlist("session") if slug in known], "wait": "wait" in query}
    if "slot" not in query:
        return initial
    slot = query["slot"]
    is_number = not slot.startswith(TO_WAIT)
    chosen = is_number and choosing(f"{TO_WAIT if initial['wait'] else ''}{slot}", initial, on_offer)
    return chosen or initial | {"is_lost": True}


def choosing(sent, initial, on_offer) -> dict | None:
    """These values with the slot whose button sent this, and its session ticked; None if there is no such slot."""
    found = [offer for offer in on_offer if chosen_among(offer.slots, sent).slot]
    if not found:
        return None
    [session] = [offer.session for offer in found]
    ticked = list(dict.fromkeys([*initial["session"], session.slug]))
    return initial | {"session": ticked, f"slot-{session.pk}": sent}
