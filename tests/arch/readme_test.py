"""The README shows the library example as it stands in examples/library/five_lines.cpp, which is built and run.

Usage: readme_test.py PROJECT-FOLDER
"""
import os
import re
import sys
import unittest

PROJECT = "."


def code_lines(text):
    return [line.strip() for line in text.split("\n") if line.strip()]


def shows(page, source):
    """True if a C++ block of the page is a stretch of the source that holds the whole body of main."""
    lines = code_lines(source)
    body = code_lines(source[source.index("int main() {") + len("int main() {"):source.rindex("}")])
    for block in re.findall(r"^```(?:cpp|c\+\+)\n(.*?)^```", page, re.MULTILINE | re.DOTALL):
        shown = code_lines(block)
        holds_body = any(shown[i:i + len(body)] == body for i in range(len(shown)))
        if holds_body and any(lines[i:i + len(shown)] == shown for i in range(len(lines))):
            return True
    return False


class Readme(unittest.TestCase):
    def test_it_shows_the_library_example_as_it_is_built(self):
        with open(os.path.join(PROJECT, "README.md"), encoding="utf-8") as page, \
                open(os.path.join(PROJECT, "examples/library/five_lines.cpp"), encoding="utf-8") as code:
            self.assertTrue(shows(page.read(), code.read()),
                            "README.md has no ```cpp block with the lines of examples/library/five_lines.cpp")

    def test_a_page_that_differs_is_found(self):
        source = "#include <a>\n\nint main() {\n  f();\n  g();\n}\n"
        self.assertTrue(shows("x\n```cpp\n" + source + "```\n", source))
        self.assertTrue(shows("```cpp\nf();\ng();\n```\n", source))
        self.assertFalse(shows("```cpp\nf();\n```\n", source))
        self.assertFalse(shows("```cpp\nf();\nh();\ng();\n```\n", source))
        self.assertFalse(shows("f();\ng();\n", source))


if __name__ == "__main__":
    PROJECT = sys.argv.pop(1)
    unittest.main(verbosity=2)
