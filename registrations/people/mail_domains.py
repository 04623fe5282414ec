"""Addresses that look like a slip of the finger in one of the commonest mail domains."""

from difflib import get_close_matches

# Where most private addresses are: large providers, and the largest ones of countries.
COMMON = frozenset(
    """
    gmail.com googlemail.com yahoo.com ymail.com rocketmail.com hotmail.com outlook.com live.com msn.com aol.com
    icloud.com me.com mac.com mail.com mailo.com email.com protonmail.com protonmail.ch proton.me gmx.com gmx.net gmx.de
    web.de t-online.de yahoo.fr yahoo.co.uk yahoo.co.in yahoo.com.br hotmail.fr hotmail.co.uk orange.fr wanadoo.fr
    laposte.net free.fr mail.ru yandex.ru yandex.com qq.com 163.com 126.com foxmail.com naver.com rediffmail.com
    libero.it
    """.split()  # noqa: SIM905
)
# Of short ones, and of these two, there are too many that differ by a letter and belong to somebody.
SHORTEST, TOO_PLAIN = 9, {"email.com", "ymail.com"}
LIKELY = tuple(sorted(domain for domain in COMMON - TOO_PLAIN if len(domain) >= SHORTEST))
# One letter missing, doubled, wrong or swapped with its neighbour.
LIKENESS = 0.88


def likely_meant(address: str) -> str:
    """name@gmail.com for name@gmial.com; empty where nothing looks wrong."""
    local, _at, domain = address.rpartition("@")
    if domain in COMMON:
        return ""
    likely = get_close_matches(domain, filter(_is_no_sibling_of(domain), LIKELY), n=1, cutoff=LIKENESS)
    return f"{local}@{likely[0]}" if likely else ""


def _is_no_sibling_of(domain):
    """hotmail.gr is no slip of hotmail.fr, nor hotmail.com.ar of hotmail.com: providers have one in each country."""
    name = domain.partition(".")[0]
    is_in_a_country = domain.startswith(f"{name}.com.")
    return lambda common: common.partition(".")[0] != name or (common == f"{name}.com" and not is_in_a_country)
