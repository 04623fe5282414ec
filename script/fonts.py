"""Make the fonts of sheets and pictures in sessions/typesetting/fonts: `.venv/bin/python -m script.fonts`.

Parts of Noto fonts as Debian 12 has them, so that nobody depends on the fonts of a machine. It needs `apt-get` and
`dpkg-deb`; the packages and their digests are below. Which Chinese characters are in: those of GB 2312 and of the
General Standard List of 2013, whose third level is of characters for names (kTGH of the Unihan database).
"""

import bz2
import hashlib
import subprocess
import tempfile
from pathlib import Path

from fontTools import subset

FONTS = Path(__file__).parents[1] / "sessions/typesetting/fonts"
PACKAGES = {
    "fonts-noto-core=20201225-1": "58f4f0bb6720f919f92096b3508e1412a0f1544424ade6c5b5bf1eb694dd64ba",
    "fonts-noto-cjk=1:20220127+repack1-1": "4a2515eb6db3978b897fef9709ed0d2b1f4c6c4df4d83d6c4ef65f71f1b1f502",
    "unicode-data=15.0.0-1": "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc",
}
NOTO, CJK = "usr/share/fonts/truetype/noto", "usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SIMPLIFIED = 2  # which font of the collection: Noto Sans CJK SC
UNIHAN = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"

# Latin with its marks, Greek, Cyrillic; punctuation, signs of money, letter-like signs, numbers and arrows.
EUROPEAN = {*range(0x20, 0x530), *range(0x1D00, 0x2200), 0x25CC}
ARABIC = {0x20, 0xA0, 0x200C, 0x200D, 0x25CC, *range(0x600, 0x780), *range(0xFB50, 0xFEFF)}
NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]


def main():
    with tempfile.TemporaryDirectory() as folder:
        unpacked = Path(folder)
        for package, digest in PACKAGES.items():
            _unpack(package, digest, unpacked)
        for weight in ("Regular", "Bold"):
            _write(unpacked / NOTO / f"NotoSans-{weight}.ttf", EUROPEAN, features=["*"])
            _write(unpacked / NOTO / f"NotoSansArabic-{weight}.ttf", ARABIC, features=["*"])
        _write(unpacked / CJK, _chinese(unpacked / UNIHAN), features=["ccmp", "kern"], number=SIMPLIFIED)


def _unpack(package, digest, folder):
    name = package.partition("=")[0]
    subprocess.run(["apt-get", "download", "--quiet=2", package], cwd=folder, check=True)
    [archive] = folder.glob(f"{name}_*.deb")
    if hashlib.sha256(archive.read_bytes()).hexdigest() != digest:
        raise SystemExit(f"{package} is not what these fonts were made of.")
    subprocess.run(["dpkg-deb", "-x", archive, folder], check=True)


def _chinese(unihan) -> set[int]:
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        rows = [line.split("\t") for line in lines if line.startswith("U+")]
    standard = {int(code.removeprefix("U+"), 16) for code, key, _value in rows if key == "kTGH"}
    # Rows 1 to 9 have punctuation, kana and full-width forms.
    return standard | _gb_2312(range(0xA1, 0xF8))


def _gb_2312(rows) -> set[int]:
    cells = (bytes([row, cell]).decode("gb2312", "ignore") for row in rows for cell in range(0xA1, 0xFF))
    return {ord(character) for character in cells if character}


def _write(source, characters, *, features, number=-1):
    options = subset.Options(
        font_number=number, layout_features=features, hinting=False, name_IDs=NAMES, notdef_outline=True
    )
    # What is for vertical lines.
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    name = "NotoSansSC-Regular.otf" if number >= 0 else source.name
    subset.save_font(font, FONTS / name, options)
    print(name, (FONTS / name).stat().st_size)


if __name__ == "__main__":
    main()
