"""The entry point: `flask --app app run`, `gunicorn app:app`."""

from trainer.bootstrap import assemble
from trainer.cli import register
from trainer.web import create_app

trainer = assemble()
app = create_app(trainer)
register(app, trainer)
