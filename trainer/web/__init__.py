"""HTTP: translate a request into a use case and its result into a page.

Views are about ten lines; templates print, loop and branch on ready values. Login is required
unless a view says `@public`. Nothing here speaks SQL.
"""

from trainer.web.application import create_app

__all__ = ["create_app"]
