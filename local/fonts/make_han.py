"""Makes lambdas/renderers/pdf/fonts/han: the Chinese characters that Google's web fonts leave out.

    npm pack @expo-google-fonts/noto-sans-tc@0.4.3 @expo-google-fonts/noto-sans-sc@0.4.3    # 39 and 57 MB
    for p in tc sc; do mkdir -p .local/$p && tar xzf expo-google-fonts-noto-sans-$p-0.4.3.tgz -C .local/$p; done
    pip install fonttools==4.68.0 brotli==1.2.1
    python local/fonts/make_han.py .local/tc/package .local/sc/package

Run at the project's root, after `npm ci`. What a family of node_modules has is not taken again.
"""

import glob
import json
import os
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

OUT = "lambdas/renderers/pdf/fonts/han"
# As many characters as are decoded at once when a report has one of them.
SLICE = 500
LAYOUT = ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG", "gasp"]


def characters(path):
    return set(TTFont(path, lazy=True).getBestCmap())


def covered():
    files = glob.glob("node_modules/@fontsource-variable/noto-sans-[stjk][cpr]/files/*-wght-normal.woff2")
    files += glob.glob("node_modules/@expo-google-fonts/noto-sans/400Regular/*.ttf")
    return set().union(*map(characters, files))


def write_slice(path, chosen, name):
    font = TTFont(path)
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 13, 14]
    options.drop_tables += LAYOUT
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=chosen)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(os.path.join(OUT, name))


def main(folders):
    known = covered()
    index = {}
    for folder in folders:
        (path,) = glob.glob(os.path.join(folder, "400Regular", "*.ttf"))
        chosen = sorted(characters(path) - known)
        known |= set(chosen)
        for start in range(0, len(chosen), SLICE):
            part = chosen[start : start + SLICE]
            slice_name = str(len(index))
            write_slice(path, part, f"noto-sans-han-{slice_name}-400-normal.woff2")
            index[slice_name] = ",".join(f"U+{code:04X}" for code in part)
    with open(os.path.join(OUT, "unicode.json"), "w", encoding="utf-8") as file:
        json.dump(index, file, indent=1)
        file.write("\n")


main(sys.argv[1:])
