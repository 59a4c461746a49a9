"""What waits: a page that holds the words for it; what the phone keeps is known to the phone."""

from collections.abc import Callable

from tests.visitor import Visitor


def test_the_page_says_what_is_true_without_scripts(ada: Visitor) -> None:
    page = ada.get("/me/sending")
    assert page.title == "What waits"
    assert "Everything you do here is sent at once." in page.words


def test_everybody_is_led_there_and_back(ada: Visitor, cora: Visitor) -> None:
    for reader in (ada, cora):
        assert "/me/sending" in reader.get("/me").links
        assert "/me" in reader.get("/me/sending").links


def test_only_a_participant_can_ask_for_help_there(ada: Visitor, cora: Visitor) -> None:
    ways = [visit.get("/me/sending").main.all("a", href="/help/ask") for visit in (ada, cora)]
    assert [len(each) for each in ways] == [1, 0]


def test_a_setting_says_its_own_words_when_it_is_kept(ada: Visitor) -> None:
    form = ada.get("/me/theme").main.one("form")
    assert form["data-subject"] == "setting-theme"
    assert "Dark" in {button["data-said"] for button in form.all("button")}


def test_the_quiet_line_is_there_for_who_is_signed_in(
    ada: Visitor, visit: Callable[..., Visitor]
) -> None:
    assert ada.get("/today").root.all("network-line")
    assert not visit().get("/sign-in").root.all("network-line")
