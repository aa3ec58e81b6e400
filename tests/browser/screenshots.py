"""The pictures of the book's page and of the terminal that the documentation shows: screenshots.py FOLDER."""

import html
import os
import pathlib
import subprocess
import sys
import time
import urllib.parse

import browser
from reader import opened, resize

IMAGES = pathlib.Path(sys.argv[1])
COMMAND = os.environ["SPILLWAY_COMMAND"]


def save(page, name):
    time.sleep(1)
    page.save_screenshot(str(IMAGES / (name + ".png")))


def page_by(name, act, **window):
    page = opened(**window)
    try:
        act(page)
        save(page, name)
    finally:
        page.quit()


def to_explorer(page):
    page.execute_script("document.getElementById('explore').scrollIntoView()")


def ask(page):
    page.execute_script("const cell = document.querySelector('[data-path=\"dm_tables/A-1/call/100/wal\"]');"
                        "cell.scrollIntoView({block: 'center'}); cell.click()")


def to_cross_tab(page):
    page.execute_script("document.getElementById('cross-tab').scrollIntoView()")


def on_a_telephone(page):
    resize(page, 390, 844)


def terminal(name, *arguments):
    """What the command prints on a terminal, as a picture."""
    shown = subprocess.run([COMMAND, *arguments], capture_output=True, text=True, cwd=browser.SOURCE, check=True)
    lines = (shown.stdout + shown.stderr).rstrip().split("\n")
    command = "spillway " + " ".join(arguments)
    text = html.escape("$ " + command + "\n" + "\n".join(lines[:34]))
    page = browser.open_browser(width=1250, height=len(lines[:34]) * 19 + 150)
    try:
        page.get("data:text/html;charset=utf-8,<body style='margin:0;background:%2310181f;color:%23dfe7ee'><pre style='font:14px/19px "
                 "DejaVu Sans Mono, monospace;padding:14px;margin:0'>" + urllib.parse.quote(text))
        page.save_screenshot(str(IMAGES / (name + ".png")))
    finally:
        page.quit()


page_by("book", lambda page: None, width=1400, height=1150)
page_by("explorer", to_explorer, width=1400, height=1150)
page_by("explorer-dark", to_explorer, width=1400, height=1150, dark=True)
page_by("explain", ask, width=1400, height=1000)
page_by("cross-tab", to_cross_tab, width=1400, height=900)
page_by("telephone", on_a_telephone, width=500, height=844)
terminal("terminal-show", "show", "class_summary", "examples/impac-2003-12/deal.yaml", "--wide")
terminal("terminal-explain", "explain", "examples/impac-2003-12/deal.yaml", "dm_tables/A-1/maturity/150/wal", "--depth", "3", "--rows", "4")
