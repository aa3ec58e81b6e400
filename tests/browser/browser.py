"""A headless Chromium for the tests of the book's page."""

import json
import os
import pathlib

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

BOOKS = pathlib.Path(os.environ.get("SPILLWAY_BOOKS", "out"))
SOURCE = pathlib.Path(os.environ.get("SPILLWAY_SOURCE_DIR", pathlib.Path(__file__).parents[2]))


def page_of(example):
    """The page of an example's book as an address."""
    return (BOOKS / example / "index.html").resolve().as_uri()


def open_browser(width=1400, height=1000, dark=False, downloads=None):
    """A browser that logs what it asks of the network and what it complains of. The caller quits it."""
    options = webdriver.ChromeOptions()
    for switch in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                   "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
                   f"--window-size={width},{height}"):
        options.add_argument(switch)
    if downloads is not None:
        options.add_experimental_option("prefs", {"download.default_directory": str(downloads), "download.prompt_for_download": False})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    if dark:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]})
    return browser


def network_requests(browser):
    """Addresses other than the page's own file that were asked for since the last call."""
    asked = []
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            asked.append(message["params"]["request"]["url"])
    return [url for url in asked if not url.startswith(("file:", "data:", "blob:", "chrome:", "about:"))]


def complaints(browser):
    """What the page wrote to the console as a warning or an error since the last call."""
    return [entry["message"] for entry in browser.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
