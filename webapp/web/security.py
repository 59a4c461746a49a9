"""Headers, cookies and the token of every form: the same on every answer, errors included."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask, Response, abort, request
from flask_wtf.csrf import CSRFProtect, generate_csrf
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp.config import Settings

LARGEST_FORM_BYTES = 64 * 1024

CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
CLOSED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone")

HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in (*CLOSED, "payment", "usb")),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
ONE_YEAR = int(timedelta(days=365).total_seconds())


def init_app(app: Flask, settings: Settings) -> None:
    """Protect every form, and put the headers on every answer."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-session" if settings.is_https else "session",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=LARGEST_FORM_BYTES,
        # The token lives as long as the session: what waited overnight is still taken.
        WTF_CSRF_TIME_LIMIT=None,
        # The token and the cookie's SameSite say enough; some browsers send no Referer.
        WTF_CSRF_SSL_STRICT=False,
    )
    if settings.is_https:
        # We speak no TLS ourselves: a proxy stands before us and says who asked.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]
    CSRFProtect(app)
    app.before_request(_refuse_nul)
    app.after_request(_headers(settings))


def form_token() -> str:
    """Return the token that a form of this session carries, for a script that sends one."""
    token: str = generate_csrf()
    return token


def _refuse_nul() -> None:
    """Refuse a form with the character NUL: nobody types it, and PostgreSQL cannot keep it."""
    if any("\0" in text for _name, text in request.form.items(multi=True)):
        abort(400)


def _headers(settings: Settings) -> Callable[[Response], Response]:
    always = dict(HEADERS)
    if settings.is_https:
        always["Strict-Transport-Security"] = f"max-age={ONE_YEAR}; includeSubDomains"

    def put(response: Response) -> Response:
        response.headers.update(always)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return put
