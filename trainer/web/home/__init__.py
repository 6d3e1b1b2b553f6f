"""The start page and the legal notice."""

from trainer.web.home.views import blueprint

__all__ = ["blueprint"]
