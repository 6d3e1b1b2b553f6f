"""Cross-site request forgery, content security policy, and what may be cached."""

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect

_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",  # Bootstrap's own icons are data URLs
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)


def init_app(app: Flask) -> None:
    CSRFProtect(app)
    app.after_request(_headers)


def _headers(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    if (request.endpoint or "").rpartition(".")[2] != "static":
        # The back button asks again, so an answered question never shows as open.
        response.headers["Cache-Control"] = "no-store"
    return response
