"""Runs spillway_bench, then the peers in Python on the inputs it left; prints one table of everything.

Usage: peers.py SPILLWAY-BENCH SPILLWAY PROJECT-FOLDER [--json FILE] [--quick]
"""
import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

import pandas as pd

import peer_numpy
import peer_tables
from measure import Times, require_agreement, run_program

LARGE = 100_000
JSON_PEERS = ("good_scalar", "numpy", "quantlib", "pandas", "sqlite")
WORK = {"W1": ("loan-months", 1e6, "million loan-months a second"), "W2": ("loans", 1e6, "million loans a second"),
        "W3": ("runs", 1, "runs a second"), "W4": ("paths", 1, "paths a second"), "W5": ("books", 1, "books a second"), "W6": ("bytes", 1e6, "MB a second"),
        "W7": ("periods", 1e6, "million periods a second")}


def time_projection(times, folder, size):
    loans, fixings, smm, totals = peer_numpy.load(os.path.join(folder, f"W1-{size}"))
    sums = peer_numpy.project(loans, fixings, smm).sum(axis=1)
    for name, ours, theirs in zip(("balances", "interest", "scheduled", "prepaid"), totals, sums[[0, 1, 3, 4]]):
        require_agreement(f"W1 {name} of numpy", ours, theirs, 1e-6)
    times.add("W1", size, "numpy", lambda: peer_numpy.project(loans, fixings, smm), 3 if size < LARGE else 1)


def require_same_tables(who, ours, theirs):
    for name, rows in ours.items():
        require_agreement(f"rows of {name} by {who}", len(rows), len(theirs[name]), 0)
        for one, other in zip(rows, sorted(theirs[name])):
            require_agreement(f"balance in {name} by {who}", one[0], other[0], 1e-9)
            require_agreement(f"loans in {name} by {who}", one[1], other[1], 0)
            require_agreement(f"rate in {name} by {who}", one[2], other[2], 1e-6)


def time_tables(times, folder, project, size):
    frame, tables = peer_tables.load(os.path.join(folder, f"tape-{size}.csv"),
                                     os.path.join(project, "data/standard-strats.yaml"))
    ours = peer_tables.our_tables(os.path.join(folder, f"W2-{size}", "ours.csv"))
    found = peer_tables.pandas_tables(frame, tables)
    require_same_tables("pandas", ours, {name: list(zip(rows["balance"], rows["count"], rows["gross_rate"]))
                                         for name, rows in found.items()})
    times.add("W2", size, "pandas", lambda: peer_tables.pandas_tables(frame, tables), 5 if size < LARGE else 3)
    database = peer_tables.sqlite_database(frame)
    queried = peer_tables.sqlite_tables(database, tables)
    require_same_tables("sqlite", ours, {name: [(row[1], row[2], row[5]) for row in rows]
                                         for name, rows in queried.items()})
    times.add("W2", size, "sqlite", lambda: peer_tables.sqlite_tables(database, tables), 5 if size < LARGE else 1)


def time_reading(times, folder, size):
    path = os.path.join(folder, f"tape-{size}.csv")
    times.add("W6", size, "pandas", lambda: pd.read_csv(path), 5 if size < LARGE else 3)

    def with_csv():
        with open(path, encoding="utf-8", newline="") as file:
            return sum(1 for _ in csv.reader(file))

    times.add("W6", size, "python_csv", with_csv, 5 if size < LARGE else 1)


def time_book(times, project, command, folder):
    """The whole book of the example, from its files to its files. Nobody else makes one."""
    arguments = [command, "book", os.path.join(project, "examples/impac-2003-12/deal.yaml"), "--out", folder,
                                    "--format", "html,csv,json", "--quiet"]
    times.units["W5", 3951] = 1
    times.add("W5", 3951, "ours", lambda: subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL), 5)


def show(times):
    print(f"{'':4}{'loans':>10}  {'who':12}{'median':>12}{'theirs / ours':>15}   rate")
    for workload, size, who, median, ratio in times.rows():
        name, scale, rate_name = WORK[workload]
        rate = times.units[workload, size] / scale / median
        shown = "" if who == "ours" else f"{ratio:.2f}"
        print(f"{workload:4}{size:>10,}  {who:12}{median * 1000:>9.2f} ms{shown:>15}   {rate:,.2f} {rate_name}")
    show_parts(times)
    show_bounds(times)
    show_growth(times)
    for name, value in times.machine.items():
        print(f"the core: {value / 1e9:.1f} billion {name.replace('_', ' ')}")


def show_parts(times):
    """What of making a book is projection and waterfalls, on one thread."""
    for workload, what in (("W5_runs", "runs, of all tables and views"), ("W5_searches", "break-evens, each found by runs of its own")):
        size = max(size for name, size, _ in times.seconds if name == workload)
        print(f"{workload:13}{times.median(workload, size, 'ours') * 1000:.2f} ms for {times.units[workload, size]:.0f} {what}")


def show_bounds(times):
    for workload, size, by_operations, by_bytes, part in times.bounds():
        median = times.median(workload, size, "ours")
        print(f"{workload:8}{size:>10,}  {median * 1000:.2f} ms; its operations take {by_operations * 1000:.2f} ms at least, its bytes "
              f"{by_bytes * 1000:.3f} ms: {part:.0%} of the bound")


MOST_GROWTH = 11.0


def show_growth(times):
    for size, median, factor in times.growth():
        verdict = "" if factor is None else f"  {factor:.2f} times a tenth of them: " + ("in step" if factor <= MOST_GROWTH else "TOO SLOW")
        print(f"growth  {size:>10,}  {median * 1000:.2f} ms{verdict}")


def write_json(times, path):
    rows = [{"workload": workload, "size": size, "against": who, "ratio": round(ratio, 4)}
            for workload, size, who, _, ratio in times.rows() if who in JSON_PEERS]
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"rows": rows,
                   "bounds": [{"workload": workload, "size": size, "part_of_bound": round(part, 4)}
                              for workload, size, _, _, part in times.bounds()],
                   "growth": [{"size": size, "times_a_tenth": factor and round(factor, 3),
                               "in_step": factor is None or factor <= MOST_GROWTH} for size, _, factor in times.growth()]},
                  file, indent=1)
        file.write("\n")


def main():
    parser = argparse.ArgumentParser(description="Our times and those of our peers, in one run on the same inputs.")
    parser.add_argument("program")
    parser.add_argument("command")
    parser.add_argument("project")
    parser.add_argument("--json", metavar="FILE", help="write the ratios there too")
    parser.add_argument("--quick", action="store_true", help="the small size only")
    options = parser.parse_args()
    sizes = [3951] if options.quick else [3951, 1_000_000]
    times = Times()
    with tempfile.TemporaryDirectory(prefix="spillway-bench-") as folder:
        run_program([options.program, folder] + [str(size) for size in sizes], times)
        for size in sizes:
            time_projection(times, folder, size)
            time_tables(times, folder, options.project, size)
            time_reading(times, folder, size)
        time_book(times, options.project, options.command, os.path.join(folder, "book"))
    show(times)
    if options.json:
        write_json(times, options.json)


if __name__ == "__main__":
    main()
