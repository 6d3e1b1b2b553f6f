"""Mock exams: the rules, the room, the result, the review."""

from trainer.web.mocks import api, views

blueprints = (views.blueprint, api.blueprint)

__all__ = ["blueprints"]
