"""Links with which people watch, as staff copy them, and the addresses of the players that they become."""

import pytest

from sessions.materials.player_addresses import NotOneRecording, of_link

QUIET, VIMEO = "www.youtube-nocookie.com", "player.vimeo.com"
ID = "dQw4w9WgXcQ"
FILM = f"https://{QUIET}/embed/{ID}"
CLIP = f"https://{VIMEO}/video/76979871?dnt=1"


@pytest.mark.parametrize(
    "link",
    [
        f"https://www.youtube.com/watch?v={ID}",
        f"http://youtube.com/watch/?v={ID}",
        f"https://WWW.YouTube.COM/watch?v={ID}",
        f"https://m.youtube.com/watch?app=desktop&v={ID}&pp=x",
        f"https://www.youtube.com/watch?v={ID}&list=PL0123456789&index=4",
        f"https://www.youtube.com/watch?v={ID}&v={ID}",
        f"https://youtu.be/{ID}?si=AbC",
        f"https://youtu.be/{ID}/",
        f"https://www.youtube.com/live/{ID}?feature=share",
        f"https://www.youtube.com/shorts/{ID}",
        f"https://www.youtube.com/embed/{ID}?rel=0",
        f"https://www.youtube.com/watch?v={ID}&t=soon",
        f"https://www.youtube.com/watch?v={ID}#comments",
    ],
)
def test_link_to_youtube_becomes_its_player_and_nothing_else_of_it_stays(link):
    assert of_link(link, QUIET) == FILM


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("t=90", 90), ("t=90s", 90), ("t=1m30s", 90), ("t=1h2m3s", 3723), ("t=2h", 7200), ("start=7", 7)],
)
def test_moment_at_which_it_begins_stays(said, seconds):
    assert of_link(f"https://youtu.be/{ID}?{said}", QUIET) == f"{FILM}?start={seconds}"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://vimeo.com/76979871", CLIP),
        ("https://www.vimeo.com/76979871?share=copy", CLIP),
        ("https://Vimeo.com/channels/staffpicks/76979871", CLIP),
        ("https://vimeo.com/groups/mercury/videos/76979871", CLIP),
        ("https://vimeo.com/showcase/1234567/video/76979871", CLIP),
        ("https://vimeo.com/76979871/0123abcdef", CLIP.replace("?", "?h=0123abcdef&")),
        ("https://vimeo.com/76979871?h=0123abcdef", CLIP.replace("?", "?h=0123abcdef&")),
        ("https://vimeo.com/76979871?h=%22onload", CLIP),
        ("https://vimeo.com/76979871#t=1m5s", f"{CLIP}#t=65s"),
    ],
)
def test_link_to_vimeo_becomes_its_player(link, address):
    assert of_link(link, VIMEO) == address


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (f"{FILM}?cc_load_policy=1", QUIET),
        (f"https://{QUIET}/embed/videoseries?list=PL0123456789", QUIET),
        (f"https://{QUIET}/embed/live_stream?channel=UC0123456789", QUIET),
        (f"https://{VIMEO}/video/76979871?h=0123abcdef", VIMEO),
        ("https://player.example.org/anything", "player.example.org"),
    ],
)
def test_address_of_a_player_stays_as_it_is(address, host):
    assert of_link(address, host) == address


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://www.youtube.com/", QUIET),
        ("https://www.youtube.com/watch", QUIET),
        ("https://www.youtube.com/watch?v=", QUIET),
        (f"https://www.youtube.com/watch?v={ID}x", QUIET),
        (f"https://www.youtube.com/watch?v={ID}&v=AAAAAAAAAAA", QUIET),
        (f"https://www.youtube.com/WATCH?v={ID}", QUIET),
        ("https://www.youtube.com/watch?v=../../x/%22%3E", QUIET),
        ("https://www.youtube.com/playlist?list=PL0123456789", QUIET),
        ("https://www.youtube.com/@minamata", QUIET),
        ("https://www.youtube.com/channel/UC0123456789", QUIET),
        ("https://youtu.be/", QUIET),
        (f"https://youtu.be/{ID}/more", QUIET),
        (f"https://me@www.youtube.com/watch?v={ID}", QUIET),
        (f"https://www.youtube.com:8443/watch?v={ID}", QUIET),
        (f"https://{QUIET}/", QUIET),
        (f"https://{QUIET}/embed/", QUIET),
        (f"https://{QUIET}/embed/../redirect?q=https://evil.example", QUIET),
        (f"https://{QUIET}/embed/%2e%2e/redirect", QUIET),
        (f"https://{QUIET}/embed/{ID}/../../redirect", QUIET),
        (f"https://{VIMEO}/video/../76979871/download", VIMEO),
        ("https://vimeo.com/minamata", VIMEO),
        ("https://vimeo.com/event/1234567", VIMEO),
        ("https://vimeo.com/１２３４５６７", VIMEO),
    ],
)
def test_link_to_the_site_that_is_no_single_recording_is_refused(link, host):
    with pytest.raises(NotOneRecording):
        of_link(link, host)


@pytest.mark.parametrize(
    "link",
    [
        "",
        f"https://www.youtube.com.evil.example/watch?v={ID}",
        f"https://www.youtube.com@evil.example/watch?v={ID}",
        f"https://evil.example/www.youtube.com/watch?v={ID}",
        f"https://notyoutube.com/watch?v={ID}",
        f"https://www.yоutube.com/watch?v={ID}",
        f"https://www.youtube.com./watch?v={ID}",
        f"ftp://www.youtube.com/watch?v={ID}",
        f"javascript://www.youtube.com/watch?v={ID}",
        f"//www.youtube.com/watch?v={ID}",
        "https://[www.youtube.com/watch",
        "https://vimeo.com/76979871",
    ],
)
def test_link_to_another_site_stays_a_link(link):
    assert of_link(link, QUIET) == ""


def test_without_a_player_or_with_that_of_another_site_nothing_plays():
    assert {of_link(f"https://youtu.be/{ID}", host) for host in ("", VIMEO, "player.example.org")} == {""}
