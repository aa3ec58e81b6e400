"""W2 in pandas and SQLite, on the tape that spillway_bench wrote: the standard stratification tables by their definitions."""
import csv
import sqlite3

import numpy as np
import pandas as pd
import yaml

FACTS = ("gross_rate", "net_rate", "remaining_term", "age", "fico", "orig_ltv")


def load(tape, definitions):
    """The tape as a data frame, and the twenty definitions."""
    with open(definitions, encoding="utf-8") as file:
        tables = yaml.safe_load(file)["tables"]
    frame = pd.read_csv(tape, parse_dates=["next_adjustment_date"], keep_default_na=False, na_values=[""])
    frame["payment_history_12m"] = ""  # the example has no such column
    for table in tables.values():
        if "categories" in table:
            frame[table["attribute"]] = frame[table["attribute"]].fillna("").astype(str).astype("category")
    return frame, tables


def keys_of(frame, table):
    """Which row of a table each loan falls in, as a number or a category; NaN where unknown."""
    values = frame[table["attribute"]]
    if "categories" in table:
        return values
    if "months" in table:
        return values.dt.year * 12 + values.dt.month
    if "values" in table:
        return values
    ranges = table["ranges"]
    upper = ranges["upper"] == "inclusive"
    numbers = values.to_numpy()
    if "bounds" in ranges:
        found = np.searchsorted(ranges["bounds"], numbers, side="left" if upper else "right").astype(float)
    else:
        quotient = (numbers - ranges["from"]) / ranges["width"]
        near = np.round(quotient)
        quotient = np.where(np.abs(quotient - near) < 1e-9 * np.maximum(1, np.abs(near)), near, quotient)
        found = np.ceil(quotient) if upper else np.floor(quotient)
    if "above" in ranges:
        found = np.where(numbers > ranges["above"] if upper else numbers >= ranges["above"], 1e9, found)
    found[np.isnan(numbers)] = np.nan
    return pd.Series(found, index=frame.index)


def universe_of(frame, table, is_arm):
    universe = table.get("universe", "all")
    if universe == "all":
        return None
    if universe in ("arm", "fixed"):
        return is_arm if universe == "arm" else ~is_arm
    attribute, sign, bound = universe.split()
    assert sign == ">", universe
    return frame[attribute] > float(bound)


def pandas_tables(frame, tables):
    """Every table: balance, count, lowest and highest rate, and weighted facts by row. Products are made once."""
    sums = pd.DataFrame({"balance": frame["current_balance"]})
    for fact in FACTS:
        sums[fact] = frame["current_balance"] * frame[fact]
        sums[fact + "_weight"] = frame["current_balance"].where(frame[fact].notna(), 0.0)
    is_arm = frame["index"].notna()
    result = {}
    for name, table in tables.items():
        keys, inside = keys_of(frame, table), universe_of(frame, table, is_arm)
        chosen, rates = sums, frame["gross_rate"]
        if inside is not None:
            keys, chosen, rates = keys[inside], sums[inside], rates[inside]
        groups = chosen.groupby(keys, dropna=False, observed=True)
        rows = groups.sum()
        rows["count"] = groups.size()
        by_rate = rates.groupby(keys, dropna=False, observed=True)
        rows["lowest"], rows["highest"] = by_rate.min(), by_rate.max()
        for fact in FACTS:
            rows[fact] /= rows[fact + "_weight"]
        result[name] = rows
    return result


def sqlite_database(frame):
    """The tape as a table in memory."""
    database = sqlite3.connect(":memory:")
    plain = frame.copy()
    plain["next_adjustment_date"] = plain["next_adjustment_date"].dt.strftime("%Y-%m-%d")
    for name in plain.columns[plain.dtypes == "category"]:
        plain[name] = plain[name].astype(str)
    plain.to_sql("tape", database, index=False, chunksize=50_000)
    return database


def key_in_sql(table):
    name = '"' + table["attribute"] + '"'
    if "categories" in table or "values" in table:
        return name
    if "months" in table:
        return f"substr({name}, 1, 7)"
    ranges = table["ranges"]
    upper = ranges["upper"] == "inclusive"
    if "bounds" in ranges:
        sign = "<=" if upper else "<"
        cases = " ".join(f"WHEN {name} {sign} {bound} THEN {place}" for place, bound in enumerate(ranges["bounds"]))
        return f"CASE WHEN {name} IS NULL THEN NULL {cases} ELSE {len(ranges['bounds'])} END"
    quotient = f"round(({name} - {ranges['from']}) / {float(ranges['width'])}, 9)"
    whole = f"ceil({quotient})" if upper else f"floor({quotient})"
    if "above" in ranges:
        return f"CASE WHEN {name} {'>' if upper else '>='} {ranges['above']} THEN 1000000000 ELSE {whole} END"
    return whole


def sqlite_tables(database, tables):
    """One query a table."""
    facts = ", ".join(f"sum(current_balance * {fact}) / sum(CASE WHEN {fact} IS NOT NULL THEN current_balance END)"
                      for fact in FACTS)
    where = {"all": "", "arm": 'WHERE "index" IS NOT NULL', "fixed": 'WHERE "index" IS NULL'}
    result = {}
    for name, table in tables.items():
        universe = table.get("universe", "all")
        result[name] = database.execute(
            f"SELECT {key_in_sql(table)} AS row_key, sum(current_balance), count(*), min(gross_rate), max(gross_rate), {facts} "
            f"FROM tape {where.get(universe, 'WHERE ' + universe)} GROUP BY row_key").fetchall()
    return result


def our_tables(path):
    """Rows of the table that spillway_bench wrote, as (balance, count, gross rate), by table."""
    result = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            numbers = (float(row["balance"]), int(row["loans"]), float(row["gross_rate"]))
            result.setdefault(row["table"], []).append(numbers)
    return {name: sorted(rows) for name, rows in result.items()}
