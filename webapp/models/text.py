"""Text written by people: a pair French and English, of which either may be missing."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


@dataclass(frozen=True, slots=True)
class BilingualText:
    """The same words in French and in English, as far as somebody wrote them."""

    fr: str | None = None
    en: str | None = None

    def __bool__(self) -> bool:
        return bool(self.fr or self.en)

    def shown_in(self, language: str) -> tuple[str, str] | None:
        """Return the text for a reader of `language` and the language that it is in.

        Where that language is missing, the other one is given; None where nothing was written.
        """
        other = "en" if language == "fr" else "fr"
        for code in (language, other):
            text = getattr(self, code)
            if text:
                return text, code
        return None

    def as_json(self) -> dict[str, str]:
        """Return the pair as the plan file writes it: a missing language has no key."""
        pairs = (("fr", self.fr), ("en", self.en))
        return {code: text for code, text in pairs if text is not None}

    @classmethod
    def from_json(cls, value: Mapping[str, str]) -> "BilingualText":
        """Return the pair that `as_json` wrote."""
        return cls(fr=value.get("fr"), en=value.get("en"))


class BilingualTextColumn(TypeDecorator[BilingualText]):
    """Stores a `BilingualText` as JSON in one column; nothing written is an empty object."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: BilingualText | None, dialect: Dialect) -> Any:
        return {} if value is None else value.as_json()

    def process_result_value(self, value: Any, dialect: Dialect) -> BilingualText:
        return BilingualText.from_json(value or {})

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], BilingualText | None] | None:
        """Read what the driver gives as text at once; half of a page's reading went into that."""
        read = super().result_processor(dialect, coltype)
        if read is None or dialect.name != "sqlite":
            return read
        return _read


@lru_cache(maxsize=4096)
def _read(stored: str | None) -> BilingualText:
    """Return the text that is stored in these words; a plan is read again and again."""
    return BilingualText.from_json(json.loads(stored) if stored else {})
