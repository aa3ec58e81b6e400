"""All formats of a book carry the same figures: each is read back, and every cell compared with book.json."""

import csv
import datetime
import decimal
import functools
import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

import openpyxl
from selenium.webdriver.support.ui import WebDriverWait

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "browser"))
import browser

BOOKS = pathlib.Path(os.environ.get("SPILLWAY_BOOKS", "out"))
EXAMPLES = ("impac-2003-12", "auto-reserve", "sequential-z")


def read_tables(example):
    with open(BOOKS / example / "book.json", encoding="utf-8") as file:
        return json.load(file)["tables"]


def decimals(text):
    return len(text.partition(".")[2]) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None


def bare(text):
    """A printed number without its dress: $1,234.50 and 0.350% as 1234.50 and 0.350."""
    return text.replace("$", "").replace(",", "").replace("%", "").replace("−", "-").strip()


def as_text(value):
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


@functools.cache
def cells_of(example):
    """The cells of the page that name the figure they show: path and text."""
    page = browser.open_browser()
    try:
        page.get(browser.page_of(example))
        WebDriverWait(page, 20).until(lambda p: p.execute_script("return document.documentElement.dataset.ready === 'true'"))
        return page.execute_script("return [...document.querySelectorAll('main td[data-path]')].map(c => [c.dataset.path, c.textContent.trim()])")
    finally:
        page.quit()


def rows_of(table, keys):
    """Rows that hold the keys, in their order, as a path of the book names them."""
    def holds(row):
        cells = iter(as_text(row[column["name"]]) for column in table["columns"])
        return all(any(key == cell for cell in cells) for key in keys)
    return [row for row in table["rows"] if holds(row)]


class SameFigures(unittest.TestCase):
    def shows(self, text, value, where):
        """Whether a printed cell shows a value of book.json."""
        if value is None:
            self.assertEqual(text, "", where)
        elif isinstance(value, str):
            self.assertEqual(text == "", value == "", where)
        else:
            digits = decimals(bare(text))
            self.assertIsNotNone(digits, f"{where}: {text!r} is no number")
            # A tie of the decimal form may be none of the binary one.
            near = abs(decimal.Decimal(bare(text)) - decimal.Decimal(repr(float(value))))
            self.assertLessEqual(near, decimal.Decimal("0.5000001").scaleb(-digits), f"{where}: {text} shows {value!r}")

    def test_csv_files_print_the_figures_of_the_json(self):
        for example in EXAMPLES:
            tables = read_tables(example)
            files = {path.stem for path in (BOOKS / example / "tables").glob("*.csv")}
            self.assertEqual(files, set(tables), example)
            for name, table in tables.items():
                with open(BOOKS / example / "tables" / (name + ".csv"), newline="", encoding="utf-8") as file:
                    lines = list(csv.reader(file))
                self.assertEqual(lines[0], [column["name"] for column in table["columns"]], name)
                self.assertEqual(len(lines) - 1, len(table["rows"]), name)
                for r, (line, row) in enumerate(zip(lines[1:], table["rows"])):
                    for text, column in zip(line, table["columns"]):
                        self.shows(text, row[column["name"]], f"{example} {name}.csv row {r + 1}, {column['name']}")

    def test_the_page_prints_the_figures_of_the_json(self):
        for example in EXAMPLES:
            tables = read_tables(example)
            compared, seen = 0, set()
            for path, text in cells_of(example):
                name, *keys, column = path.split("/")
                rows = rows_of(tables[name], keys) if name in tables else []
                if len(rows) != 1 or column not in rows[0] or not isinstance(rows[0][column], float):
                    continue
                if decimals(bare(text)) is None:
                    continue  # a figure within a text: "1 - 47", a month
                self.shows(text, rows[0][column], f"{example} {path}")
                compared += 1
                seen.add(name)
            self.assertGreater(compared, 30, example)
            if example == EXAMPLES[0]:
                self.assertGreater(compared, 5000)
                self.assertLessEqual({"dm_tables", "class_summary", "available_rate", "pool_summary", "strats", "loss_grid", "credit_schedule"}, seen)

    def test_the_workbook_holds_the_figures_of_the_json(self):
        for example in EXAMPLES:
            book = openpyxl.load_workbook(BOOKS / example / "book.xlsx", data_only=True)
            names = book.defined_names
            for name, table in read_tables(example).items():
                defined = names[name] if hasattr(names, "items") else names.get(name)
                (sheet, area), = defined.destinations
                lines = book[sheet][area.replace("$", "")]
                self.assertEqual(len(lines) - 1, len(table["rows"]), name)
                for cells, row in zip(lines[1:], table["rows"]):
                    for cell, column in zip(cells, table["columns"]):
                        value = row[column["name"]]
                        if isinstance(value, float):
                            self.assertAlmostEqual(cell.value, value, delta=1e-15 * abs(value), msg=f"{example} {name} {cell.coordinate}")
                        elif isinstance(cell.value, datetime.datetime):
                            self.assertTrue(cell.value.date().isoformat().startswith(value), f"{example} {name} {cell.coordinate}")

    def test_the_pdf_prints_what_the_page_prints(self):
        for example in EXAMPLES:
            text = subprocess.run(["pdftotext", "-layout", str(BOOKS / example / "book.pdf"), "-"], check=True, capture_output=True).stdout.decode()
            words = set(text.split())
            cells = [cell for _, cell in cells_of(example)
                     if decimals(bare(cell)) is not None]
            missing = sorted({cell for cell in cells if cell not in words})
            self.assertEqual(missing, [], example)
            self.assertGreater(len(cells), 30, example)


if __name__ == "__main__":
    unittest.main()
