"""One transaction of one use case: all nouns over one session."""

from sqlalchemy.orm import Session

from trainer.persistence.accounts import Accounts
from trainer.persistence.attempts import Attempts
from trainer.persistence.banks import Banks
from trainer.persistence.items import Items
from trainer.persistence.learners import Learners
from trainer.persistence.population import Population
from trainer.persistence.responses import Responses
from trainer.persistence.turns import Turns


class UnitOfWork:
    """What a use case loads from and stores to. `Database` opens and commits it."""

    def __init__(self, session: Session) -> None:
        self.accounts = Accounts(session)
        self.attempts = Attempts(session)
        self.banks = Banks(session)
        self.items = Items(session)
        self.learners = Learners(session)
        self.population = Population(session)
        self.responses = Responses(session)
        self.turns = Turns(session)
