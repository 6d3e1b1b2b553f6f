"""A server like gunicorn: a master that holds the socket, and a worker that can be shot.

    python -m tests.failures.server DATABASE_FILE BANKS

The master tells its port, and the process number of each worker; a dead worker is replaced.
"""

import os
import socket
import sys
import tempfile

from werkzeug.serving import WSGIRequestHandler, make_server

from trainer.bootstrap import assemble
from trainer.web.application import create_app

_BACKLOG = 64


class _Quiet(WSGIRequestHandler):
    def log(self, *_what: object) -> None:
        """Says nothing."""


def main(file: str, banks: str) -> None:
    """Serve until the standard input is closed."""
    house = assemble(
        {
            "CLEAN_CLAIM_DATABASE_URL": f"sqlite:///{file}",
            "CLEAN_CLAIM_QUESTION_BANKS": banks,
            "CLEAN_CLAIM_INSTANCE": tempfile.gettempdir(),
            "CLEAN_CLAIM_SECRET_KEY": "not a secret",
        }
    )
    app = create_app(house)
    house.catalogue  # noqa: B018  # read once, for all workers
    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        ours.listen(_BACKLOG)
        port = ours.getsockname()[1]
        print(port, flush=True)  # noqa: T201  # what the test reads
        while True:
            worker = os.fork()
            if not worker:
                make_server(
                    "127.0.0.1",
                    port,
                    app,
                    threaded=True,
                    request_handler=_Quiet,
                    fd=ours.fileno(),
                ).serve_forever()
            print(worker, flush=True)  # noqa: T201  # what the test reads
            os.waitpid(worker, 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
