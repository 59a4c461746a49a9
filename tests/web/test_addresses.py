"""Addresses that pages ask for: numbers that a telephone dials."""

import pytest

from webapp.web.addresses import telephone_url


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2009"])
def test_a_number_is_dialled_without_its_spaces(space: str) -> None:
    number = space.join(["+33", "1", "99", "00", "12", "34"])
    assert telephone_url(number) == "tel:+33199001234"
    assert telephone_url(number, "sms") == "sms:+33199001234"
