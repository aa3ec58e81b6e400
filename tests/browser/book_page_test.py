"""The book's page in a browser, as a reader uses it: sections, charts, runs to choose from, numbers that explain themselves."""

import os
import pathlib
import shlex
import subprocess
import unittest

import browser
from reader import EVERY, EXAMPLE, EXPLAIN, LOANS, Case, opened
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

LARGEST = 3_000_000      # bytes
FIRST_PAINT = 1000       # milliseconds

# Columns that the page must work out again itself, and not only state.
WORKED_OUT = {"dm_tables": ["dm_bps", "wal", "mdur", "first_prin", "last_prin"], "class_summary": ["wal_call", "wal_mat", "mdur_call", "mdur_mat",
              "window_call", "window_mat", "last_scheduled"], "available_rate": ["available_rate_forward", "available_rate_shock"],
              "credit_enhancement": ["subordination_pct"],
              "strats": ["pct_of_total", "average_balance", "gross_wac", "net_wac", "remaining_term", "age", "fico", "orig_ltv", "wa_months_to_roll"],
              "loss_grid": ["pool_loss_pct", "dm_bps", "wal", "mdur", "written_down", "made_good", "principal_loss", "principal_loss_pct", "interest_shortfall"],
              "break_evens": ["cdr_pct", "pool_loss_pct", "outcome", "evaluations"],
              "credit_schedule": ["pool_ending", "overcollateralization", "excess_spread", "A-1_enhancement_pct"],
              "collateral_losses": ["cumulative_default_pct", "cumulative_loss_pct"], "residual": ["cash"]}


class ThePage(Case):
    def test_it_opens_small_fast_and_asks_nobody_for_anything(self):
        page = opened()
        try:
            paint = page.execute_script("return performance.getEntriesByName('first-contentful-paint')[0].startTime")
            self.assertEqual([], browser.complaints(page))
            self.assertEqual([], browser.network_requests(page))
        finally:
            page.quit()
        self.assertLess(paint, FIRST_PAINT)
        self.assertLess((browser.BOOKS / EXAMPLE / "index.html").stat().st_size, LARGEST)

    def test_every_section_has_a_heading_and_a_link_in_the_contents(self):
        sections = self.js("return [...document.querySelectorAll('main > section')].filter(s => !s.hidden).map(s => s.id)")
        links = self.js("return [...document.querySelectorAll('#contents li a')].map(a => a.hash.slice(1))")
        self.assertEqual(sorted(sections), sorted(links))
        for wanted in ("explore", "flows", "cross-tab", "data", "terms-of-the-bonds", "available-rate-schedule", "summary-of-loans"):
            self.assertIn(wanted, sections)

    def test_every_table_has_a_caption_or_a_label_and_heads_with_scopes(self):
        self.assertEqual([], self.js("return [...document.querySelectorAll('main table')].filter(t => !t.caption && "
                                     "!t.closest('[aria-label]')).map(t => t.outerHTML.slice(0, 99))"))
        self.assertEqual([], self.js("return [...document.querySelectorAll('main th:not([scope])')].map(t => t.outerHTML)"))

    def test_charts_are_drawn_under_every_tab_and_beside_every_stratification(self):
        drawn = "[...document.querySelectorAll('%s .plot')].every(p => p.querySelectorAll('svg path').length > 3)"
        drawings = 0
        for tab in self.page.find_elements(By.CSS_SELECTOR, "[role=tab]"):
            self.js("arguments[0].click(); arguments[0].scrollIntoView()", tab)
            self.until(drawn % "#tab-panel")
            shown = len(self.texts("#tab-panel figcaption"))
            self.assertTrue(shown > 0 or "nothing to show" in self.texts("#tab-panel .hint")[0], tab.text)
            drawings += shown
        self.assertGreater(drawings, 8)
        figures = self.page.find_elements(By.CSS_SELECTOR, ".plotted.strat")
        self.assertGreater(len(figures), 10)
        for figure in figures:
            self.js("arguments[0].scrollIntoView()", figure)
            WebDriverWait(self.page, 10).until(lambda page, f=figure: page.execute_script("return arguments[0].querySelectorAll('svg path').length > 3", f))

    def test_choosing_a_run_changes_charts_summary_and_cash_flows(self):
        seen = lambda: (self.texts("#source-run"), self.texts(".live-summary td"), self.texts("#flows td"), self.texts("#tab-panel figcaption"))
        self.js("document.getElementById('tab-0').click()")
        before = seen()
        self.js("[...document.querySelectorAll('#choice [data-part=speed] button')].find(b => b.textContent === '180%').click()")
        faster = seen()
        self.js("[...document.querySelectorAll('#choice [data-part=end] button')].find(b => b.textContent === 'To call').click()")
        called = seen()
        self.js("const list = document.querySelector('#choice select'); list.value = 'credit'; list.dispatchEvent(new Event('change', {bubbles: true}))")
        credit = seen()
        for one, other in ((before, faster), (faster, called), (called, credit)):
            for a, b in zip(one, other):
                self.assertNotEqual(a, b)
        self.assertIn("credit, 100% of the curve", credit[0][0])

    def test_numbers_explain_themselves_and_come_out_as_printed(self):
        said = self.js(EXPLAIN, 6)
        self.assertGreater(len(said), 250)
        for path, cell, printed, asked, ok, again in said:
            self.assertEqual((path, cell), (asked, printed))
            self.assertNotEqual("false", ok, f"{path}: printed {printed}, worked out {again}")
        for table, columns in WORKED_OUT.items():
            for column in columns:
                marks = {ok for path, _, _, _, ok, _ in said if path.startswith(table + "/") and path.endswith("/" + column)}
                self.assertIn("true", marks, f"{table} {column}")

    def test_every_price_dm_cell_is_worked_out(self):
        self.assertEqual([], self.js("""
            return [...document.querySelectorAll('td[data-path^="dm_tables/"]')].filter(cell => {
              cell.click();
              return document.querySelector('#explain .check').dataset.ok !== 'true';
            }).map(cell => cell.dataset.path)"""))
        self.js("document.querySelector('#explain .panel-bar button:last-child').click()")

    def test_an_average_life_walks_down_to_the_steps_of_a_period(self):
        self.js("document.querySelector('[data-path=\"dm_tables/A-1/maturity/150/wal\"]').click()")
        self.js("document.querySelector('#explain .steps td button, #explain .steps th button').click()")
        self.assertIn("Steps of the waterfall", self.texts("#explain caption"))
        self.assertIn("Principal", " ".join(self.texts("#explain dt")) + " ".join(self.texts("#explain th")))
        self.js("document.querySelector('#explain .panel-bar button').click()")
        self.assertEqual(["WAL (yr)"], self.texts("#explain h2"))
        self.press(Keys.ESCAPE)
        self.assertTrue(self.js("return document.getElementById('explain').hidden"))

    def test_the_largest_loans_of_every_stratification_row_and_all_others_add_up_to_it(self):
        cells = self.texts('td[data-path^="strats/"][data-path$="/current_balance"]')
        said = self.js(LOANS, 'td[data-path^="strats/"][data-path$="/current_balance"]')
        self.assertGreater(len(cells), 100)
        self.assertEqual(len(cells), len(said))
        for cell, (path, caption, loans, parts, whole) in zip(cells, said):
            self.assertEqual("Largest loans", caption, path)
            self.assertTrue(1 <= loans <= 5, path)
            self.assertAlmostEqual(whole, parts, delta=.05, msg=path)
            self.assertAlmostEqual(float(cell.replace("$", "").replace(",", "")), whole, delta=.5, msg=path)
        for item in ("Total Number of Loans", "Total Outstanding Balance"):
            self.assertEqual(5, self.js(LOANS, f'[data-path="pool_summary/{item}/value"]')[0][2], item)

    def test_the_loans_of_the_heaviest_period_add_up_to_what_its_collateral_paid(self):
        for path, lists in (("dm_tables/A-1/maturity/150/wal", 1), ("dm_tables/A-1/maturity/80/wal", 1), ("dm_tables/M-1/call/100/dm_bps", 2),
                            ("class_summary/A-1/mdur_call", 2), ("class_summary/A-2/window_mat", 1)):
            said = self.js(LOANS, f'[data-path="{path}"]')
            self.assertEqual(lists, len(said), path)
            self.js("[...document.querySelectorAll('#explain button')].find(b => /^Open period/.test(b.textContent)).click()")
            collateral = dict(zip(self.texts("#explain dt"), self.texts("#explain dd")))
            paid = {name: float(text.replace("$", "").replace(",", "")) for name, text in collateral.items() if text.startswith("$")}
            wanted = [paid["less scheduled principal"] + paid["less prepaid principal"], paid["= Net interest"]]
            for (_, caption, loans, parts, whole), amount in zip(said, wanted):
                self.assertEqual(10, loans, path)
                self.assertAlmostEqual(whole, parts, delta=.1, msg=f"{path}: {caption}")
                self.assertAlmostEqual(amount, whole, delta=.02, msg=f"{path}: {caption}")
        # At 0% the heaviest period is too far away to carry every loan to: the command does.
        self.assertEqual([], self.js(LOANS, '[data-path="dm_tables/A-1/maturity/0/wal"]'))
        command = next(text for text in self.texts("#explain .command code") if "cash_flows/" in text)
        self.assertEqual('spillway explain deal.yaml "cash_flows/pool/359/principal" --scenario pricing --speed 0 --to maturity', command)
        deal = browser.SOURCE / "examples" / EXAMPLE / "deal.yaml"
        answer = subprocess.run([os.environ.get("SPILLWAY_COMMAND", "spillway"), *shlex.split(command)[1:2], str(deal), *shlex.split(command)[3:]],
                                check=True, capture_output=True, text=True).stdout
        self.assertIn("Loans that brought the principal collected of period 359", answer)

    def test_every_cell_of_a_loss_grid_and_of_break_evens_is_worked_out_or_names_its_command(self):
        said = self.js(EVERY, "loss_grid/", "break_evens/", "strats/")
        self.assertGreater(len(said), 3000)
        for path, ok, command in said:
            table, column = path.split("/")[0], path.split("/")[-1]
            self.assertNotEqual("false", ok, path)
            if column in WORKED_OUT[table]:
                self.assertEqual("true", ok, path)
            if column in ("loss_1_bps_above", "unpaid_interest", "max_wac"):
                self.assertEqual(("stated", f'spillway explain deal.yaml "{path}"'), (ok, command))

    def test_the_command_that_works_a_number_out_can_be_copied(self):
        self.page.execute_cdp_cmd("Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]})
        path = self.js("const cell = document.querySelector('[data-path^=\"break_evens/\"][data-path$=\"/loss_5_bps_above\"]'); cell.click(); return cell.dataset.path")
        self.js("document.querySelector('#explain .check .copy-command').click()")
        text = self.page.execute_async_script("const done = arguments[0]; setTimeout(() => navigator.clipboard.readText().then(done, e => done(String(e))), 300)")
        self.assertEqual(f'spillway explain deal.yaml "{path}"', text)

    def test_the_command_of_a_panel_answers_with_the_same_number(self):
        for path in ("class_summary/A-1/wal_call", "dm_tables/A-1/maturity/150/wal", "strats/fico/701 - 720/gross_wac", "available_rate/12/available_rate_forward",
                     "loss_grid/A-1/100/2/40/wal", "break_evens/M-4/zero yield/100/60/cdr_pct", "break_evens/A-2/first principal loss/100/40/pool_loss_pct", "credit_schedule/2/excess_spread", "pool_summary/WA LTV/value"):
            cell = self.js("const cell = document.querySelector(`[data-path='${arguments[0]}']`); cell.click(); return cell.textContent", path)
            self.assertIn(f'spillway explain deal.yaml "{path}"', self.texts("#explain .command code"))
            deal = browser.SOURCE / "examples" / EXAMPLE / "deal.yaml"
            answer = subprocess.run([os.environ.get("SPILLWAY_COMMAND", "spillway"), "explain", str(deal), path, "--depth", "1"],
                                    check=True, capture_output=True, text=True).stdout.replace(",", "")
            self.assertIn(cell.strip("$%").replace(",", "")[:-1], answer, path)   # its last digit is rounded here

    def bring_to_rest(self, element):
        """Scrolls to it, and waits until it stays where it is: what is drawn on the way moves it, and a click would miss."""
        self.page.execute_async_script("""
            const [element, done] = arguments;
            element.scrollIntoView({block: 'center'});
            let before = NaN, still = 0;
            const look = () => {
              const top = element.getBoundingClientRect().top;
              still = top === before ? still + 1 : 0;
              before = top;
              if (still >= 5) done(); else requestAnimationFrame(look);
            };
            look();""", element)

    def test_csv_downloads_are_the_bytes_of_the_tables(self):
        files = sorted((browser.BOOKS / EXAMPLE / "tables").glob("*.csv"))
        self.assertEqual([f.stem for f in files], sorted(self.js("return [...document.querySelectorAll('#data [data-file]')].map(b => b.dataset.file)")))
        for file in files:
            button = self.page.find_element(By.CSS_SELECTOR, f"#data [data-file='{file.stem}']")
            self.bring_to_rest(button)
            button.click()
            got = pathlib.Path(self.downloads) / file.name
            WebDriverWait(self.page, 30).until(lambda _, g=got: g.exists() and g.stat().st_size > 0)
            self.assertEqual(file.read_bytes(), got.read_bytes(), file.name)

    def test_a_copied_table_is_tabbed_with_plain_numbers(self):
        self.page.execute_cdp_cmd("Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]})
        self.js("document.querySelector('[data-name=class_summary] .copy').click()")
        text = self.page.execute_async_script("const done = arguments[0]; setTimeout(() => navigator.clipboard.readText().then(done, e => done(String(e))), 300)")
        lines = text.replace("\r", "").split("\n")
        self.assertEqual(["A-1", "861000000", "Floating Rate Senior", "2.16", "2.78"], lines[1].split("\t")[:5])
        self.assertEqual("1000000000", lines[7].split("\t")[1])


class ByKeyboard(Case):
    def test_a_slash_searches_and_enter_goes_to_what_was_found(self):
        self.js("document.activeElement.blur()")
        self.page.find_element(By.TAG_NAME, "body").send_keys("/")
        self.assertEqual("search-box", self.js("return document.activeElement.id"))
        self.press("available rate sch")
        self.assertIn("Available Rate Schedule", self.texts("#hits b"))
        self.press(Keys.ESCAPE)
        self.assertEqual([], self.texts("#hits b"))

    def test_arrows_move_among_numbers_enter_explains_escape_returns(self):
        self.js("document.querySelector('[data-path=\"class_summary/A-1/wal_call\"]').tabIndex = 0; document.querySelector('[data-path=\"class_summary/A-1/wal_call\"]').focus()")
        self.press(Keys.ARROW_DOWN)
        self.assertEqual("class_summary/A-2/wal_call", self.js("return document.activeElement.dataset.path"))
        self.press(Keys.ENTER)
        self.assertFalse(self.js("return document.getElementById('explain').hidden"))
        self.press(Keys.ESCAPE)
        self.assertEqual("class_summary/A-2/wal_call", self.js("return document.activeElement.dataset.path"))

    def test_arrows_move_among_tabs(self):
        self.js("document.querySelector('[role=tab][aria-selected=true]').focus()")
        self.press(Keys.ARROW_RIGHT)
        self.assertEqual("true", self.js("return document.activeElement.getAttribute('aria-selected')"))
        self.assertEqual("One class", self.js("return document.activeElement.textContent"))

    def test_sorting_keeps_the_total_last_and_a_third_press_restores(self):
        names = "[data-name=class_summary] tbody tr > :first-child"
        head = "document.querySelectorAll('[data-name=class_summary] thead .sort')[1].click()"
        before = self.texts(names)
        self.js(head)
        self.assertEqual(["M-4", "M-3", "A-2", "M-1", "M-2", "A-1", "Total"], self.texts(names))
        self.js(head)
        self.assertEqual("Total", self.texts(names)[-1])
        self.assertEqual("A-1", self.texts(names)[0])
        self.js(head)
        self.assertEqual(before, self.texts(names))

    def test_a_filter_hides_rows_and_says_how_many_are_left(self):
        box = "document.querySelector('[data-name=state] input')"
        self.js(f"{box}.value = 'CA'; {box}.dispatchEvent(new Event('input'))")
        self.assertEqual(["CA"], self.js("return [...document.querySelectorAll('[data-name=state] tbody tr:not(.total)')].filter(r => !r.hidden).map(r => r.cells[0].textContent)"))
        self.assertIn("1 of", self.texts("[data-name=state] .found")[0])
        self.js(f"{box}.value = ''; {box}.dispatchEvent(new Event('input'))")


if __name__ == "__main__":
    unittest.main()
