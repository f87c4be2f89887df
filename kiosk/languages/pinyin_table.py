"""Derives data/pinyin.txt: `python -m kiosk.languages.pinyin_table pinyin_simp.dict.yaml`.

The source is the dictionary of Debian's package rime-data-pinyin-simp, whose lines are a word,
its syllables and how often it is written. Only single characters are kept.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from kiosk.languages.pinyin import TABLE


def table(lines: Iterable[str]) -> str:
    """A line for each syllable: the syllable, a space, its characters, commonest first."""
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for line in lines:
        match line.rstrip("\n").split("\t"):
            case [char, syllable, weight] if len(char) == 1:
                weights[syllable][char] = float(weight)
    return "".join(
        f"{syllable} {''.join(sorted(chars, key=lambda char: (-chars[char], char)))}\n"
        for syllable, chars in sorted(weights.items())
    )


def main() -> int:
    """Write the table beside the licence of what it is made from."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    with Path(sys.argv[1]).open(encoding="utf-8") as source:
        TABLE.write_text(table(source), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
