"""Whatever stands in a plan file, it is read or refused in clear lines."""

import copy
import json
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.forms.plans import GROCERY, SAMPLES, changed, reading_of
from webapp.forms.plan_file import PlanFileMistakes, write

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None), max_size=20)
    | st.sampled_from(["2026-11-23", "09:00", "FREQ=DAILY", "fr", "CA", "Europe/Paris"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
patiently = settings(
    database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=300
)


def assert_answered(content: bytes) -> None:
    """Accept it and write it again unchanged, or refuse it in lines that can be printed."""
    try:
        plan = reading_of(content).plan
    except PlanFileMistakes as refused:
        assert 1 <= len(refused.mistakes) <= 101
        for mistake in refused.mistakes:
            assert str(mistake).isprintable()
            str(mistake).encode()
    else:
        assert reading_of(write(plan).encode()).plan == plan


@patiently
@given(st.binary(max_size=200) | st.text(st.sampled_from('{}[]",:0e-\\u')).map(str.encode))
def test_any_bytes_are_answered(content: bytes) -> None:
    assert_answered(content)


@patiently
@given(JSON)
def test_any_json_is_answered(value: Any) -> None:
    assert_answered(json.dumps(value).encode())


@patiently
@given(st.data())
def test_any_change_of_a_sample_is_answered(data: st.DataObject) -> None:
    plan = copy.deepcopy(GROCERY)
    for _ in range(data.draw(st.integers(1, 4))):
        place = plan
        for _ in range(data.draw(st.integers(0, 5))):
            keys = list(place) if isinstance(place, dict) else range(len(place))
            inner = [key for key in keys if isinstance(place[key], dict | list) and place[key]]
            if not inner:
                break
            place = place[data.draw(st.sampled_from(inner))]
        keys = list(place) if isinstance(place, dict) else range(len(place))
        assume(keys)
        key = data.draw(st.sampled_from(keys))
        if data.draw(st.booleans()):
            place[key] = data.draw(JSON)
        else:
            del place[key]
    assert_answered(json.dumps(plan).encode())


@patiently
@given(st.integers(0, 9000), st.binary(max_size=3), st.integers(0, 3))
def test_any_wound_of_a_sample_is_answered(at: int, new: bytes, gone: int) -> None:
    content = SAMPLES[0].read_bytes()
    assert_answered(content[:at] + new + content[at + gone :])


@patiently
@given(st.text(st.sampled_from("FREQ=DAILYWKMOBUNT;,0123456789+-"), max_size=60))
def test_any_repeat_is_answered(rule: str) -> None:
    assert_answered(changed(("tasks.0.repeat", f"FREQ={rule}")))
