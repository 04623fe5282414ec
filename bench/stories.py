"""Stories of load, each with people of its own: the opening, the start minute, a new time for many, a full database."""

import json
import time
from datetime import timedelta

from django.utils import timezone

from bench import came_before, desk, fan_out, figures, million, other_sites, processes, rows, seed
from bench.browser import Browser
from bench.crowd import Crowd
from bench.sign_up import SignUp
from registrations.models import Registration
from sessions.models import Occurrence, Season

PEOPLE_AT_OPENING, PLACES, CONNECTIONS = 2000, 500, 64
PEOPLE_AT_START = 1000


def run(servers, names, share, say) -> dict:
    servers.start_beat()
    stories = {"opening": opening, "start-minute": start_minute, "many": many, "million": million.run}
    stories |= {"came-before": came_before.run, "processes": processes.run, "rows": rows.run}
    stories |= {"desk": desk.run, "figures": figures.run, "other-sites": other_sites.many_readers}
    results = {}
    for name in names:
        say(f"story: {name}")
        results[name] = stories[name](servers, share)
        say(json.dumps(results[name], indent=1))
    return results


def opening(servers, share) -> dict:
    """Everybody wants one of the places at the same moment; who finds them taken gets an answer that says so."""
    people, places = int(PEOPLE_AT_OPENING * share), int(PLACES * share)
    session, slot = next(iter(seed.first_slots(Season.objects.get(slug=seed.COMING)).items()))
    Occurrence.objects.filter(pk=slot.pk).update(capacity=places)
    crowd, before = Crowd(), servers.mails()[0]
    visitors = [SignUp(servers.port, {session: slot}, tag="opening", ask=crowd.ask).run for _ in range(people)]
    seconds, ended = crowd.come(visitors, CONNECTIONS), time.time()
    confirmed = Registration.objects.confirmed().filter(occurrence=slot).count()
    last = servers.wait_for_mails(before + confirmed)
    Occurrence.objects.filter(pk=slot.pk).update(capacity=seed.PLACES)
    return {
        "people": people,
        "connections": CONNECTIONS,
        "places": places,
        "too_many": max(0, confirmed - places),
        "too_few": max(0, places - confirmed),
        "seconds": seconds,
        "sign_ups_a_second": people / seconds,
        "mails": servers.mails()[0] - before,
        "seconds_from_the_last_answer_to_the_last_mail": max(0.0, last - ended),
        **crowd.figures(),
    }


def start_minute(servers, share) -> dict:
    """Everybody opens the join link and presses the button, spread over a minute, while the meeting is open."""
    people = int(PEOPLE_AT_START * share)
    slot = fan_out.slot_with_people(people, "joiner")
    now = timezone.now()
    times = {"starts_at": now + timedelta(minutes=5), "ends_at": now + timedelta(minutes=65)}
    Occurrence.objects.filter(pk=slot.pk).update(meeting_url="https://meeting.example/room", **times)
    keys = list(slot.registrations.values_list("join_key", flat=True))
    crowd = Crowd()
    seconds = crowd.come([lambda key=key: _join(servers, crowd, key) for key in keys], CONNECTIONS)
    joined = slot.registrations.filter(joined_at__isnull=False).count()
    return {"people": people, "joined": joined, "seconds": seconds, "a_minute": 60 * people / seconds} | crowd.figures()


def _join(servers, crowd, key):
    browser, address = Browser(servers.port), f"/join/{key}/"
    token = crowd.ask("open_the_link", lambda: browser.get(address)).hidden("csrfmiddlewaretoken")
    answer = crowd.ask("press_the_button", lambda: browser.post(address, {"csrfmiddlewaretoken": token}))
    browser.close()
    assert answer.status == 200, answer.status


def many(servers, share) -> dict:
    """A new time for 1,000 and for 10,000: the second must cost ten times the first and no more."""
    few = fan_out.measure(servers, people=int(1000 * share), tag="few-")
    more = fan_out.measure(servers, people=int(10_000 * share), tag="many-", seconds=600)
    return {
        "for_1000": few,
        "for_10000": more,
        "cpu_a_person_of_many_to_few": more["cpu_ms_a_person"] / few["cpu_ms_a_person"],
    }
