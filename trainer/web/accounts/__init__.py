"""Registering, signing in and out, and guests who claim their account."""

from trainer.web.accounts.views import blueprint

__all__ = ["blueprint"]
