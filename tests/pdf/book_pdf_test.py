"""book.pdf as readers of PDF see it: its pages, its contents, every cell of every table, fonts, margins.

Needs poppler-utils. The command is that of SPILLWAY_COMMAND, else of build/release.
"""

import csv
import html.parser
import os
import pathlib
import re
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree
import zlib

SOURCE = pathlib.Path(os.environ.get("SPILLWAY_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
COMMAND = os.environ.get("SPILLWAY_COMMAND", str(SOURCE / "build/release/apps/cli/spillway"))
EXAMPLES = ["impac-2003-12", "fannie-2025-21", "subprime", "pac-support", "auto-reserve"]
MARGIN_POINTS = {"left": 38, "right": 38, "top": 30, "bottom": 26}
DPI = 72


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout


class Tables(html.parser.HTMLParser):
    """The tables of the HTML book: rows of cells as printed."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.cell = [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self.cell = ""

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.cell is not None:
            self.tables[-1][-1].append(self.cell)
            self.cell = None


class Book:
    """One example's book as HTML and as PDF."""

    made = {}

    def __init__(self, example):
        self.folder = tempfile.TemporaryDirectory()
        deal = str(SOURCE / "examples" / example / "deal.yaml")
        self.command = subprocess.run([COMMAND, "book", deal, "--format", "html,csv,pdf", "--out", self.folder.name],
                                      check=True, capture_output=True, text=True)
        self.pdf = os.path.join(self.folder.name, "book.pdf")
        self.facts = dict(re.findall(r"^([^:\n]+):\s*(.*)$", run("pdfinfo", self.pdf).decode(), re.M))
        self.pages = run("pdftotext", "-layout", self.pdf, "-").decode().split("\f")[:-1]
        page = pathlib.Path(self.folder.name, "index.html").read_text(encoding="utf-8")
        self.tables = Tables(page).tables
        # In the order of drawing: a cell of several lines, then the next cell.
        self.drawn = [joined(page) for page in run("pdftotext", "-raw", self.pdf, "-").decode().split("\f")]

    @classmethod
    def of(cls, example):
        if example not in cls.made:
            cls.made[example] = cls(example)
        return cls.made[example]


def squeezed(text):
    return " ".join(text.split())


def joined(text):
    """Without spaces, of which pdftotext drops some narrow ones."""
    return "".join(text.split())


def contents(book):
    """Title and page of each line of the contents."""
    found = []
    for page in book.pages:
        lines = page.split("\n")
        if any(line.strip() == "Contents" for line in lines):
            found += re.findall(r"^\s*(\S.*?)[ .]{2,}(\d+)\s*$", page, re.M)
        elif found:
            break
    return [(squeezed(title), int(number)) for title, number in found]


def margins_that_show_ink(page):
    """The margins of a PGM image of a page that are not white."""
    header = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", page)
    width, height = int(header[1]), int(header[2])
    rows = [page[header.end() + r * width:header.end() + (r + 1) * width] for r in range(height)]
    edge = {side: points * DPI // 72 for side, points in MARGIN_POINTS.items()}
    white = lambda parts: all(min(part) > 250 for part in parts)
    shows = {"left": not white(r[:edge["left"]] for r in rows), "right": not white(r[-edge["right"]:] for r in rows),
             "top": not white(rows[:edge["top"]]), "bottom": not white(rows[-edge["bottom"]:])}
    return [side for side, ink in shows.items() if ink]


def words_of(page):
    """Words of a page of pdftotext -bbox with their boxes, a little within themselves."""
    words = []
    for word in page.iter("{http://www.w3.org/1999/xhtml}word"):
        x0, y0, x1, y1 = (float(word.get(name)) for name in ("xMin", "yMin", "xMax", "yMax"))
        inset = 0.2 * (y1 - y0)
        words.append((y0 + inset, y1 - inset, x0 + 0.3, x1 - 0.3, word.text))
    return sorted(words)


def overlaps(words):
    found, open_words = [], []
    for word in words:
        open_words = [other for other in open_words if other[1] > word[0]]
        found += [(other[4], word[4]) for other in open_words if other[2] < word[3] and word[2] < other[3]]
        open_words.append(word)
    return found


def turned(table, row, lines):
    """True if the row stands as a column: each cell in a line that starts with its head."""
    few = len(table) <= 5 and len(row) > 8
    return few and all(any(line.startswith(joined(head)) and joined(cell) in line for line in lines)
                       for head, cell in zip(table[0][1:], row[1:]))


def by_date(table, row, lines):
    """True if the row is laid beside others of its date or month, or of none in a table without that column."""
    at = next((i for i, head in enumerate(table[0]) if head in ("Date", "Month")), None)
    if at is None or len(table) <= 40:
        return False
    texts, date, figures = [joined(cell) for cell in row[:at]], joined(row[at]), [joined(cell) for cell in row[at + 1:]]
    if date:
        return any(line.startswith(date) and all(figure in line for figure in figures) for line in lines)
    return any(line == "".join(texts) + "".join(figures[:n]) for n in range(1, len(figures) + 1) for line in lines)


def of_each_book(check):
    def test(self):
        for example in EXAMPLES:
            with self.subTest(example=example):
                check(self, Book.of(example))
    return test


def structure_rows(text):
    """The tables of pdfinfo -struct-text: rows of the texts of cells."""
    tables, cell = [], None
    for line in text.split("\n"):
        if match := re.match(r"\s+(Table|TR|TH|TD|P|H1|H2|H3|Figure|Link)(:| \(block\)| \(inline\))?$", line):
            element = match[1]
            cell = [] if element in ("TH", "TD") else None
            if element == "Table":
                tables.append([])
            elif element == "TR":
                tables[-1].append([])
            elif cell is not None:
                tables[-1][-1].append(cell)
        elif cell is not None and line.strip().startswith('"'):
            cell.append(line.strip().strip('"'))
    return [[[squeezed("".join(cell)) for cell in row] for row in rows] for rows in tables]


def columns_of(text):
    """By table, how many columns each row of pdfinfo -struct has, heads over several counted as often."""
    tables = []
    for line in text.split("\n"):
        words = line.split()
        if words[:1] == ["Table"]:
            tables.append([])
        elif words[:1] == ["TR"]:
            tables[-1].append(0)
        elif words and words[0].strip(":") in ("TH", "TD"):
            tables[-1][-1] += 1
        elif words[:1] == ["/ColSpan"]:
            tables[-1][-1] += int(words[1]) - 1
    return tables


class BookPdf(unittest.TestCase):
    @of_each_book
    def test_every_page_says_which_of_how_many_it_is(self, book):
        count = int(book.facts["Pages"])
        self.assertEqual(count, len(book.pages))
        for number, page in enumerate(book.pages, 1):
            self.assertIn(f"Page {number} of {count}", squeezed(page))

    @of_each_book
    def test_the_contents_name_the_page_each_section_starts_on(self, book):
        named = contents(book)
        self.assertGreater(len(named), 0)
        self.assertEqual([page for _, page in named], sorted(page for _, page in named))
        for title, number in named:
            self.assertIn(title, [squeezed(line) for line in book.pages[number - 1].split("\n")], title)

    @of_each_book
    def test_sections_can_be_reached(self, book):
        reached = re.findall(r'^\s*(\d+) \[.*"(section-\d+)"', run("pdfinfo", "-dests", book.pdf).decode(), re.M)
        pages = {int(page) for page, _ in reached}
        self.assertTrue({page for _, page in contents(book)} <= pages)

    @of_each_book
    def test_every_row_of_every_table_stands_whole_on_one_page(self, book):
        lines = [joined(line) for page in book.pages for line in page.split("\n") if line.strip()]
        text = "\n".join(lines)
        for table in book.tables:
            for row in table[1:]:
                cells = [joined(cell) for cell in row]
                row_text = "".join(cells)
                if row_text not in text and not any(row_text in page for page in book.drawn):
                    found = self.in_parts(cells, lines) or turned(table, row, lines) or by_date(table, row, lines)
                    self.assertTrue(found, f"{row} is not in the PDF as one row")

    def in_parts(self, cells, lines):
        """True if lines that start with the first cell hold the others, one after the other."""
        left = "".join(cells[1:])
        for line in lines:
            if line.startswith(cells[0]) and len(line) > len(cells[0]) and left.startswith(line[len(cells[0]):]):
                left = left[len(line) - len(cells[0]):]
        return not left

    def test_index_paths_stand_beside_one_another_on_few_pages(self):
        book = Book.of("impac-2003-12")
        first = dict(contents(book))["Index paths"]
        after = dict(contents(book))["Swaps: the trust pays the fixed rate"]
        self.assertLessEqual(after - first, 4)
        with open(os.path.join(book.folder.name, "tables/index_paths.csv"), encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["date"]]
        shocked = {(row["scenario"], row["index"]) for row in rows if row["rate_pct"] != row["shocked_pct"]}
        by_date = {}
        for row in rows:
            figures = [row["rate_pct"]] + ([row["shocked_pct"]] if (row["scenario"], row["index"]) in shocked else [])
            by_date.setdefault(row["date"], []).extend(figures)
        lines = [line.split() for page in book.pages[first - 1:after - 1] for line in page.split("\n")]
        self.assertEqual({line[0]: line[1:] for line in lines if line and line[0] in by_date}, by_date)

    @of_each_book
    def test_prose_in_tables_stands_upright(self, book):
        sizes = run("pdfinfo", "-l", book.facts["Pages"], book.pdf).decode()
        for title, number in contents(book):
            if title in ("How each number is computed", "Defaults and losses: terms"):
                self.assertRegex(sizes, rf"Page +{number} size: +612 x 792 ", title)

    def test_every_head_stands_over_each_page_of_its_table(self):
        book = Book.of("impac-2003-12")
        pages = [page for page in book.pages if re.search(r"^\s*Collateral Losses(  ?\(continued\))?$", page, re.M)]
        self.assertGreater(len(pages), 2)
        for page in pages:
            for head in ("Period", "Performing", "Foreclosure", "Recoveries"):
                self.assertIn(head, page)

    @of_each_book
    def test_fonts_are_embedded_and_hold_every_character(self, book):
        fonts = [line.split() for line in run("pdffonts", book.pdf).decode().splitlines()[2:]]
        self.assertGreater(len(fonts), 1)
        for font in fonts:
            self.assertRegex(font[0], r"^[A-Z]{6}\+Liberation")
            self.assertEqual(font[-5:-3], ["yes", "yes"], font)
        self.assertNotIn("\ufffd", "".join(book.pages))
        self.assertNotIn("no character", book.command.stderr)

    @of_each_book
    def test_margins_are_white(self, book):
        prefix = os.path.join(book.folder.name, "page")
        run("pdftoppm", "-r", str(DPI), "-gray", book.pdf, prefix)
        images = sorted(pathlib.Path(book.folder.name).glob("page-*.pgm"))
        self.assertEqual(len(images), len(book.pages))
        for image in images:
            self.assertEqual(margins_that_show_ink(image.read_bytes()), [], image.name)

    @of_each_book
    def test_words_stand_on_the_page_and_not_on_one_another(self, book):
        tree = xml.etree.ElementTree.fromstring(run("pdftotext", "-bbox", book.pdf, "-"))
        for number, page in enumerate(tree.iter("{http://www.w3.org/1999/xhtml}page"), 1):
            words = words_of(page)
            width, height = float(page.get("width")), float(page.get("height"))
            self.assertEqual([w for w in words if w[2] < 38 or w[3] > width - 38 or w[0] < 28 or w[1] > height - 24], [])
            self.assertEqual(overlaps(words), [], f"page {number}")

    @of_each_book
    def test_it_is_tagged_and_its_structure_can_be_read(self, book):
        self.assertEqual(book.facts["Tagged"], "yes")
        structure = subprocess.run(["pdfinfo", "-struct-text", book.pdf], check=True, capture_output=True, text=True)
        self.assertEqual(structure.stderr, "")
        self.assertTrue(structure.stdout.startswith("Document\n"))
        for columns in columns_of(run("pdfinfo", "-struct", book.pdf).decode()):
            self.assertEqual(len(set(columns)), 1, "a table whose rows differ in cells")
        bytes_of = pathlib.Path(book.pdf).read_bytes()
        self.assertIn(b"/Lang (en-US)", bytes_of)
        self.assertIn(b"/DisplayDocTitle true", bytes_of)

    def test_cells_of_tables_are_read_as_cells_and_rows_of_long_ones_as_lines(self):
        tables = structure_rows(run("pdfinfo", "-struct-text", Book.of("impac-2003-12").pdf).decode())
        classes = tables[0]
        self.assertEqual(classes[0][:3], ["Class", "Approximate Bond Balance", "Type"])
        self.assertEqual(classes[1][:3], ["A-1", "$861,000,000", "Floating Rate Senior"])
        long = [rows for rows in tables if rows[0][0].startswith("Period Payment Date Pool")]
        self.assertGreater(len(long), 1)
        self.assertEqual([len(row) for row in long[0]], [1] * len(long[0]))
        self.assertTrue(long[0][1][0].startswith("1 2004-01-26 $979,535,997"), long[0][1])

    def test_a_chart_says_what_it_shows(self):
        document = pathlib.Path(Book.of("impac-2003-12").pdf).read_bytes()
        packed = b"".join(zlib.decompress(stream) for stream in
                          re.findall(rb"/Type /ObjStm[^>]*>>\nstream\n(.*?)\nendstream", document, re.S))
        texts = [bytes.fromhex(text.decode()).decode("utf-16") for text in re.findall(rb"/S /Figure [^>]*/Alt <([0-9A-F]+)>", packed)]
        self.assertEqual(texts[0], "Chart: Class balances at the pricing speed, to maturity")
        self.assertEqual(len(texts), run("pdfinfo", "-struct", Book.of("impac-2003-12").pdf).count(b"Figure"))

    def test_the_same_deal_gives_the_same_bytes_on_any_number_of_threads(self):
        deal = str(SOURCE / "examples/impac-2003-12/deal.yaml")
        made = []
        for threads in ("1", "2"):
            with tempfile.TemporaryDirectory() as folder:
                run(COMMAND, "book", deal, "--format", "pdf", "--threads", threads, "--out", folder)
                made.append(pathlib.Path(folder, "book.pdf").read_bytes())
        self.assertEqual(made[0], made[1])

    def test_the_date_is_the_deals(self):
        self.assertEqual(Book.of("impac-2003-12").facts["Title"], "Impac CMB Trust Series 2003-12")
        self.assertIn("Nov 21 00:00:00 2003", Book.of("impac-2003-12").facts["CreationDate"])


if __name__ == "__main__":
    unittest.main()
