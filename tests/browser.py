"""A browser window for tests of pages: what a reader sees, types and clicks, and what the page asked of the network."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync", "--disable-component-update",
    "--disable-default-apps", "--lang=vi",
)  # fmt: skip

NARROW = 700  # pixels up to which the pages take a window for a phone's
MIDDLE = """
const middle = (node) => { const box = node.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]; };
"""
COVERED = (
    MIDDLE
    + """
const called = (node) => (node ? node.id || node.dataset.filter || node.textContent.trim().slice(0, 30) || node.tagName : "nothing");
const seen = Array.from(document.querySelectorAll(arguments[0])).filter((node) => node.checkVisibility() && node.getBoundingClientRect().width > 0);
if (!seen.length) throw new Error("no such element is visible: " + arguments[0]);
return seen.map((node) => [node, document.elementFromPoint(...middle(node))])
  .filter(([node, top]) => !node.contains(top))
  .map(([node, top]) => called(node) + " lies under " + called(top));
"""
)


class Reader:
    """A browser window with a page in it, and the requests that it made."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver
        self.page = ""

    def open(self, page: Path, size: tuple[int, int] = (1440, 900), fragment: str = "") -> None:
        """Open a page in a window of a size; a narrow one is a phone, with a finger for a pointer."""
        phone = size[0] <= NARROW
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": phone})
        self.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": phone, "maxTouchPoints": 1})
        self.driver.get("about:blank")
        self.logs("performance")
        self.logs("browser")
        self.page = page.as_uri()
        self.driver.get(self.page + fragment)
        # A narrow window starts with a list, so nothing is drawn yet.
        self.wait(f"return window.govgraph && (govgraph.drawn || innerWidth <= {NARROW})", seconds=30)

    def logs(self, name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.driver.get_log(name)
        return found

    def run(self, script: str, *args: object) -> Any:
        return self.driver.execute_script(script, *args)

    def wait(self, script: str, seconds: float = 10) -> Any:
        return WebDriverWait(self.driver, seconds, 0.05).until(lambda driver: driver.execute_script(script))

    def text(self, selector: str) -> str:
        found: str = self.run("return document.querySelector(arguments[0]).innerText", selector)
        return found

    def click(self, selector: str) -> None:
        self.driver.find_element(By.CSS_SELECTOR, selector).click()

    def tap(self, selector: str) -> None:
        """Touch the middle of what a reader sees of an element, whatever lies on top there."""
        point = dict(zip("xy", self.run(MIDDLE + "return middle(document.querySelector(arguments[0]))", selector), strict=True))
        self.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
        self.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def covered(self, selector: str) -> list[str]:
        """The visible elements that a pointer in their middle doesn't reach, each with what lies there instead."""
        found: list[str] = self.run(COVERED, selector)
        return found

    def click_at(self, point: dict[str, float]) -> None:
        """Click on the picture at a place that the page told."""
        net = self.driver.find_element(By.ID, "net")
        box = net.size
        ActionChains(self.driver).move_to_element_with_offset(
            net, round(point["x"] - box["width"] / 2), round(point["y"] - box["height"] / 2)
        ).click().perform()

    def type(self, *keys: str) -> None:
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def search(self, words: str) -> list[str]:
        """Type into the search box; the names of the suggestions."""
        self.run("document.getElementById('q').focus(); document.getElementById('q').value = ''; document.getElementById('hits').hidden = true")
        self.type(words)
        self.wait("return !document.getElementById('hits').hidden")
        found: list[str] = self.run("return Array.from(document.querySelectorAll('#hits [role=option] b'), b => b.textContent)")
        return found

    def requests(self) -> list[str]:
        """Addresses that the page asked for since it was opened; the file itself must be among them, and is left out."""
        events = [json.loads(entry["message"])["message"] for entry in self.logs("performance")]
        asked = [event["params"]["request"]["url"].partition("#")[0] for event in events if event["method"] == "Network.requestWillBeSent"]
        assert self.page in asked
        return [url for url in asked if url != self.page and not url.startswith(("data:", "blob:", "about:"))]


@contextmanager
def started(profile: Path) -> Iterator[Reader]:
    """A browser that keeps its profile in a folder, and can reach no network."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    driver.set_script_timeout(180)  # axe-core looks at every element, on a machine that may be busy
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["http://*", "https://*", "ws://*", "wss://*", "ftp://*"]})
    try:
        yield Reader(driver)
    finally:
        driver.quit()
