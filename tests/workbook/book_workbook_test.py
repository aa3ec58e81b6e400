#!/usr/bin/python3
"""The workbook of every example, as a spreadsheet program opens it: the figures of book.json, formulas that come to what is
stored, names that resolve, charts, and no errors or cells too narrow for their numbers.

tests/workbook/book_workbook_test.py PROJECT SPILLWAY-COMMAND [EXAMPLE...]. Needs python3-openpyxl and LibreOffice Calc.
"""
import datetime
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile

import openpyxl

ROOT, COMMAND, CHOSEN = "", "", []
MOST_BYTES = 6_000_000
# A formula's value may differ from the stored one by the order of additions only.
CLOSE = 1e-9
# Calc computes every formula of a file again only if told so.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def examples():
    folder = os.path.join(ROOT, "examples")
    return CHOSEN or sorted(n for n in os.listdir(folder) if os.path.exists(os.path.join(folder, n, "deal.yaml")))


def office(profile, target, file, out):
    os.makedirs(os.path.join(profile, "user"), exist_ok=True)
    settings = os.path.join(profile, "user", "registrymodifications.xcu")
    if not os.path.exists(settings):
        with open(settings, "w", encoding="utf-8") as opened:
            opened.write(SETTINGS)
    subprocess.run(["soffice", "-env:UserInstallation=file://" + profile, "--headless", "--convert-to", target, "--outdir", out, file],
                   check=True, capture_output=True, timeout=600)
    return os.path.join(out, "book." + target)


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def as_number(value):
    """A date as its serial number."""
    if isinstance(value, datetime.datetime):
        return float((value - datetime.datetime(1899, 12, 30)).days)
    return value


class Example:
    """One example's book, made once."""

    def __init__(self, name, scratch):
        self.name, self.folder = name, os.path.join(scratch, name)
        subprocess.run([COMMAND, "book", os.path.join(ROOT, "examples", name, "deal.yaml"), "--out", self.folder, "--format", "xlsx,json"],
                       check=True, capture_output=True)
        self.file = os.path.join(self.folder, "book.xlsx")
        with open(os.path.join(self.folder, "book.json"), encoding="utf-8") as opened:
            self.tables = json.load(opened)["tables"]
        self.values = openpyxl.load_workbook(self.file, data_only=True)
        self.formulas = openpyxl.load_workbook(self.file)

    def area(self, name):
        (sheet, cells), = self.values.defined_names[name].destinations if hasattr(self.values.defined_names, "items") \
            else self.values.defined_names.get(name).destinations
        block = self.values[sheet][cells.replace("$", "")]
        return block if isinstance(block, tuple) else ((block,),)

    def names(self):
        names = self.values.defined_names
        return list(names.keys()) if hasattr(names, "keys") else [n.name for n in names.definedName]


class Checks:
    """The tests of one example."""

    name = ""

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.book = Example(cls.name, cls.scratch.name)

    @classmethod
    def tearDownClass(cls):
        cls.book = None
        cls.scratch.cleanup()

    def test_every_figure_of_every_table_is_that_of_the_json(self):
        book = self.book
        checked = 0
        for name, table in book.tables.items():
            area = book.area(name)
            self.assertEqual(len(area), len(table["rows"]) + 1, name)
            self.assertEqual(len(area[0]), len(table["columns"]), name)
            for cells, row in zip(area[1:], table["rows"]):
                for cell, column in zip(cells, table["columns"]):
                    self.check_cell(cell, row[column["name"]], name)
                    checked += 1
        self.assertGreater(checked, 0)

    def check_cell(self, cell, expected, table):
        where, value = f"{table}, {cell.coordinate}", cell.value
        if expected is None or expected == "":
            self.assertIn(value, (None, ""), where)
        elif is_number(expected):
            self.assertTrue(is_number(value), f"{where}: {value!r} is no number")
            self.assertTrue(math.isclose(value, expected, rel_tol=1e-15, abs_tol=0), f"{where}: {value!r}, not {expected!r}")
        elif isinstance(value, datetime.datetime):
            self.assertEqual(value.date().isoformat(), expected, where)
        elif is_number(value):
            self.assertEqual(value, float(expected), where)
        else:
            self.assertEqual(value, expected, where)
            self.assertNotRegex(expected, r"^\d{4}-\d\d-\d\d$", f"{where}: a date as text")

    def test_names_resolve_to_cells(self):
        book = self.book
        names = book.names()
        self.assertGreater(len(names), len(book.tables))
        for name in names:
            self.assertGreater(len(book.area(name)), 0, name)
        for name, table in book.tables.items():
            for column in table["columns"]:
                self.assertIn(name + "." + re.sub(r"[^A-Za-z0-9_.]", "_", column["name"]), names)

    def test_every_sheet_is_linked_from_the_contents_and_back(self):
        book = self.book
        linked = self.links_of(book.formulas["Contents"])
        self.assertEqual(linked, set(book.formulas.sheetnames) - {"Contents"})
        for sheet in book.formulas.worksheets[1:]:
            self.assertIn("Contents", self.links_of(sheet), sheet.title)

    def test_the_summary_lists_every_class_and_leads_to_every_part(self):
        book, sheet = self.book, self.book.values["Summary"]
        rows = {re.sub(r"[^A-Za-z0-9_.]", "_", str(row[0].value)): [cell.value for cell in row] for row in sheet.iter_rows()}
        classes = {name[len("run_1."):] for name in book.names() if name.startswith("run_1.")}
        self.assertGreater(len(classes), 0)
        self.assertLessEqual(classes, set(rows))
        linked = self.links_of(book.formulas["Summary"])
        self.assertLessEqual(linked, set(book.formulas.sheetnames))
        self.assertLessEqual({"Contents", "Checks", "Charts"}, linked)
        self.assertTrue(any(name.startswith("Run ") for name in linked))
        if book.name == "fannie-2025-21":
            self.assertEqual(rows["BV"][:3], ["BV", "SEQ/AD", 7_620_000])
            self.assertAlmostEqual(rows["BV"][3], 100 * 7_620_000 / 332_607_408, 10)
            self.assertEqual(rows["SB"][4], 73_122_339)
            self.assertAlmostEqual(rows["SB"][5], 0.87073, 10)
            self.assertEqual(rows["SB"][6], "if(period == 1, 0.87073%, max(5.20% - sofr_30d, 0))")
            self.assertEqual(rows["Total"][2], 332_607_408)

    def links_of(self, sheet):
        return {cell.hyperlink.location.split("!")[0].strip("'") for row in sheet.iter_rows() for cell in row if cell.hyperlink}

    def test_sheets_are_set_to_print_with_heads_that_stay(self):
        book = self.book
        for sheet in book.formulas.worksheets:
            self.assertEqual(sheet.page_setup.orientation, "landscape", sheet.title)
        for name in book.tables:
            sheet = book.formulas[book.area(name)[0][0].parent.title]
            self.assertIsNotNone(sheet.freeze_panes, name)
            self.assertIsNotNone(sheet.auto_filter.ref, name)
            self.assertIsNotNone(sheet.print_title_rows, name)

    def test_there_are_charts_with_titled_axes(self):
        book = self.book
        with zipfile.ZipFile(book.file) as opened:
            charts = [n for n in opened.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", n)]
            self.assertGreaterEqual(len(charts), 2)  # balances and speeds; the rest only where there is something to draw
            for chart in charts:
                text = opened.read(chart).decode()
                self.assertIn("<c:title>", text)
                self.assertIn("<c:v>", text, f"{chart}: a series without stored values")
        self.assertGreater(os.path.getsize(book.file), 10_000)
        self.assertLess(os.path.getsize(book.file), MOST_BYTES)

    def test_formulas_agree_with_spillway(self):
        book = self.book
        compared = 0
        for sheet in book.values.worksheets:
            if not sheet.title.startswith("Run "):
                continue
            for label in sheet[5]:
                if label.value == "Difference":
                    self.assertLess(abs(sheet.cell(6, label.column).value), 1e-8, f"{sheet.title}, {label.coordinate}")
                    compared += 1
        self.assertGreater(compared, 0)

    def test_a_second_run_gives_the_same_bytes(self):
        book = self.book
        subprocess.run([COMMAND, "book", os.path.join(ROOT, "examples", book.name, "deal.yaml"), "--out", book.folder + "-again",
                        "--format", "xlsx", "--threads", "1"], check=True, capture_output=True)
        with open(book.file, "rb") as one, open(book.folder + "-again/book.xlsx", "rb") as two:
            self.assertEqual(one.read(), two.read())

    def test_computed_again_every_formula_comes_to_what_is_stored(self):
        book = self.book
        again = office(os.path.join(self.scratch.name, "profile"), "xlsx", book.file, book.folder + "-calc")
        computed, formulas = openpyxl.load_workbook(again, data_only=True), 0
        for sheet in book.formulas.worksheets:
            stored, found = book.values[sheet.title], computed[sheet.title]
            for row in sheet.iter_rows():
                for cell in row:
                    value = found[cell.coordinate].value if cell.value is not None else None
                    self.assertFalse(isinstance(value, str) and re.match(r"#(REF|DIV/0|VALUE|NAME\?|N/A|NUM|NULL)!?$", value),
                                     f"{sheet.title} {cell.coordinate}: {value}")
                    if cell.data_type != "f":
                        continue
                    formulas += 1
                    one, two = as_number(stored[cell.coordinate].value), as_number(value)
                    self.assertTrue(is_number(one) and is_number(two), f"{sheet.title} {cell.coordinate}: {one!r}, {two!r}")
                    self.assertTrue(math.isclose(one, two, rel_tol=CLOSE, abs_tol=1e-8), f"{sheet.title} {cell.coordinate}: stored {one!r}, computed {two!r}")
        self.assertGreater(formulas, 0)

    def test_the_stored_values_are_no_guess_of_the_program_that_opens_them(self):
        book = self.book
        if os.path.getsize(book.file) > 400_000:
            self.skipTest("shown on smaller books")
        bare = os.path.join(book.folder + "-bare", "book.xlsx")
        os.makedirs(os.path.dirname(bare))
        openpyxl.load_workbook(book.file).save(bare)  # without stored values
        again = office(os.path.join(self.scratch.name, "profile"), "xlsx", bare, book.folder + "-bare-calc")
        computed = openpyxl.load_workbook(again, data_only=True)
        for sheet in book.formulas.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        one, two = (as_number(b[sheet.title][cell.coordinate].value) for b in (book.values, computed))
                        self.assertTrue(math.isclose(one, two, rel_tol=CLOSE, abs_tol=1e-8), f"{sheet.title} {cell.coordinate}: {one} {two}")

    def test_printed_pages_show_every_number(self):
        book = self.book
        pdf = office(os.path.join(self.scratch.name, "profile"), "pdf", book.file, book.folder + "-pdf")
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True).stdout.decode()
        self.assertNotIn("###", text, "a column is too narrow")
        self.assertNotRegex(text, r"Err:\d|#REF!|#NAME\?|#VALUE!|#DIV/0!|#N/A")


if __name__ == "__main__":
    ROOT, COMMAND, CHOSEN = sys.argv[1], os.path.abspath(sys.argv[2]), sys.argv[3:]
    suite = unittest.TestSuite()
    for example in examples():
        case = type("Workbook of " + example, (Checks, unittest.TestCase), {"name": example})
        suite.addTests(unittest.defaultTestLoader.loadTestsFromTestCase(case))
    sys.exit(0 if unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful() else 1)
