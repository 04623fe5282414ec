"""The rules of WCAG and of good practice that axe checks on each page."""

# Else axe also describes every element that breaks no rule, which takes as long as looking for those that do.
BROKEN_ONLY = {"resultTypes": ["violations"]}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": TAGS} | BROKEN_ONLY
# Those of them that look at colours.
COLOUR_RULES = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}} | BROKEN_ONLY


def violations_in_the_dark(page) -> list[dict]:
    """On a page at which axe has looked in the light: the dark has other colours, and nothing else."""
    # Without motion the colours change at once.
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found = page.evaluate("rules => axe.run(rules)", COLOUR_RULES)["violations"]
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    return found
