"""Review: what was missed or unsure comes back when it is worth most."""

from trainer.web.reviews.views import blueprint

__all__ = ["blueprint"]
