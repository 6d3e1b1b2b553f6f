"""What a learner has done so far."""

from trainer.web.progress.views import blueprint

__all__ = ["blueprint"]
