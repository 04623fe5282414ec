"""Bars of the ratios, one a row, with a line where the target is; readable on light and dark pages."""

from html import escape

ROW, LEFT, RIGHT, TOP = 26, 130, 110, 16
WIDTH = 520
COLOURS = {"met": "#1a7f4b", "missed": "#c2410c", "–": "#6b7280"}


def bars(rows) -> str:
    shown = [row for row in rows if row["against"] == "bare"]
    longest = max(max(row["ratio"], row["target"] or 0) for row in shown)
    lines = [_bar(row, TOP + ROW * number, WIDTH / longest) for number, row in enumerate(shown)]
    height = TOP + ROW * len(shown) + 8
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + RIGHT} {height}" role="img" '
        'font-family="system-ui, sans-serif" font-size="13">\n'
        "<title>CPU of each piece of work in units of a bare Django page; the black line is its target</title>\n"
        f'<rect width="100%" height="100%" fill="#fff"/>\n{"".join(lines)}</svg>\n'
    )


def _bar(row, top, unit) -> str:
    end = LEFT + row["ratio"] * unit
    target = "" if row["target"] is None else _target(LEFT + row["target"] * unit, top)
    words = f"{row['ratio']:.2f}" + ("" if row["target"] is None else f" (target {row['target']:g})")
    return (
        f'<text x="{LEFT - 8}" y="{top + 14}" text-anchor="end" fill="#111">{escape(row["name"])}</text>\n'
        f'<rect x="{LEFT}" y="{top + 2}" width="{end - LEFT:.1f}" height="16" fill="{COLOURS[row["verdict"]]}"/>\n'
        f"{target}"
        f'<text x="{end + 8:.1f}" y="{top + 14}" fill="#111">{words}</text>\n'
    )


def _target(x, top) -> str:
    return f'<rect x="{x - 1:.1f}" y="{top - 2}" width="2" height="24" fill="#111"/>\n'
