"""Marks on views: which pages are open to everybody, and which belong to one role."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request

from webapp.domain.errors import NotFound
from webapp.models.person import Role
from webapp.web.who import actor

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Open a page to people who are not signed in. Every other page asks them to sign in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def impersonal(view: View) -> View:
    """Open an answer to everybody that is the same for everybody: nobody is looked up for it."""
    view.is_impersonal = True  # type: ignore[attr-defined]
    return public(view)


def for_scripts(view: View) -> View:
    """Mark an answer that only scripts read: they are told that nobody is signed in, with 401."""
    view.is_for_scripts = True  # type: ignore[attr-defined]
    return view


def is_for_scripts() -> bool:
    """Say whether only scripts read the answer to this request."""
    return getattr(find_view(), "is_for_scripts", False)


def is_public() -> bool:
    """Say whether this request asks for a public page, or for none that exists."""
    return find_view() is None or getattr(find_view(), "is_public", False)


def is_impersonal() -> bool:
    """Say whether the answer to this request is the same for everybody."""
    return getattr(find_view(), "is_impersonal", False)


def only(*roles: Role) -> Callable[[], None]:
    """Return a gate for a blueprint: people of other roles find nothing there."""

    def gate() -> None:
        if actor().role not in roles:
            raise NotFound

    return gate


def find_view() -> Any:
    """Return the view that answers this request, or None where no address is known."""
    return current_app.view_functions.get(request.endpoint or "")
