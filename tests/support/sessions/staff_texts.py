"""Texts of staff whose every column can be told from all others, in English alone or with a translation."""

import re
from string import ascii_uppercase

from django.utils.translation import override

from registrations.models import Delegation, Invitation, NextSeasonSubscriber, Participant
from sessions import models, translations
from sessions.models import SpeakerQuestion
from tests.factories import AskedQuestionFactory, QuestionFactory, SpeakerFactory
from tests.support import site_map
from tests.support.directions import said_in

ENGLISH, ARABIC = "Onlyinenglish", "بالعربية"
OF_STAFF = re.compile(rf"{ENGLISH}\w*")
# A place has its name in every language, or none but this one: WCAG 2.2, 3.1.2 asks for no mark then.
PROPER_NAMES = {f"{ENGLISH}seasonplace"}
MODELS = [model for model in vars(models).values() if hasattr(model, "TRANSLATED")]


def one_with_questions() -> dict:
    """One row of everything, with a speaker, and with questions of each kind."""
    rows = site_map.one_of_everything()
    session = rows["registration"].session
    SpeakerFactory(session=session)
    asked = AskedQuestionFactory(question__session=session, question__wording="Why?", question__answer="So.")
    SpeakerQuestion.objects.filter(pk=asked.question_id).update(published_at=asked.asked_at)
    for owner in ({"season": session.season}, {"season": None, "session": session}):
        QuestionFactory(**owner)
        QuestionFactory(**owner, kind="one", choices=["a", "b"])
        # So many are a list to open.
        QuestionFactory(**owner, kind="one", choices=list("abcdefg"), is_required=True)
    return rows


def write_all(*, translated):
    """Each English text is a word of its own, each translation into Arabic another."""
    for model in MODELS:
        for row in model.objects.all():
            for name in model.TRANSLATED:
                _write(row, name, translated)
            row.save()


def _write(row, name, translated):
    if isinstance(getattr(row, name), list):
        letters = ascii_uppercase[: len(getattr(row, name))]
        setattr(row, name, [f"{ENGLISH}{each}" for each in letters])
        arabic = [f"{ARABIC} {each}" for each in letters]
    else:
        setattr(row, name, f"{ENGLISH}{row._meta.model_name}{name.replace('_', '')}")
        arabic = f"{ARABIC} {row._meta.model_name} {name}"
    if translated:
        translations.put(row, name, "ar", arabic)


def all_in_arabic():
    """Who reads and gets mails does so in Arabic."""
    for model in (Participant, Invitation, NextSeasonSubscriber):
        model.objects.update(language="ar")
    for asked in Delegation.objects.all():
        asked.details = asked.details | {"language": "ar"}
        asked.save()


def arabic_pages(rows) -> dict[str, str]:
    """The HTML of every page in Arabic that somebody sees who has its key, by name."""
    client = site_map.everybody(rows)[site_map.PARTICIPANT]
    names, found = list(site_map.routes()), {}
    with override("ar"):
        addresses = {name: site_map.opened_by(rows, name) for name in names}
    for name, address in addresses.items():
        answer = client.get(address)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        if is_page and '<html lang="ar"' in answer.text:
            found[name] = answer.text
    return found


def unmarked(html) -> set[str]:
    """English texts of staff in elements whose language is Arabic."""
    return set(OF_STAFF.findall(said_in(html, "ar"))) - PROPER_NAMES
