import click

from trainer.bootstrap import Trainer
from trainer.cli.errors import told
from trainer.core.account import Role
from trainer.services import accounts
from trainer.services.accounts import SHORTEST_PASSWORD

_ROLES = click.Choice([role.value for role in Role])


def command(trainer: Trainer) -> click.Group:
    """The group `user`."""

    @click.group("user")
    def group() -> None:
        """Accounts and their roles."""

    @group.command()
    @click.argument("email")
    @click.option("--name", prompt=True, help="Name shown on pages.")
    @click.option("--role", type=_ROLES, default=Role.LEARNER.value, show_default=True)
    @click.password_option(help=f"At least {SHORTEST_PASSWORD} characters.")
    @told
    def create(email: str, name: str, role: str, password: str) -> None:
        """Create an account for EMAIL."""
        if len(password) < SHORTEST_PASSWORD:
            raise click.BadParameter(f"A password has at least {SHORTEST_PASSWORD} characters.")
        with trainer.database.unit() as store:
            accounts.register(
                store,
                name=name,
                email=email,
                password=password,
                session_key=trainer.secret(),
                at=trainer.now(),
                role=Role(role),
            )
        click.echo(f"Created {email} as {role}.")

    @group.command()
    @click.argument("email")
    @click.argument("role", type=_ROLES)
    @told
    def promote(email: str, role: str) -> None:
        """Give the account of EMAIL a ROLE."""
        with trainer.database.unit() as store:
            accounts.promote(store, email, Role(role))
        click.echo(f"{email} is now {role}.")

    return group
