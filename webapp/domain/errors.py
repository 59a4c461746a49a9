"""What the domain answers when it will not do something. It speaks codes, never sentences."""


class NotFound(Exception):
    """There is no such thing, as far as this actor may know."""


class NotAllowed(Exception):
    """The actor sees it, but may not ask for this change."""


class RuleBroken(Exception):
    """The change makes no sense now. `code` says which rule; web/labels.py gives it words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
