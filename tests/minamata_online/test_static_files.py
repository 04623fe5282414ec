"""Static files as production serves them; `tests/script/test_server.py` collects them."""

from minamata_online.static_files import without_comments


def test_comments_that_are_lines_of_their_own_go():
    style = "/* One\n   two. */\na { b: c; }\n"
    script = '// One\nvar a = "https://b"; \n  // Two\n}\n'

    assert without_comments("site.css", style) == "a { b: c; }\n"
    assert without_comments("site.js", script) == 'var a = "https://b"; \n}\n'
