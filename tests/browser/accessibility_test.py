"""The book's page under axe-core: no serious and no critical finding, in either theme, wide and narrow."""

import unittest

import browser

AXE = (browser.SOURCE / "third_party/axe-core/axe.min.js").read_text(encoding="utf-8")

RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']}).then(
    found => done(found.violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v =>
        v.impact + ': ' + v.help + ' (' + v.nodes.length + '), first: ' + v.nodes[0].html.slice(0, 200))),
    error => done(['axe failed: ' + error]));
"""


class Accessibility(unittest.TestCase):
    def findings(self, example, **window):
        page = browser.open_browser(**window)
        try:
            page.set_script_timeout(240)
            page.get(browser.page_of(example))
            page.execute_script(AXE)
            return page.execute_async_script(RUN)
        finally:
            page.quit()

    def test_the_example_of_the_readme_by_day(self):
        self.assertEqual(self.findings("impac-2003-12"), [])

    def test_the_example_of_the_readme_by_night(self):
        self.assertEqual(self.findings("impac-2003-12", dark=True), [])

    def test_on_a_narrow_screen(self):
        self.assertEqual(self.findings("impac-2003-12", width=500), [])

    def test_a_deal_with_triggers_and_losses(self):
        self.assertEqual(self.findings("subprime"), [])


if __name__ == "__main__":
    unittest.main()
