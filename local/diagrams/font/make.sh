#!/usr/bin/env bash
# Makes the two cuts of Noto Sans that the diagrams carry, and their advances: needs Python with fonttools and brotli.
set -eu
cd "$(dirname "$0")"
source=../../../node_modules/@expo-google-fonts/noto-sans
for weight in 400Regular 600SemiBold; do
  pyftsubset "$source/$weight/NotoSans_$weight.ttf" --unicodes='U+0020-007E,U+00A0-00FF,U+2013,U+2014,U+2018-201D,U+2026,U+2190,U+2192,U+2264,U+2265' \
    --flavor=woff2 --layout-features='kern' --output-file="noto-$weight.woff2"
done
python3 - <<'PY'
import json
from fontTools.ttLib import TTFont
advances = {}
for weight in ("400Regular", "600SemiBold"):
    font = TTFont(f"noto-{weight}.woff2")
    units, widths = font["head"].unitsPerEm, font["hmtx"]
    advances[weight] = {chr(code): round(widths[name][0] * 1000 / units) for code, name in font.getBestCmap().items()}
json.dump(advances, open("advances.json", "w"), ensure_ascii=True, indent=0, sort_keys=True)
PY
