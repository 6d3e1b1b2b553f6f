"""The exams' own rules, with their sources."""

from trainer.web.exams.views import blueprint

__all__ = ["blueprint"]
