"""Practice: choose, answer, read why, go on."""

from trainer.web.practice.views import blueprint

__all__ = ["blueprint"]
