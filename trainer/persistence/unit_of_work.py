"""One transaction of one use case: all nouns over one connection."""

from sqlalchemy import Connection

from trainer.persistence.accounts import Accounts
from trainer.persistence.attempts import Attempts
from trainer.persistence.banks import Banks
from trainer.persistence.items import Items
from trainer.persistence.learners import Learners
from trainer.persistence.mocks import Mocks
from trainer.persistence.population import Population
from trainer.persistence.regrades import Regrades
from trainer.persistence.responses import Responses
from trainer.persistence.saves import Saves
from trainer.persistence.turns import Turns


class UnitOfWork:
    """What a use case loads from and stores to. `Database` opens and commits it."""

    def __init__(self, connection: Connection) -> None:
        self.accounts = Accounts(connection)
        self.attempts = Attempts(connection)
        self.banks = Banks(connection)
        self.items = Items(connection)
        self.learners = Learners(connection)
        self.mocks = Mocks(connection)
        self.population = Population(connection)
        self.regrades = Regrades(connection)
        self.responses = Responses(connection)
        self.saves = Saves(connection)
        self.turns = Turns(connection)
