"""A page of the site as one of an archive."""

import pytest

from sessions.archive.rewriting import rewritten


def leads_to(link):
    return {"/a/": "a.html", "/site.css": "site.css"}.get(link)


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<!doctype html><p class=x>A &amp; b &#8211; c</p>", "<!doctype html><p class=x>A &amp; b &#8211; c</p>"),
        ('<a class="k" href="/a/">A</a>', '<a class="k" href="a.html">A</a>'),
        ('<a href="/b/" class="button" lang="ar"><b>B</b></a>', '<span lang="ar"><b>B</b></span>'),
        ('<link rel="stylesheet" href="/site.css">', '<link rel="stylesheet" href="site.css">'),
        ('<link rel="canonical" href="/a/"><meta property="og:url" content="x"><p>', "<p>"),
        ('<meta name="description" content="y">', '<meta name="description" content="y">'),
        ('<img src="/gone.png" alt="x">', ""),
        ("<form><form></form><input>a</form>b<script>'</form>'</script><button>c</button><input>", "b"),
        ("<noscript>Words</noscript>", "Words"),
        ('<svg viewBox="0 0 1 1"><path d="M0"/></svg><!--clock-->', '<svg viewBox="0 0 1 1"><path d="M0"/></svg>'),
        ('<a href="/a/" title="&quot;&lt;">x</a>', '<a href="a.html" title="&quot;&lt;">x</a>'),
    ],
)
def test_page_stays_as_it_was_but_for_what_an_archive_has_not(html, kept):
    assert rewritten(html, leads_to) == kept
