"""Servers and browsers for the journeys. Without Chromium they are skipped, and say so."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.live_site import NO_CHROMIUM, PATIENCE, chromium_path, launch, serving

# Streamlit asks below the page's own path first and then at the root, where the answer is
PROBES = ("/_stcore/health", "/_stcore/host-config")


class Watch:
    """What a page did that it should not have done."""

    def __init__(self, page: Page) -> None:
        self.faults: list[str] = []
        self.hosts: set[str] = set()
        page.on("request", self._asked)
        page.on("console", self._logged)
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def _asked(self, request) -> None:
        if urlsplit(request.url).scheme not in ("data", "blob"):
            self.hosts.add(urlsplit(request.url).netloc)

    def _logged(self, message) -> None:
        path = urlsplit(message.location.get("url", "")).path
        is_probe = path.endswith(PROBES) and path not in PROBES and "404" in message.text
        if message.type == "error" and not is_probe:
            self.faults.append(f"{message.text} ({path})")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium; module by module, because Playwright keeps an event loop while it runs."""
    if chromium_path() is None:
        if os.environ.get("PARITET_REQUIRE_BROWSER") == "1":
            pytest.fail(NO_CHROMIUM)
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as playwright:
        opened = launch(playwright)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def demo_site(browser, demo_file, tmp_path_factory) -> Iterator[str]:
    """The address of a server with the three demo towns; no journey writes to it."""
    path = tmp_path_factory.mktemp("demo_site") / "paritet.duckdb"
    shutil.copy(demo_file, path)
    with serving(path) as address:
        yield address


@pytest.fixture(scope="module")
def empty_site(browser, tmp_path_factory) -> Iterator[str]:
    """The address of a server on an empty database that stays empty."""
    with serving(tmp_path_factory.mktemp("empty_site") / "paritet.duckdb") as address:
        yield address


@pytest.fixture
def new_site(browser, tmp_path) -> Iterator[str]:
    """The address of a server on an empty database of the test's own."""
    with serving(tmp_path / "paritet.duckdb") as address:
        yield address


# Who comes to a shared site, told by a header; all may decide.
HEADER = "X-Forwarded-Email"
AMRA, MIRZA = "amra@example.org", "mirza@example.org"

SignedIn = Callable[[str], AbstractContextManager[Page]]


@pytest.fixture
def shared_site(browser, demo_file, tmp_path) -> Iterator[str]:
    """The address of a server with the demo for one test, told by a header who is there."""
    path = tmp_path / "paritet.duckdb"
    shutil.copyfile(demo_file, path)
    people = f"{AMRA},{MIRZA}"
    with serving(path, PARITET_SIGN_IN="header", PARITET_ADMINISTRATORS=people) as address:
        yield address


@pytest.fixture
def signed_in(browser) -> SignedIn:
    """Open a page in a browser of somebody's own."""

    @contextmanager
    def opened(name: str) -> Iterator[Page]:
        context = browser.new_context(
            viewport={"width": 1280, "height": 1400},
            locale="en-GB",
            accept_downloads=True,
            extra_http_headers={HEADER: name},
        )
        context.set_default_timeout(PATIENCE)
        yield context.new_page()
        context.close()

    return opened


@pytest.fixture
def page(browser) -> Iterator[Page]:
    """A page in a browser without history; what it must not do is found at the end."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 1000}, locale="en-GB", accept_downloads=True
    )
    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    watch = Watch(opened)
    yield opened
    context.close()
    assert watch.faults == []
    assert len(watch.hosts) == 1, watch.hosts
