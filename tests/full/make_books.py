"""Writes the book of every example in every format: make_books.py COMMAND EXAMPLES FOLDER."""

import pathlib
import shutil
import subprocess
import sys


def main():
    command, examples, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    shutil.rmtree(folder, ignore_errors=True)
    for deal in sorted(examples.glob("*/deal.yaml")):
        out = folder / deal.parent.name
        subprocess.run([command, "book", str(deal), "--out", str(out), "--quiet"], check=True)


if __name__ == "__main__":
    main()
