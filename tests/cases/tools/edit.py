# SPDX-License-Identifier: Apache-2.0
"""edit.py SOURCE TARGET CODE: copies a JSON file after running CODE on it; in CODE the file's content is `d`."""
import json
import sys


def main():
    source, target, code = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        content = json.load(file)
    exec(code, {"d": content})  # the code stands in the case itself
    with open(target, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
