"""`flask account …`."""

import click
from flask.cli import AppGroup

from ylyx_site.identity import passwords, service
from ylyx_site.identity.roles import Role
from ylyx_site.identity.rules import SHORTEST_PASSWORD
from ylyx_site.shared import clock, identifiers
from ylyx_site.shared.db import transaction
from ylyx_site.shared.identifiers import BadIdentifier
from ylyx_site.shared.refusals import Refusal

group = AppGroup("account", help="Accounts and roles.")
FAMILY = "family"


@group.command("create")
@click.option("--role", type=click.Choice([FAMILY, *(role.value for role in Role)]), required=True)
@click.option("--phone", required=True, help="Mobile number.")
@click.option("--name", required=True)
@click.option("--facility", "facility_id", type=int, help="Where staff work.")
@click.option("--division", "division_code", help="Where supervisors supervise: a division code.")
@click.option("--password", help="At least 8 characters; without it one is made and printed.")
def create(
    *,
    role: str,
    phone: str,
    name: str,
    facility_id: int | None,
    division_code: str | None,
    password: str | None,
) -> None:
    """Make an account with a role."""
    chosen = password or passwords.generated()
    if len(chosen) < SHORTEST_PASSWORD:
        raise click.BadParameter(f"at least {SHORTEST_PASSWORD} characters", param_hint="password")
    try:
        _create(
            role, phone=phone, name=name, password=chosen,
            facility_id=facility_id, division_code=division_code,
        )  # fmt: skip
    except (BadIdentifier, Refusal) as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo("Done." if password else f"Password: {chosen}")


def _create(
    role: str,
    *,
    phone: str,
    name: str,
    facility_id: int | None,
    division_code: str | None,
    password: str,
) -> None:
    mobile, person = identifiers.mobile(phone), identifiers.person_name(name)
    now = clock.now()
    with transaction() as session:
        account = service.create_account(session, mobile, person, password, now=now)
        if role != FAMILY:
            service.grant_role(
                session, account.id, Role(role),
                facility_id=facility_id, division_code=division_code, actor_id=None, now=now,
            )  # fmt: skip
