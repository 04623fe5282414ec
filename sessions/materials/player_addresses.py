"""From the link with which people watch a recording to the address of its player, for the sites that are known."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

YOUTUBE_ID, VIMEO_ID = r"(?P<id>[A-Za-z0-9_-]{11})", r"(?P<id>[0-9]{6,12})"
VIMEO_KEY = r"(?:/(?P<h>[0-9a-f]{6,20}))?"
# 90, 90s, 1m30s, 1h2m3s
MOMENT = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,5})s?)?", re.ASCII)


class NotOneRecording(ValueError):
    """The link leads to the site of the player, but not to one recording; the message is a link that would."""


@dataclass(frozen=True)
class Site:
    """`patterns` are hosts and what the path of a link looks like there; the path of a player is `player` and an id.

    Another path that begins so may lead to any page of the site: browsers go up at "..".
    """

    players: tuple[str, ...]
    player: str
    id: str
    patterns: tuple[tuple[tuple[str, ...], str], ...]
    example: str

    @property
    def hosts(self) -> set[str]:
        return {*self.players, *(host for hosts, _path in self.patterns for host in hosts)}


# Hosts that PLAYER_HOST may name; the first of them sets no cookie before somebody plays.
YOUTUBE_PLAYERS = ("www.youtube-nocookie.com", "youtube-nocookie.com", "www.youtube.com")
YOUTUBE_PAGES = ("www.youtube.com", "youtube.com", "m.youtube.com")
VIMEO_PAGES = ("vimeo.com", "www.vimeo.com")
# An id that is not in the path is `v` in the query.
YOUTUBE = Site(
    players=YOUTUBE_PLAYERS,
    player="/embed/",
    id=YOUTUBE_ID,
    patterns=(
        (YOUTUBE_PAGES, "/watch/?"),
        ((*YOUTUBE_PAGES, *YOUTUBE_PLAYERS), f"/(?:embed|live|shorts)/{YOUTUBE_ID}/?"),
        (("youtu.be",), f"/{YOUTUBE_ID}/?"),
    ),
    example="https://www.youtube.com/watch?v=…",
)
VIMEO = Site(
    players=("player.vimeo.com",),
    player="/video/",
    id=VIMEO_ID,
    patterns=(
        (VIMEO_PAGES, f"/{VIMEO_ID}{VIMEO_KEY}/?"),
        (VIMEO_PAGES, f"/(?:channels/[^/]+|groups/[^/]+/videos|(?:showcase|album)/[0-9]+/video)/{VIMEO_ID}/?"),
        (("player.vimeo.com",), f"/video/{VIMEO_ID}/?"),
    ),
    example="https://vimeo.com/…",
)
SITES = (YOUTUBE, VIMEO)


def of_link(url, host) -> str:
    """The address of the player on `host`; empty where the link leads elsewhere.

    What is the address of a player there already stays as it is. Raises NotOneRecording.
    """
    parts, site = _parts(url), next((each for each in SITES if host in each.players), None)
    if parts is None or not host:
        return ""
    is_there = parts.scheme == "https" and parts.netloc.lower() == host
    if is_there and (site is None or re.fullmatch(site.player + site.id, parts.path)):
        return url
    if site is None or parts.hostname not in site.hosts:
        return ""
    return f"https://{host}{site.player}{_recording(site, parts)}"


def _parts(url) -> SplitResult | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") else None


def _recording(site, parts) -> str:
    """The end of the address of its player. A name or a port beside the host is refused, as no link to watch has it."""
    paths = [path for hosts, path in site.patterns if parts.netloc.lower() in hosts]
    found = next(filter(None, (re.fullmatch(path, parts.path) for path in paths)), None)
    said = parse_qs(parts.query)
    known = found.groupdict() if found else {}
    number = known.get("id") or (_number_in(said.get("v", [])) if found else None)
    if number is None:
        raise NotOneRecording(site.example)
    if site is YOUTUBE:
        return number + _youtube(said)
    return number + _vimeo(known.get("h") or said.get("h", [""])[0], parts.fragment)


def _number_in(found) -> str | None:
    match = re.fullmatch(YOUTUBE_ID, found[0]) if len(set(found)) == 1 else None
    return match and match["id"]


def _youtube(said) -> str:
    seconds = _seconds(said.get("t", said.get("start", [""]))[0])
    return f"?{urlencode({'start': seconds})}" if seconds else ""


def _vimeo(key, fragment) -> str:
    """`dnt` asks the site not to follow who watches; `h` is the key of a recording that is in no list."""
    known = {"h": key} if re.fullmatch("[0-9a-f]{6,20}", key) else {}
    seconds = _seconds(parse_qs(fragment).get("t", [""])[0])
    return f"?{urlencode(known | {'dnt': 1})}" + (f"#t={seconds}s" if seconds else "")


def _seconds(text) -> int:
    """0 where the text says no moment."""
    found = MOMENT.fullmatch(text)
    hours, minutes, seconds = (int(each or 0) for each in found.groups()) if found else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds
