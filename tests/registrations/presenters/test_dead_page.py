"""A page on which nothing works."""

import pytest

from registrations.presenters import dead_page


@pytest.mark.parametrize(
    ("page", "dead"),
    [
        ('<a href="/my/key/">x</a>', '<a role="link" aria-disabled="true">x</a>'),
        ('<a class="b" href="#mails">x</a>', '<a class="b" href="#mails">x</a>'),
        ('<a href="/staff/" data-works>x</a>', '<a href="/staff/" data-works>x</a>'),
        ('<form method="post" action="/my/key/add/">x</form>', "<form>x</form>"),
        ('<button class="b" formaction="/x/">x</button>', '<button class="b" disabled>x</button>'),
        ('<input type="hidden" name="csrfmiddlewaretoken" value="secret">', ""),
        ('<input name="a" value="&quot;1&quot;">', '<input name="a" value="&quot;1&quot;" disabled>'),
        ('<script src="/site.js"></script>', ""),
        ("<!doctype html><p>&lt;b&gt; &#233; – ü</p>", "<!doctype html><p>&lt;b&gt; &#233; – ü</p>"),
        ("<p>1 <br/> 2</p><!-- no words -->", "<p>1 <br/> 2</p>"),
    ],
)
def test_words_stay_and_what_acts_goes(page, dead):
    assert dead_page.of(page) == dead
