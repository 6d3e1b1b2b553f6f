"""Readiness: how each exam would go today, and what would help most."""

from trainer.web.readiness.views import blueprint

__all__ = ["blueprint"]
