"""A browser as it says where it takes messages: addresses and keys for the tests."""

from tests.visitor import Visitor

ENDPOINT = "https://updates.push.services.mozilla.com/wpush/v2/a-secret-place"
P256DH = "BHpZMYCGDEA3yDwSdJhFyO4UJN0pf63LiV41glXSx9KyqMolWA8mJv5XkGL_G5n_kcJKDaBvsytb4gFIySSfVlA"
AUTH = "AAECAwQFBgcICQoLDA0ODw"


def address(browser: Visitor, **other: str) -> dict[str, str]:
    """Return the form that a browser sends; `other` takes the place of parts of it."""
    key = browser.client.get("/me/reminders/key").json["key"]  # type: ignore[index]
    said = {"endpoint": ENDPOINT, "p256dh": P256DH, "auth": AUTH, "server_key": key}
    return {**said, "remind_me": "yes", **other}


def connect(browser: Visitor, **other: str) -> int:
    """Let a browser take messages; return what the app says to that."""
    return browser.post("/me/reminders/phone", **address(browser, **other)).status
