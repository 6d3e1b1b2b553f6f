"""One transaction of one use case: all nouns over one session."""

from sqlalchemy.orm import Session

from trainer.persistence.accounts import Accounts
from trainer.persistence.attempts import Attempts
from trainer.persistence.banks import Banks
from trainer.persistence.items import Items
from trainer.persistence.progress import Progress


class UnitOfWork:
    """What a use case loads from and stores to. `Database` opens and commits it."""

    def __init__(self, session: Session) -> None:
        self.accounts = Accounts(session)
        self.attempts = Attempts(session)
        self.banks = Banks(session)
        self.items = Items(session)
        self.progress = Progress(session)
