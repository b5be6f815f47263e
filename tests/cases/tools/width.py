# SPDX-License-Identifier: Apache-2.0
"""width.py COLUMNS: says every line of standard input that is wider, Hangul and other wide characters counted as two."""
import sys
import unicodedata


def width(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def main():
    most = int(sys.argv[1])
    lines = sys.stdin.read().splitlines()
    for line in lines:
        if width(line) > most:
            print(f"{width(line)} columns: {line}")
    return 0 if lines else "nothing to measure"


if __name__ == "__main__":
    sys.exit(main())
