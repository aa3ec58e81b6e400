"""The book's page on other screens, on paper, without scripts, and for every example."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import browser
from reader import EVERY, EXAMPLE, EXPLAIN, Case, opened, resize
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

EXAMPLES = sorted(folder.name for folder in browser.BOOKS.iterdir() if (folder / "index.html").exists()) if browser.BOOKS.exists() else []


class OnOtherScreens(Case):
    def test_nothing_overflows_a_telephone(self):
        resize(self.page, 360)
        self.assertLessEqual(self.js("return document.documentElement.scrollWidth"), 360)
        self.js("document.querySelector('[data-path=\"class_summary/A-1/wal_call\"]').click()")
        self.assertLessEqual(self.js("return document.documentElement.scrollWidth"), 360)
        self.js("document.querySelector('#explain .panel-bar button:last-child').click(); document.getElementById('menu').click()")
        self.assertTrue(self.js("return document.getElementById('contents').offsetHeight > 100"))
        self.js("document.getElementById('menu').click()")
        resize(self.page, 1400)

    def test_the_theme_can_be_switched(self):
        paper = "getComputedStyle(document.body).backgroundColor"
        before = self.js("return " + paper)
        self.js("document.getElementById('theme').click()")
        self.assertNotEqual(before, self.js("return " + paper))
        self.js("document.getElementById('theme').click()")
        self.assertEqual(before, self.js("return " + paper))

    def test_paper_shows_the_document_alone(self):
        self.page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        shown = self.js("return [...document.querySelectorAll('.bar, #contents, .live, .table-tools, .plotted')].filter(n => n.offsetHeight > 0).length")
        self.page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
        self.assertEqual(0, shown)

    def test_without_scripts_every_table_is_there_to_read(self):
        page = browser.open_browser()
        try:
            page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
            page.get(browser.page_of(EXAMPLE))
            self.assertIn("2.16", page.find_element(By.CSS_SELECTOR, "[data-name=class_summary] tbody").text)
            self.assertTrue(page.find_element(By.ID, "contents").is_displayed())
        finally:
            page.quit()


class EveryExample(unittest.TestCase):
    def test_it_opens_draws_and_explains_without_a_complaint(self):
        self.assertGreater(len(EXAMPLES), 5)
        for example in EXAMPLES:
            with self.subTest(example):
                page = opened(example)
                try:
                    said = page.execute_script(EXPLAIN, 3)
                    self.assertGreater(len(said), 2)
                    self.assertEqual([], [one for one in said if one[4] == "false" or one[1] != one[2]])
                    for tab in page.find_elements(By.CSS_SELECTOR, "[role=tab]"):
                        page.execute_script("arguments[0].click(); arguments[0].scrollIntoView()", tab)
                        WebDriverWait(page, 10).until(lambda p: p.execute_script(
                            "return [...document.querySelectorAll('#tab-panel .plot')].every(one => one.querySelector('svg path'))"))
                    self.assertEqual([], browser.complaints(page))
                    self.assertEqual([], browser.network_requests(page))
                finally:
                    page.quit()

    def test_every_decrement_and_yield_of_the_prospectus_is_worked_out(self):
        page = opened("fannie-2025-21")
        try:
            said = page.execute_script(EVERY, "decrements/", "yields/")
            asked = [one for one in said if one[0].split("/")[-1] in ("percent", "yield_pct", "price")]
            self.assertGreater(len(asked), 1900)
            self.assertEqual([], [one for one in asked if one[1] != "true"])
        finally:
            page.quit()

    def test_names_with_marks_of_the_page_stay_names(self):
        with tempfile.TemporaryDirectory() as folder:
            deal = pathlib.Path(folder) / "deal"
            shutil.copytree(browser.SOURCE / "examples/pac-support", deal)
            text = (deal / "deal.yaml").read_text(encoding="utf-8").splitlines()
            name = "</script><img src=x onerror=alert(1)> & <b>'\"{{deal}}"
            lines = ["deal: " + "'" + name.replace("'", "''") + "'" if line.startswith("deal:") else line for line in text]
            (deal / "deal.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
            subprocess.run([os.environ.get("SPILLWAY_COMMAND", "spillway"), "book", str(deal / "deal.yaml"), "--out", str(pathlib.Path(folder) / "odd")], check=True, stdout=subprocess.DEVNULL)
            page = opened("odd", books=folder)
            try:
                self.assertEqual(name, page.find_element(By.TAG_NAME, "h1").text)
                self.assertEqual([], browser.complaints(page))
                self.assertEqual(0, page.execute_script("return document.querySelectorAll('img').length"))
            finally:
                page.quit()


if __name__ == "__main__":
    unittest.main()
