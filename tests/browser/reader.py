"""A reader of the book's page: opens it, clicks, types, and says what the page answers."""

import pathlib
import shutil
import tempfile
import time
import unittest

import browser
from selenium.webdriver.support.ui import WebDriverWait

EXAMPLE = "impac-2003-12"

# Clicks a sample of the cells of every table, and says what the panel made of each: [path, cell, printed, ok].
EXPLAIN = """
const perColumn = arguments[0], taken = {}, said = [];
for (const cell of document.querySelectorAll('main td[data-path]')) {
  if (cell.textContent.trim() === '') continue;
  const parts = cell.dataset.path.split('/'), key = parts[0] + '/' + parts[parts.length - 1];
  taken[key] = taken[key] || [];
  taken[key].push(cell);
}
for (const cells of Object.values(taken)) {
  const step = Math.max(1, Math.floor(cells.length / perColumn));
  for (let i = 0; i < cells.length; i += step) {
    const cell = cells[i];
    cell.click();
    const panel = document.getElementById('explain'), check = panel.querySelector('.check');
    said.push([cell.dataset.path, cell.textContent.trim(), panel.querySelector('.printed-value').textContent,
               panel.dataset.path, check.dataset.ok || 'stated', panel.querySelector('.recomputed').textContent]);
    panel.querySelector('.panel-bar button:last-child').click();
  }
}
return said;
"""

# Clicks the cells of a selector, and says what each panel lists of loans: [path, caption, loans listed, dollars of the lines, dollars of all].
LOANS = """
const dollars = text => Number(text.replace(/[$,]/g, '')), said = [];
for (const cell of document.querySelectorAll(arguments[0])) {
  cell.click();
  for (const table of document.querySelectorAll('#explain .steps table')) {
    const caption = table.caption ? table.caption.textContent : '';
    if (!/^(Largest loans|Loans that paid most)/.test(caption)) continue;
    const lines = [...table.tBodies[0].rows].map(row => [row.classList.contains('total'), row.cells[0].textContent,
                                                         dollars(row.cells[row.cells.length - 2].textContent)]);
    const parts = lines.filter(([isTotal]) => !isTotal);
    said.push([cell.dataset.path, caption, parts.filter(([, name]) => !/other loans|as a whole/.test(name)).length,
               parts.reduce((sum, [, , value]) => sum + value, 0), lines.find(([isTotal]) => isTotal)[2]]);
  }
}
return said;
"""

# Clicks every cell whose path begins as asked: [path, ok, command of the check line].
EVERY = """
const said = [], panel = document.getElementById('explain'), begins = [...arguments];
for (const cell of document.querySelectorAll('main td[data-path]')) {
  if (cell.textContent.trim() === '' || !begins.some(text => cell.dataset.path.startsWith(text))) continue;
  cell.click();
  said.push([cell.dataset.path, panel.querySelector('.check').dataset.ok || 'stated', panel.querySelector('.check .command code')?.textContent || '']);
}
panel.querySelector('.panel-bar button:last-child').click();
return said;
"""


def opened(example=EXAMPLE, books=browser.BOOKS, **window):
    """A browser at the page of an example, once the page says that it is ready."""
    page = browser.open_browser(**window)
    page.set_script_timeout(240)
    page.get((pathlib.Path(books) / example / "index.html").resolve().as_uri())
    WebDriverWait(page, 20).until(lambda p: p.execute_script("return document.documentElement.dataset.ready === 'true'"))
    return page


def resize(page, width, height=900):
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})
    time.sleep(.3)


class Case(unittest.TestCase):
    example = EXAMPLE

    @classmethod
    def setUpClass(cls):
        cls.downloads = tempfile.mkdtemp()
        cls.page = opened(cls.example, downloads=cls.downloads)

    @classmethod
    def tearDownClass(cls):
        cls.page.quit()
        shutil.rmtree(cls.downloads, ignore_errors=True)

    def js(self, script, *arguments):
        return self.page.execute_script(script, *arguments)

    def texts(self, selector):
        return self.js("return [...document.querySelectorAll(arguments[0])].map(node => node.textContent.trim())", selector)

    def press(self, keys):
        self.page.switch_to.active_element.send_keys(keys)

    def until(self, script):
        WebDriverWait(self.page, 15).until(lambda page: page.execute_script("return " + script))
