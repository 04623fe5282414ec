"""How the parts of a mail look that come up in many of them: mail programs read `style` attributes and little else."""

STYLES = {
    "title": "margin:0 0 12px; font-size:24px; line-height:1.25; font-weight:bold;",
    "heading": "margin:32px 0 8px; font-size:17px; line-height:1.35; font-weight:bold;",
    "button_place": "margin:24px 0;",
    "button": (
        "display:inline-block; padding:12px 20px; background:#173f54; color:#ffffff; font-weight:bold; "
        "text-decoration:none; border-radius:4px;"
    ),
}
