"""Makes the two font files of this folder out of Pretendard 1.3.9; see README.md.

usage: python make.py FOLDER    where FOLDER holds Pretendard-Regular.otf, Pretendard-SemiBold.otf and LICENSE.txt
"""

import shutil
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent

# The 2350 syllables of KS X 1001 (rows B0 to C8 of EUC-KR), the single jamo, Korean punctuation.
SYLLABLES = "".join(bytes([a, b]).decode("euc-kr") for a in range(0xB0, 0xC9) for b in range(0xA1, 0xFF))
JAMO = "".join(map(chr, range(0x3131, 0x318F)))
PUNCTUATION = "「」『』《》〈〉【】〔〕、。·〜…ㆍ※○●◎◇◆□■△▲▽▼☆★₩￦"
# Latin with its accents, spaces, quotes and dashes; Greek; superscripts and subscripts; arrows; mathematics; shapes.
RANGES = [(0x20, 0x17F), (0x2C6, 0x2DD), (0x370, 0x3FF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF),
          (0x2100, 0x214F), (0x2150, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2300, 0x23FF), (0x25A0, 0x25FF),
          (0x2713, 0x2717)]


def make(source: Path, weight: str, target: Path) -> None:
    font = TTFont(source / f"Pretendard-{weight}.otf")
    cmap = font.getBestCmap()
    # Tabular figures for good, so that running numbers do not dance: the digits (and what stands among them) get the
    # glyphs that the feature `tnum` would choose.
    gsub = font["GSUB"].table
    tabular = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    tabular.update(getattr(table, "ExtSubTable", table).mapping)
    for table in font["cmap"].tables:
        for code, name in list(table.cmap.items()):
            if code < 0x3000:
                table.cmap[code] = tabular.get(name, name)

    options = Options()
    # No contextual forms: they would turn `->` into an arrow and `2x3` into a product while a formula is typed.
    options.layout_features = ["kern", "ccmp", "mark", "mkmk"]
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    codes = {c for low, high in RANGES for c in range(low, high + 1)} | set(map(ord, SYLLABLES + JAMO + PUNCTUATION))
    subsetter.populate(unicodes=codes & set(cmap))
    subsetter.subset(font)

    # The license reserves the name of the original.
    name = "Downhill Sans"
    style = {"SemiBold": "SemiBold"}.get(weight, weight)
    keep = {0, 8, 9, 11, 13, 14}
    font["name"].names = [n for n in font["name"].names if n.nameID in keep and n.platformID == 3 and n.langID == 0x409]
    for number, text in [(1, f"{name} {style}" if style != "Regular" else name), (2, "Regular"), (3, f"{name} {style}"),
                         (4, f"{name} {style}"), (6, f"DownhillSans-{style}"), (16, name), (17, style)]:
        font["name"].setName(text, number, 3, 1, 0x409)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [f"DownhillSans-{style}"]
        top = cff.topDictIndex[0]
        top.FamilyName, top.FullName = name, f"{name} {style}"
    # The same source gives the same bytes.
    font.recalcTimestamp = False
    font.save(target)
    print(target.name, target.stat().st_size, "bytes,", len(font.getBestCmap()), "characters")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    make(folder, "Regular", HERE / "DownhillSans-Regular.otf")
    make(folder, "SemiBold", HERE / "DownhillSans-SemiBold.otf")
    shutil.copyfile(folder / "LICENSE.txt", HERE / "OFL.txt")
