"""Sheets (PDF) and pictures (PNG), set by typst from the templates in `templates/typst/` and values handed in as data.

    from sessions.typesetting import typesetter

    try:
        octets = typesetter.pdf("certificate", {"name": person.name}, title=_("Certificate"), language="ar")
    except typesetter.MissingCharacters as problem:
        words = _("These characters cannot be printed: %(characters)s") % {"characters": problem.characters}

`typesetter.as_far_as_it_goes` leaves such characters out. `typesetter.png` takes the same as `pdf` and gives the only
page as a picture, one pixel for each point. A template begins so:

    #import "base.typ": sheet, values, isolated
    #show: sheet
    = #isolated(values.name)

`sheet` sets the fonts, the language, the direction, the title; `values` are the values; `isolated` keeps a text of
another direction from turning what stands beside it. Values are data and never markup: `#`, `$`, `*` and the like in
a name come out as typed. Which characters the fonts have is in `fonts/README.md`.
"""
