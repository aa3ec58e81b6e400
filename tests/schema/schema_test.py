"""The published schemas: valid, met by the examples, and as strict as the command.

Usage: schema_test.py PROJECT-FOLDER SPILLWAY-COMMAND
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import jsonschema
import yaml

PROJECT = COMMAND = "."
EXAMPLE = "examples/impac-2003-12"


class Loader(yaml.SafeLoader):
    """YAML as Spillway reads it: dates and 861_000_000 are text, true and false the only truths, every key is text."""


Loader.yaml_implicit_resolvers = {}
for pattern, tag, first in ((r"^(?:true|True|TRUE|false|False|FALSE)$", "bool", "tTfF"),
                            (r"^(?:~|null|Null|NULL|)$", "null", ["~", "n", "N", ""]),
                            (r"^[-+]?[0-9]+$", "int", "-+0123456789"),
                            (r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "float", "-+.0123456789")):
    Loader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), list(first))


def construct_mapping(loader, node, deep=True):
    return {str(key.value): loader.construct_object(value, deep=True) for key, value in node.value}


Loader.add_constructor("tag:yaml.org,2002:map", construct_mapping)
Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value.replace("+", "")))
Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


def load(text):
    return yaml.load(text, Loader)


def read(*parts):
    with open(os.path.join(PROJECT, *parts), encoding="utf-8") as file:
        return file.read()


def schema(name):
    return json.loads(read("schema", name + ".schema.json"))


def accepts(name, text):
    return jsonschema.Draft202012Validator(schema(name)).is_valid(load(text))


# A file, what to replace, by what. None of them has a fault but of form, or none at all.
CHANGES = [
    ("deal", "spillway: 1\n", "spillway: 2\n"),
    ("deal", "spillway: 1\n", "spillway: '1'\n"),
    ("deal", "spillway: 1\n", "spillway: 1.0\n"),
    ("deal", "spillway: 1\n", "spillway: one\n"),
    ("deal", "deal: Impac CMB Trust Series 2003-12\n", ""),
    ("deal", "deal: Impac CMB Trust Series 2003-12\n", "deal: 2003\n"),
    ("deal", "deal: Impac CMB Trust Series 2003-12\n", "deal: [a]\n"),
    ("deal", "deal: Impac CMB Trust Series 2003-12\n", "deal:\n"),
    ("deal", "class_groups:", "klass_groups:"),
    ("deal", "  cut_off: 2003-12-01\n", ""),
    ("deal", "cut_off: 2003-12-01", "cut_off: 2003/12/01"),
    ("deal", "cut_off: 2003-12-01", "cut_off: '2003-12-01'"),
    ("deal", "cut_off: 2003-12-01", "cut_off: 20031201"),
    ("deal", "day: 25", "day: 32"),
    ("deal", "day: 25", "day: 0"),
    ("deal", "day: 25", "day: 25.5"),
    ("deal", "day: 25", "day: twenty"),
    ("deal", "day: 25", "day: '25'"),
    ("deal", "roll: following", "roll: forward"),
    ("deal", "business_days: new_york, ", ""),
    ("deal", "actual/360", "actual/364"),
    ("deal", "periods: unadjusted", "period: unadjusted"),
    ("deal", "  tape: tape.csv ", "  tapes: tape.csv "),
    ("deal", "fees_before_joining: first_period", "fees_before_joining: sometimes"),
    ("deal", "master_servicing: 0.03%", "master_servicing: 0.03"),
    ("deal", "master_servicing: 0.03%", "master_servicing: tape"),
    ("deal", "master_servicing: 0.03%", "master_servicing: none"),
    ("deal", "master_servicing: 0.03%", "master_servicing: {arm: 0.03%}"),
    ("deal", "master_servicing: 0.03%", "master_servicing: {arm: 0.03}"),
    ("deal", "master_servicing: 0.03%", "master_servicing: .03%"),
    ("deal", "master_servicing: 0.03%", "master_servicing: 3e-2%"),
    ("deal", "libor_6m: Six-Month LIBOR", "libor_6m: 6"),
    ("deal", "  index: libor_1m\n", ""),
    ("deal", "balance: 7_500_000", "balance: 7500000"),
    ("deal", "balance: 7_500_000", "balance: 7.5e6"),
    ("deal", "balance: 7_500_000", "balance: -7500000"),
    ("deal", "balance: 7_500_000", "balance: -7_500_000"),
    ("deal", "balance: 7_500_000", "balance: 7500000 dollars"),
    ("deal", "balance: 7_500_000, ", ""),
    ("deal", "margin: 1.50%", "margin: 1.50"),
    ("deal", "margin: 1.50%", "margin: 150 bp"),
    ("deal", "margin: 1.50%", "margin: -1.50%"),
    ("deal", "margin: 1.50%", "margin: 1.50%, floor: 2"),
    ("deal", "margin: 1.50%", "margin: 1.50%, floor: [2]"),
    ("deal", "margin: 1.50%", "margin: 1.50%, floor: yes"),
    ("deal", "margin: 1.50%", "margin: 1.50%, floor: true"),
    ("deal", "margin: 1.50%", "margin: 1.50%, floor:"),
    ("deal", "ratings: {moodys: A3, sp: A+}", "ratings: A3"),
    ("deal", "title: Floating Rate Mezzanine", "title: 5"),
    ("deal", "  Bonds: [A-1, A-2, M-1, M-2, M-3, M-4]", "  Bonds: A-1"),
    ("deal", "available_funds: [principal_funds, interest_funds]", "available_funds: []"),
    ("deal", "available_funds: [principal_funds, interest_funds]", "available_funds: [principal_funds, 5]"),
    ("deal", "excess_cash_flow: {formula: excess_funds, before: 3}", "excess_cash_flow: {formula: excess_funds}"),
    ("deal", "excess_cash_flow: {formula: excess_funds, before: 3}", "excess_cash_flow: {formula: excess_funds, before: '3'}"),
    ("deal", "excess_cash_flow: {formula: excess_funds, before: 3}", "excess cash flow: 5"),
    ("deal", "excess_cash_flow: {formula: excess_funds, before: 3}", "excess_cash_flow: {formula: pool.losses, average_over: 3}"),
    ("deal", "excess_cash_flow: {formula: excess_funds, before: 3}", "excess_cash_flow: {formula: pool.losses, average_over: 121}"),
    ("deal", "excess_cash_flow: {formula: excess_funds, before: 3}", "excess_cash_flow: {formula: pool.losses, sum_over: all}"),
    ("deal", "excess_cash_flow: {formula: excess_funds, before: 3}", "excess_cash_flow: {formula: pool.losses, sum_over: ever}"),
    ("deal", "excess_cash_flow: {formula: excess_funds, before: 3}", "excess_cash_flow: {formula: pool.losses, before: 3, sum_over: 2}"),
    ("deal", "excess_cash_flow: {formula: excess_funds, before: 3}", "excess_cash_flow: {formula: pool.losses, at: previous_period, initial: 5_000}"),
    ("deal", "excess_cash_flow: {formula: excess_funds, before: 3}", "excess_cash_flow: {formula: pool.losses, initial: 5_000}"),
    ("deal", "call:  ", "triggers: {late: {when: period > 3, after: 2, cure: never}}\ncall:  "),
    ("deal", "call:  ", "triggers: {late: {when: period > 3, cure: 0}}\ncall:  "),
    ("deal", "call:  ", "triggers: {late: {when: period > 3, after: 1.5}}\ncall:  "),
    ("deal", "call:  ", "triggers: {late: period > 3}\ncall:  "),
    ("deal", "call:  ", "accounts: {Reserve: {opening: 0, target: 0}}\ncall:  "),
    ("deal", "call:  ", "accounts: {Reserve: {opening: -1, target: 0}}\ncall:  "),
    ("deal", "call:  ", "accounts: {Reserve: {opening: 1}}\ncall:  "),
    ("deal", "call:  ", "calls:  "),
    ("deal", "  when: pool.balance.ending", "  whenever: pool.balance.ending"),
    ("deal", "pay: interest, from", "pays: interest, from"),
    ("deal", "pay: interest, from", "pay: coupon, from"),
    ("deal", "from: interest_funds", "from: [interest_funds]"),
    ("deal", "from: interest_funds", "from: []"),
    ("deal", "to: {sequential: Bonds}}\n  - {section: 2", "to: {sequentially: Bonds}}\n  - {section: 2"),
    ("deal", "to: {sequential: Bonds}}\n  - {section: 2", "to: {sequential: []}}\n  - {section: 2"),
    ("deal", "to: {sequential: Bonds}}\n  - {section: 2", "to: {sequential: Bonds, by: 1}}\n  - {section: 2"),
    ("deal", "to: {sequential: Bonds}}\n  - {section: 2", "to: {at_most: 5, pay: {sequential: Bonds}}}\n  - {section: 2"),
    ("deal", "to: {sequential: Bonds}}\n  - {section: 2", "to: {at_most: 5, pays: {sequential: Bonds}}}\n  - {section: 2"),
    ("deal", "to: {sequential: Bonds}}\n  - {section: 2", "to: {shares: [{60%: A-1}, {40%: A-2}]}}\n  - {section: 2"),
    ("deal", "to: {sequential: Bonds}}\n  - {section: 2", "to: {shares: [{60: A-1}, {40%: A-2}]}}\n  - {section: 2"),
    ("deal", "to: {sequential: Bonds}}\n  - {section: 2", "note: 7, to: {sequential: Bonds}}\n  - {section: 2"),
    ("deal", "to: Certificates}", "to: [Certificates]}"),
    ("scenarios", "spillway: 1", "spillway: 3"),
    ("scenarios", "speeds: [0%, 80%", "speeds: [0, 80%"),
    ("scenarios", "speeds: [100%]", "speeds: []"),
    ("scenarios", "speeds: [100%]", "speeds: 100%"),
    ("scenarios", "arm: 30 CPR", "arm: 30"),
    ("scenarios", "arm: 30 CPR", "arm: 30CPR"),
    ("scenarios", "arm: 30 CPR", "arm: 150 PSA"),
    ("scenarios", "arm: 30 CPR", "arm: {vector: [1 CPR, 2 CPR]}"),
    ("scenarios", "arm: 30 CPR", "arm: {vector: []}"),
    ("scenarios", "arm: 30 CPR", "arm: {vector: [1 CPR], by: age}"),
    ("scenarios", "months: 12", "months: 0"),
    ("scenarios", "months: 12", "months: 12.5"),
    ("scenarios", ", months: 12", ""),
    ("scenarios", "libor_6m: 1.20%", "libor_6m: 1.20"),
    ("scenarios", "remaining: 359", "remaining: 0"),
    ("scenarios", "remaining: 359", "remaining: 601"),
    ("scenarios", "age: 1}", "age: -1}"),
    ("scenarios", "assumed_terms: none", "assumed_terms: nothing"),
    ("scenarios", "hedges: deal", "hedges: some"),
    ("scenarios", "hedges: deal", "hedge: deal"),
    ("scenarios", "to: [call, maturity]", "to: [call, sale]"),
    ("scenarios", "to: [call, maturity]", "to: call"),
    ("scenarios", "shock: {by: 10.00%, from: 2004-01-25}", "shock: none"),
    ("scenarios", "shock: {by: 10.00%, from: 2004-01-25}", "shock: 10%"),
    ("scenarios", "shock: {by: 10.00%, from: 2004-01-25}", "shock: {by: 10.00%}"),
    ("scenarios", "price: 100,", "price: 0,"),
    ("scenarios", "price: 100,", "price: par,"),
    ("scenarios", "speed: 100%}", "speed: 100}"),
    ("scenarios", "  available_rate:    ", "  available-rate:    "),
    ("scenarios", "quantity: available_rate, ", ""),
    ("scenarios", "book:", "books:"),
]


class Schemas(unittest.TestCase):
    def test_each_is_a_schema_of_draft_2020_12(self):
        names = [name for name in os.listdir(os.path.join(PROJECT, "schema")) if name.endswith(".json")]
        self.assertGreaterEqual(len(names), 6)
        for name in names:
            with self.subTest(name):
                text = json.loads(read("schema", name))
                self.assertEqual("https://json-schema.org/draft/2020-12/schema", text["$schema"])
                jsonschema.Draft202012Validator.check_schema(text)

    def test_the_examples_and_the_built_in_files_meet_them(self):
        files = [("products", "data/standard-products.yaml"), ("strats", "data/standard-strats.yaml")]
        for deal in sorted(os.listdir(os.path.join(PROJECT, "examples"))):
            for name in ("deal", "scenarios", "document"):
                if os.path.exists(os.path.join(PROJECT, "examples", deal, name + ".yaml")):
                    files.append((name, f"examples/{deal}/{name}.yaml"))
        self.assertGreaterEqual(len(files), 5)
        for name, file in files:
            with self.subTest(file):
                jsonschema.Draft202012Validator(schema(name)).validate(load(read(file)))

    def test_they_refuse_exactly_what_the_command_refuses(self):
        refused = 0
        with tempfile.TemporaryDirectory() as folder:
            deal = os.path.join(folder, "deal")
            shutil.copytree(os.path.join(PROJECT, EXAMPLE), deal, ignore=shutil.ignore_patterns("published"))
            for name, old, new in CHANGES:
                with self.subTest(change=f"{name}: {old!r} -> {new!r}"):
                    good = read(EXAMPLE, name + ".yaml")
                    self.assertIn(old, good)
                    text = good.replace(old, new, 1)
                    self.write(deal, name, text)
                    run = subprocess.run([COMMAND, "check", "deal.yaml"], cwd=deal, capture_output=True, text=True)
                    self.write(deal, name, good)
                    self.assertIn(run.returncode, (0, 2), run.stderr)
                    self.assertEqual(accepts(name, text), run.returncode == 0, run.stderr)
                    refused += run.returncode == 2
        self.assertGreater(refused, 40)
        self.assertGreater(len(CHANGES) - refused, 10)

    @staticmethod
    def write(folder, name, text):
        with open(os.path.join(folder, name + ".yaml"), "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    COMMAND = os.path.abspath(sys.argv.pop(2))
    PROJECT = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)
