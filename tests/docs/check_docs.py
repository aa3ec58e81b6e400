#!/usr/bin/env python3
"""Checks the pages against the project: links resolve, and every name, key and option is documented.

Run from anywhere: tests/docs/check_docs.py [PROJECT]. Prints every problem; the exit code is 1 if there are any.
"""
import json
import re
import sys
from pathlib import Path

ROOT = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]).resolve()
problems = []


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def markdown_files():
    """Every page of the project, those of third_party, builds and outputs apart."""
    skipped = {"build", "out", "third_party", "node_modules", ".git"}
    return [p for p in sorted(ROOT.rglob("*.md")) if not skipped & set(p.relative_to(ROOT).parts)]


def without_code(text):
    text = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    return re.sub(r"`[^`\n]*`", "", text)


def anchors(page):
    """The anchors of a page's headings, as the usual renderers make them."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)
    found = set()
    for heading in re.findall(r"^#+ (.*)$", text, flags=re.M):
        plain = re.sub(r"[`*]", "", heading).strip().lower()
        found.add(re.sub(r"[^\w\- ]", "", plain).replace(" ", "-"))
    return found


def check_links():
    for page in markdown_files():
        for target in re.findall(r"\]\(([^)\s]+)\)", without_code(page.read_text(encoding="utf-8"))):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            file = (page.parent / path).resolve() if path else page
            name = page.relative_to(ROOT)
            if not file.exists():
                problems.append(f"{name}: the link {target} leads nowhere")
            elif anchor and file.suffix == ".md" and anchor not in anchors(file):
                problems.append(f"{name}: {target}: the page has no such heading")


def code_spans(text):
    """All that stands in code, inline or fenced, as one text."""
    fenced = re.findall(r"^```.*?\n(.*?)^```", text, flags=re.S | re.M)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.S | re.M))
    return "\n".join(fenced + inline)


def says(code, word):
    return re.search(r"(?<![\w.])" + re.escape(word) + r"(?![\w]|\.\w)", code) is not None


def require_words(words, page, what):
    code = code_spans(read(page))
    for word in sorted(words):
        if not says(code, word) and not any(says(code, prefix + "." + word) for prefix in ("payments", "accrual")):
            problems.append(f"{page}: {what} {word} is not documented")


def check_formula_names():
    source = read("src/spillway/deal/names.cpp")
    tables = re.findall(r"constexpr BuiltIn k\w+\[\] = \{(.*?)\n\};", source, flags=re.S)
    names = {name for table in tables for name in re.findall(r'\{"([^"]+)",', table)}
    if len(names) < 20:
        problems.append("src/spillway/deal/names.cpp: the tables of names were not found")
    resolver = read("src/spillway/deal/resolve.cpp")
    names |= set(re.findall(r'"((?:call|hedges)\.\w+)"', resolver))
    names |= {name.lstrip(".") for name in re.findall(r'bond\.name \+ "(\.[\w.]+)"', resolver)}
    require_words(names, "docs/deal-format.md", "the name")


def schema_keys(schema):
    """Every key a schema describes, and every word of its enums."""
    keys, words = set(), set()

    def walk(node):
        if isinstance(node, dict):
            if isinstance(node.get("properties"), dict):
                keys.update(node["properties"])
            words.update(w for w in node.get("enum", []) if isinstance(w, str))
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(json.loads(read(schema)))
    return keys, words


def check_schemas():
    for schema, page in (
        ("schema/deal.schema.json", "docs/deal-format.md"),
        ("schema/scenarios.schema.json", "docs/scenarios.md"),
        ("schema/document.schema.json", "docs/outputs.md"),
        ("schema/products.schema.json", "docs/deal-format.md"),
        ("schema/tape-mapping.schema.json", "docs/tape-format.md"),
        ("schema/strats.schema.json", "docs/stratifications.md"),
    ):
        keys, words = schema_keys(schema)
        require_words(keys, page, f"the key of {schema}")
        require_words(words, page, f"the word of {schema}")


def check_options():
    source = "".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "apps/cli").glob("*.cpp")))
    options = set()
    for text in re.findall(r'add_(?:option|flag)\(\s*"([^"]+)"', source) + re.findall(r'version_flag\("([^"]+)"', source):
        options.update(part.lstrip("!") for part in text.split(",") if part.lstrip("!").startswith("--"))
    if len(options) < 10:
        problems.append("apps/cli: the options were not found")
    page = read("docs/command.md")
    for option in sorted(options):
        if not re.search(re.escape(option) + r"(?![\w-])", page):
            problems.append(f"docs/command.md: the option {option} is not documented")
    for command in re.findall(r'add_command\(app, "(\w+)"', source):
        if f"## spillway {command}\n" not in page:
            problems.append(f"docs/command.md: spillway {command} has no section")


def check_arrows():
    """ARCHITECTURE.md and the build file name the same modules and arrows, in the same order."""
    build = read("src/spillway/CMakeLists.txt")
    stated = []
    for body in re.findall(r"^spillway_module\((.*?)\)", build, flags=re.S | re.M):
        words = body.split()
        uses = words[words.index("USES") + 1 :] if "USES" in words else []
        if "LIBRARIES" in uses:
            uses = uses[: uses.index("LIBRARIES")]
        stated.append(" ".join([words[0], "->", *uses]))
    shown = re.findall(r"^(\w+ ->(?: [\w ]+)?)$", read("ARCHITECTURE.md"), flags=re.M)
    shown = [line.strip() for line in shown]
    for line in stated:
        if line not in shown:
            problems.append(f"ARCHITECTURE.md: the arrows do not have the line: {line}")
    if stated != shown and set(stated) == set(shown):
        problems.append("ARCHITECTURE.md: the arrows stand in another order than in src/spillway/CMakeLists.txt")
    problems.extend(f"ARCHITECTURE.md: the build has no such module or arrow: {line}" for line in shown if line not in stated)


def check_quoted_files():
    """A block between <!-- FILE --> and <!-- end --> is the file, word for word."""
    for page in markdown_files():
        for name, block in re.findall(r"<!-- ([\w./-]+) -->\n```\w*\n(.*?)```\n<!-- end -->", page.read_text(encoding="utf-8"), flags=re.S):
            file = ROOT / name
            if not file.exists():
                problems.append(f"{page.relative_to(ROOT)}: it quotes {name}, which is not there")
            elif file.read_text(encoding="utf-8").strip() != block.strip():
                problems.append(f"{page.relative_to(ROOT)}: the lines quoted from {name} are not the file's")


for check in (check_links, check_formula_names, check_schemas, check_options, check_arrows, check_quoted_files):
    check()
for problem in problems:
    print(problem)
print(f"{len(markdown_files())} pages, {len(problems)} problems")
sys.exit(1 if problems else 0)
