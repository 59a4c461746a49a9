"""Files that do not come in time: a page shows nothing before its style is there."""

from playwright.sync_api import Page

from tests.browser.kept_phone import title
from tests.browser.kept_site import Site

STATUS = "address => fetch(address).then(({ status }) => status)"


def test_what_takes_too_long_is_the_same_file_of_an_older_release(reader: Page, site: Site) -> None:
    site.release = "r2"
    site.slow = {"/static/r2/js/start.js"}
    assert title(reader, "/today") == "1 /today from the network first"
    assert reader.evaluate(STATUS, "/static/r2/js/start.js") == 200
    assert not site.go_on.is_set()
