"""Who somebody is: the person of that name behind that mailbox, stored when nobody knew them before."""

from contextlib import suppress
from operator import itemgetter

from django.db import OperationalError, transaction
from psycopg2.errors import LockNotAvailable

from registrations.models import Participant
from registrations.people import search
from registrations.people.identity import fold_address, fold_name

ROUNDS = 10


class NotFound(Exception):
    """A person could be neither stored nor found; their details were erased and stored again and again meanwhile."""


def find_or_store(season, email, fields) -> tuple[Participant, bool]:
    """The person with these `fields`, locked, and whether they are new; somebody who erased their details just now is.

    Most people are new, so they are stored first. A person who is known is passed over without an error: the log of
    the database would keep what the statement says of them.
    """
    person = {"season": season, "mailbox": fold_address(email), "name_key": fold_name(fields["name"])}
    found_by = search.text_of(name=fields["name"], email=email, organisation=fields["organisation"])
    # Another round for who found somebody whose details were erased between the statements.
    for _ in range(ROUNDS):
        new = Participant(email=email, search_text=found_by, **person, **fields)
        Participant.objects.bulk_create([new], ignore_conflicts=True)
        # Asked for by the key, since a row that may have been passed over gives back no id.
        if pk := Participant.objects.filter(key=new.key).values_list("pk", flat=True).first():
            new.pk = pk
            return new, True
        with suppress(_AnotherMeanwhile), transaction.atomic():
            return _found(person), False
    raise NotFound


class _AnotherMeanwhile(Exception):
    """Whoever was found has another name or mailbox by now, or is erased."""


def _found(person) -> Participant:
    """Locked. PostgreSQL also keeps the lock of a row that is another one by the time it is locked.

    Inside a savepoint, so that this lock goes: who renames that row waits for it, and has the name that is stored next.
    """
    found = Participant.objects.locked().filter(anonymised_at=None, **person).first()
    if found is None:
        raise _AnotherMeanwhile
    found.season = person["season"]
    return found


def confirm(person, consent, *, now):
    """A locked person counts from now on, and agrees by themselves, where somebody else had named them."""
    if person.confirmed_at:
        return
    person.confirmed_at = person.consented_at = now
    person.consent_version, person.consent_text = consent.version, consent.text
    person.save(update_fields=["confirmed_at", "consented_at", "consent_version", "consent_text"])


def lock(people):
    """Lock these people one after the other, in the order in which a delegation stores and finds its people.

    Not in that of their ids, which new people do not have yet; nor by the database, whose languages sort otherwise.
    Somebody may get another name meanwhile, and who reads it has another order. So nobody is waited for while others
    are held: those are let go, and who is waited for comes first.
    """
    awaited = None
    while True:
        in_order = sorted(people.values_list("pk", "mailbox", "name_key"), key=itemgetter(1, 2, 0))
        pks = sorted((pk for pk, *_identity in in_order), key=lambda pk: pk != awaited)
        try:
            with transaction.atomic():
                for position, pk in enumerate(pks):
                    awaited = pk
                    Participant.objects.locked(nowait=position > 0).filter(pk=pk).values_list("pk").first()
            return
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise


def reserve(person, *, mailbox=None, name_key=None) -> bool:
    """Whether nobody is yet who this person would be with another `mailbox` or `name_key`, both folded; then nobody
    else becomes it before the commit.

    A row like that is stored and deleted at once: who stores the same meanwhile waits for this transaction. An UPDATE
    alone would fail where somebody was faster, and the log of the database would keep its statement.
    """
    reserved = Participant(
        season_id=person.season_id,
        mailbox=person.mailbox if mailbox is None else mailbox,
        name_key=person.name_key if name_key is None else name_key,
        consented_at=person.consented_at,
    )
    Participant.objects.bulk_create([reserved], ignore_conflicts=True)
    number, _by_model = Participant.objects.filter(key=reserved.key).delete()
    return number > 0
