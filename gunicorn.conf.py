"""How gunicorn runs the site: `gunicorn app:app` reads this file by itself."""

import gc
from typing import Any


def post_worker_init(_worker: Any) -> None:
    """Search what was loaded for good never again for garbage: each full search takes 80 ms."""
    gc.collect()
    gc.freeze()


def worker_exit(_server: Any, worker: Any) -> None:
    """Close the database, so that SQLite leaves one file behind and no log beside it."""
    if worker.wsgi is not None:
        worker.wsgi.extensions["trainer"].database.close()
