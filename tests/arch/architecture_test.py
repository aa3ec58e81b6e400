"""Holds the source tree to the rules of rules.py, and the rules to small trees that break them.

Usage: architecture_test.py PROJECT-FOLDER
"""
import os
import sys
import tempfile
import unittest

import rules

PROJECT = "."


class TheProject(unittest.TestCase):
    def none(self, breaches):
        self.assertEqual([], breaches, "\n" + "\n".join(breaches))

    def test_modules_include_only_what_their_build_line_names(self):
        self.assertGreater(len(rules.uses(PROJECT)), 15)
        self.none(rules.wrong_arrows(PROJECT))

    def test_the_arrows_make_no_circle(self):
        self.none(rules.circles(PROJECT))

    def test_the_finance_core_needs_the_standard_library_alone(self):
        self.none(rules.foreign_in_core(PROJECT))

    def test_public_headers_show_no_third_party_type(self):
        self.none(rules.foreign_in_public_headers(PROJECT))

    def test_the_library_never_prints_nor_exits_nor_looks_at_the_machine(self):
        self.none(rules.prints_or_exits(PROJECT))

    def test_the_arrows_of_the_architecture_page_are_those_of_the_build(self):
        self.none(rules.arrows_not_as_written(PROJECT))

    def test_file_names_say_what_is_in_the_file(self):
        self.none(rules.banned_names(PROJECT))

    def test_no_file_speaks_of_a_folder_of_one_machine(self):
        self.none(rules.machine_paths(PROJECT))


class TheRules(unittest.TestCase):
    """Each rule finds what it is there to find."""

    def tree(self, files):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        whole = {
            "src/spillway/CMakeLists.txt": "spillway_module(result)\nspillway_module(table USES result)\n"
                                           "spillway_module(book\n  USES result table LIBRARIES fmt::fmt)\n"
                                           "spillway_module(io USES table LIBRARIES yaml-cpp)\n",
            "apps/cli/CMakeLists.txt": "target_link_libraries(spillway_cli PRIVATE spillway::io)\n",
            "src/spillway/result/issue.h": "#pragma once\n// Issues.\n#include <string>\n",
            "src/spillway/table/table.h": '#pragma once\n// Tables.\n#include "spillway/result/issue.h"\n',
            "src/spillway/table/cells.h": "#pragma once\n// Cells. Private to table.\n#include <yaml-cpp/yaml.h>\n",
        }
        whole.update(files)
        for name, text in whole.items():
            path = os.path.join(folder.name, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        return folder.name

    def found(self, breaches, *words):
        self.assertEqual(1, len(breaches), breaches)
        for word in words:
            self.assertIn(word, breaches[0])

    def test_a_good_tree_passes(self):
        root = self.tree({"src/spillway/table/cells.h": "#pragma once\n// Cells. Private to table.\n"})
        for rule in (rules.wrong_arrows, rules.circles, rules.foreign_in_core, rules.foreign_in_public_headers,
                     rules.prints_or_exits, rules.banned_names, rules.machine_paths):
            self.assertEqual([], rule(root), rule.__name__)

    def test_an_arrow_that_the_build_does_not_name_is_found(self):
        root = self.tree({"src/spillway/table/a.cpp": '#include "spillway/io/load.h"\n', "src/spillway/io/load.h": ""})
        self.found(rules.wrong_arrows(root), "table/a.cpp", "does not name io")

    def test_an_arrow_through_another_module_does_not_count(self):
        root = self.tree({"src/spillway/io/a.cpp": '#include "spillway/result/issue.h"\n'})
        self.found(rules.wrong_arrows(root), "io/a.cpp", "does not name result")

    def test_an_arrow_of_the_command_is_checked_too(self):
        root = self.tree({"apps/cli/main.cpp": '#include "spillway/table/table.h"\n'})
        self.found(rules.wrong_arrows(root), "apps/cli/main.cpp", "table")

    def test_a_private_header_of_another_module_is_found(self):
        root = self.tree({"src/spillway/book/a.cpp": '#include "spillway/table/cells.h"\n'})
        self.found(rules.wrong_arrows(root), "private to table")

    def test_a_folder_that_is_no_module_is_found(self):
        root = self.tree({"src/spillway/stray/a.cpp": "\n"})
        self.found(rules.wrong_arrows(root), "names no module stray")

    def test_a_circle_is_found(self):
        root = self.tree({"src/spillway/CMakeLists.txt": "spillway_module(a USES b)\nspillway_module(b USES a)\n"})
        self.found(rules.circles(root), "a -> b -> a")

    def test_a_library_in_the_finance_core_is_found(self):
        root = self.tree({"src/spillway/table/a.cpp": "#include <fmt/format.h>\n", "src/spillway/table/cells.h": ""})
        self.found(rules.foreign_in_core(root), "fmt/format.h")

    def test_a_file_or_a_thread_in_the_finance_core_is_found(self):
        root = self.tree({"src/spillway/table/a.cpp": "#include <fstream>\n", "src/spillway/table/cells.h": ""})
        self.found(rules.foreign_in_core(root), "<fstream>")

    def test_a_third_party_type_in_a_public_header_is_found(self):
        root = self.tree({"src/spillway/io/a.h": "#pragma once\n// Read.\n#include <yaml-cpp/yaml.h>\n"})
        self.found(rules.foreign_in_public_headers(root), "io/a.h", "yaml-cpp")

    def test_a_private_header_in_a_public_one_is_found(self):
        root = self.tree({"src/spillway/table/a.h": '#pragma once\n// A.\n#include "spillway/table/cells.h"\n'})
        self.found(rules.foreign_in_public_headers(root), "table/a.h", "private")

    def test_every_way_to_print_or_exit_is_found(self):
        for call in ('std::printf("x")', 'printf ("x")', "std::cout << 1", "std::cerr << 1", "std::exit(1)", "abort()",
                     'std::getenv("HOME")', "std::chrono::system_clock::now()"):
            root = self.tree({"src/spillway/table/a.cpp": f"void f() {{\n  {call};\n}}\n"})
            self.found(rules.prints_or_exits(root), "table/a.cpp:2")

    def test_words_in_comments_and_texts_are_not_calls(self):
        root = self.tree({"src/spillway/table/a.cpp": '// exit(1)\nauto s = "abort()"; int n = std::snprintf(b, 1, s);\n'})
        self.assertEqual([], rules.prints_or_exits(root))

    def test_a_page_that_differs_from_the_build_is_found(self):
        page = "# Map\n```\nresult -> nothing\ntable -> result\nbook -> table\nio -> table\napps -> io\n```\n"
        self.found(rules.arrows_not_as_written(self.tree({"ARCHITECTURE.md": page})), "book", "result")

    def test_a_page_that_leaves_a_module_out_is_found(self):
        page = "```text\nresult ->\ntable -> result\nbook -> result table\n```\n"
        self.found(rules.arrows_not_as_written(self.tree({"ARCHITECTURE.md": page})), "no arrows of io")

    def test_a_banned_name_is_found(self):
        self.found(rules.banned_names(self.tree({"src/spillway/table/table_utils.h": ""})), "table_utils.h")

    def test_a_folder_of_one_machine_is_found(self):
        for start in ("/ho" + "me/", "/wo" + "rk/", "/ro" + "ot/"):
            root = self.tree({"docs/a.md": f"see {start}someone/file\n"})
            self.found(rules.machine_paths(root), "docs/a.md:1")


if __name__ == "__main__":
    PROJECT = sys.argv.pop(1)
    unittest.main(verbosity=2)
