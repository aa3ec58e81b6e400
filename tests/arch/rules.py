"""The rules of ARCHITECTURE.md as checks of a source tree. Each gives a list of breaches, empty if the rule holds."""
import os
import re
import subprocess

CORE = {
    "result", "calendar", "table", "kernels", "pool", "assumptions", "cashflow", "collateral", "hedges", "rates", "deal",
    "waterfall", "analytics", "strat", "tieout", "book", "profile", "scaffold",
}
STANDARD = set("""
algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv chrono cinttypes climits clocale
cmath codecvt compare complex concepts condition_variable coroutine csetjmp csignal cstdarg cstddef cstdint cstdio cstdlib
cstring ctime cuchar cwchar cwctype deque exception execution filesystem format forward_list fstream functional future
initializer_list iomanip ios iosfwd iostream istream iterator latch limits list locale map memory memory_resource mutex
new numbers numeric optional ostream queue random ranges ratio regex scoped_allocator semaphore set shared_mutex
source_location span sstream stack stdexcept stop_token streambuf string string_view strstream syncstream system_error
thread tuple type_traits typeindex typeinfo unordered_map unordered_set utility valarray variant vector version
""".split())
# Files, threads, terminals: not for the finance core.
NOT_IN_CORE = {
    "barrier", "condition_variable", "execution", "filesystem", "fstream", "future", "iostream", "latch", "mutex",
    "semaphore", "shared_mutex", "syncstream", "thread",
}
# Printing, ending the program, and inputs that no argument shows.
NOT_IN_LIBRARY = re.compile(
    r"\b(?:v?f?printf|puts|fputs|putchar|fwrite|exit|_Exit|quick_exit|abort|terminate|system|getenv|setlocale|srand|rand)"
    r"\s*\(|\bstd::(?:cout|cerr|clog|random_device)\b|\bsystem_clock::now\b|\bfmt::print\b")
BANNED = {"util", "utils", "helper", "helpers", "common", "manager", "info", "tranche", "tranches"}
MACHINE_PATH = re.compile(r"(?<![\w.:/\-])/(?:home|Users|root|work)/[A-Za-z0-9_]|\b[A-Z]:\\Users\\")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def sources(root, folder):
    """C++ files under a folder, relative to root."""
    found = []
    for where, _, names in os.walk(os.path.join(root, folder)):
        found += [os.path.relpath(os.path.join(where, n), root) for n in names if n.endswith((".h", ".cpp"))]
    return sorted(found)


def tracked(root):
    """Every file of the project: as git lists them, or all but what builds make."""
    listed = subprocess.run(["git", "-C", root, "-c", "safe.directory=*", "ls-files", "-z"], capture_output=True) \
        if os.path.exists(os.path.join(root, ".git")) and _has_git() else None
    if listed and listed.returncode == 0:
        return [name for name in listed.stdout.decode().split("\0") if name and os.path.exists(os.path.join(root, name))]
    found = []
    for where, folders, names in os.walk(root):
        folders[:] = [f for f in folders if f not in {".git", "build", "out", "node_modules"}]
        found += [os.path.relpath(os.path.join(where, n), root) for n in names]
    return sorted(found)


def _has_git():
    return any(os.access(os.path.join(p, "git"), os.X_OK) for p in os.environ.get("PATH", "").split(os.pathsep))


def module_of(path):
    """src/spillway/pool/pool.h -> pool; None outside the modules."""
    parts = path.split("/")
    return parts[2] if len(parts) > 3 and parts[:2] == ["src", "spillway"] else None


def uses(root):
    """What the build lets each module include: {module: {used, ...}}."""
    text = re.sub(r"#.*", "", read(os.path.join(root, "src/spillway/CMakeLists.txt")))
    named = {}
    for arguments in re.findall(r"spillway_module\(([^)]*)\)", text):
        words = arguments.split()
        used = words[words.index("USES") + 1:] if "USES" in words else []
        named[words[0]] = set(used[:used.index("LIBRARIES")] if "LIBRARIES" in used else used)
    return named


def app_uses(root):
    text = re.sub(r"#.*", "", read(os.path.join(root, "apps/cli/CMakeLists.txt")))
    named = set(re.findall(r"spillway::(\w+)", text))
    return named | set(uses(root)) if "spillway" in named else named  # spillway::spillway is all modules


def is_private(root, header):
    """True if a header's first comment calls it private to its module."""
    first_comment = re.match(r"#pragma once\n((?://.*\n)*)", read(os.path.join(root, header)))
    return bool(first_comment and "Private to " in first_comment[1])


def code_only(text):
    """Source without comments and without what stands in quotes."""
    text = re.sub(r'R"(\w*)\(.*?\)\1"', '""', text, flags=re.DOTALL)
    return re.sub(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', '""', text, flags=re.DOTALL)


def wrong_arrows(root):
    named, breaches = uses(root), []
    for path in sources(root, "src") + sources(root, "apps"):
        module = module_of(path)
        if module is not None and module not in named:
            breaches.append(f"{path}: src/spillway/CMakeLists.txt names no module {module}")
            continue
        allowed = named[module] | {module} if module else app_uses(root)
        for kind, included in INCLUDE.findall(read(os.path.join(root, path))):
            if not included.startswith("spillway/"):
                continue
            target, header = included.split("/")[1], "src/" + included
            if target not in allowed:
                breaches.append(f"{path}: includes {included}, but {module or 'apps/cli'} does not name {target}")
            if not os.path.exists(os.path.join(root, header)):
                breaches.append(f"{path}: includes {included}, which is not there")
            elif target != module and is_private(root, header):
                breaches.append(f"{path}: includes {included}, which is private to {target}")
            if kind == "<":
                breaches.append(f"{path}: our own {included} goes in quotes")
    return breaches


def circles(root):
    named = uses(root)
    breaches = [f"{m} uses {u}, which is no module" for m in sorted(named) for u in sorted(named[m]) if u not in named]
    finished = set()

    def visit(module, path):
        if module in path:
            breaches.append("circle: " + " -> ".join(path[path.index(module):] + [module]))
        elif module not in finished:
            for used in sorted(named.get(module, ())):
                visit(used, path + [module])
            finished.add(module)

    for module in sorted(named):
        visit(module, [])
    return breaches


def foreign_in_core(root):
    breaches = []
    for path in sources(root, "src"):
        if module_of(path) not in CORE:
            continue
        for _, included in INCLUDE.findall(read(os.path.join(root, path))):
            if included.startswith("spillway/"):
                if included.split("/")[1] not in CORE:
                    breaches.append(f"{path}: the finance core includes {included}")
            elif included in NOT_IN_CORE:
                breaches.append(f"{path}: <{included}> has no place in the finance core")
            elif included not in STANDARD and not (module_of(path) == "kernels" and included.startswith("hwy/")):
                breaches.append(f"{path}: the finance core includes {included}, not of the standard library")
    return breaches


def foreign_in_public_headers(root):
    breaches = []
    for path in sources(root, "src"):
        if not path.endswith(".h") or is_private(root, path):
            continue
        for _, included in INCLUDE.findall(read(os.path.join(root, path))):
            if not included.startswith("spillway/"):
                if included not in STANDARD:
                    breaches.append(f"{path}: a public header shows third-party {included}")
            elif os.path.exists(os.path.join(root, "src", included)) and is_private(root, "src/" + included):
                breaches.append(f"{path}: a public header includes the private {included}")
    return breaches


def prints_or_exits(root):
    breaches = []
    for path in sources(root, "src"):
        for number, line in enumerate(code_only(read(os.path.join(root, path))).split("\n"), 1):
            if found := NOT_IN_LIBRARY.search(line):
                breaches.append(f"{path}:{number}: a library does not call {found[0].strip(' (')}")
    return breaches


def written_arrows(text):
    """The arrows of ARCHITECTURE.md: {module: {used, ...}} of the lines `a -> b c` in its fenced blocks."""
    arrows = {}
    for block in re.findall(r"^```[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for left, right in re.findall(r"^\s*(\w+)\s*->[ \t]*([\w ,]*)$", block, re.MULTILINE):
            arrows[left] = set(re.split(r"[ ,]+", right.strip())) - {"", "nothing"}
    return arrows


def arrows_not_as_written(root):
    path = os.path.join(root, "ARCHITECTURE.md")
    if not os.path.exists(path):
        return ["there is no ARCHITECTURE.md"]
    written, built = written_arrows(read(path)), uses(root)
    breaches = [f"ARCHITECTURE.md has no arrows of {module}" for module in sorted(set(built) - set(written))]
    for module in sorted(set(written) & set(built)):
        if written[module] != built[module]:
            breaches.append(f"{module}: ARCHITECTURE.md says {sorted(written[module])}, the build {sorted(built[module])}")
    for name in ("apps", "cli"):
        if name in written and written[name] != app_uses(root):
            breaches.append(f"{name}: ARCHITECTURE.md says {sorted(written[name])}, the build {sorted(app_uses(root))}")
    known = set(built) | {"apps", "cli"}
    return breaches + [f"ARCHITECTURE.md speaks of {name}, which is no module" for name in sorted(set(written) - known)]


def banned_names(root):
    ours = [path for path in tracked(root) if not path.startswith("third_party/")]
    return [f"{path}: a name says nothing with {sorted(words)}" for path in ours
            if (words := BANNED & set(re.split(r"[^a-z]+", path.lower())))]


def machine_paths(root):
    breaches = []
    for path in tracked(root):
        full = os.path.join(root, path)
        if path.startswith("third_party/") or not os.path.isfile(full):
            continue
        with open(full, "rb") as file:
            content = file.read()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").split("\n"), 1):
            if found := MACHINE_PATH.search(line):
                breaches.append(f"{path}:{number}: speaks of a folder of one machine: {found[0]}...")
    return breaches
