"""The commands: thin words around what the domain does."""

import json
import logging
import re
import sys
from collections.abc import Sequence
from functools import partial
from io import TextIOWrapper
from pathlib import Path

import click
import segno
from sqlalchemy.orm import Session

from webapp import config, doctor, serve
from webapp.clock import utc_now
from webapp.companion import Companion
from webapp.config import Settings
from webapp.console import Commands, open_database, read_settings, refuse
from webapp.domain import demonstration, people, plans, sign_in_cards
from webapp.domain.errors import NotFound, RuleBroken
from webapp.domain.people import NewPerson
from webapp.forms import plan_file, plan_json
from webapp.forms.person import LONGEST_NAME
from webapp.forms.plan_checks import time_zones
from webapp.forms.plan_file import PlanFileMistakes
from webapp.models.person import Language, Person, Region, Role
from webapp.models.sign_in import CardKind
from webapp.web.addresses import LARGEST_ID
from webapp.web.database import Database

SIGN_IN_BY_EMAIL = {Role.COACH, Role.ADMINISTRATOR}
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
ID = click.IntRange(1, LARGEST_ID)
PORT = click.IntRange(1, 65535)


@click.group(cls=Commands)
def main() -> None:
    """My pace: a plan at the person's own pace."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="Port to listen at.")
@click.option("--demo", is_flag=True, help="Add demonstration people to an empty database.")
def start(host: str, port: int, demo: bool) -> None:
    """Bring the database to its newest form, serve the app, and send the reminders."""
    config.suppose_port(port)
    settings = read_settings()
    database = open_database(settings)
    demo = demo and _add_demonstration(database)
    greet = partial(_greet, settings, database, demo=demo)
    _serve(host, port, demo=demo, greet=greet, beside=Companion("reminders"))


def _add_demonstration(database: Database) -> bool:
    """Add the demonstration people, or say why not; say whether they are there."""
    with database.transaction() as session:
        demonstration.add_everybody(session, utc_now())
        are_there = bool(demonstration.with_pages(session, utc_now()))
    if not are_there:
        click.echo("The database has other people. No demonstration was added.", err=True)
    return are_there


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="Port to listen at.")
def web(host: str, port: int) -> None:
    """Serve the app, and nothing else."""
    config.suppose_port(port)
    settings = read_settings()
    greet = partial(_greet, settings, open_database(settings), demo=False)
    _serve(host, port, demo=False, greet=greet)


@main.command()
@click.option("--parent", type=int, hidden=True, help="End with the process of this number.")
def reminders(parent: int | None) -> None:
    """Send reminders and messages, and nothing else. Any number of these may run."""
    # Whatever encrypts and sends takes memory and time that no other command needs.
    from webapp.jobs import opening, runner, saying  # noqa: PLC0415

    settings = read_settings()
    saying.to_the_output()
    office = opening.open_office(settings, open_database(settings))
    runner.Runner(office, parent=parent).run()


def _serve(
    host: str,
    port: int,
    *,
    demo: bool,
    greet: partial[None],
    beside: Companion | None = None,
) -> None:
    try:
        serve.serve(host, port, demonstration=demo, beside=beside, when_ready=greet)
    except serve.PortTakenError:
        refuse(f"Port {port} at {host} is taken. Choose another one with --port.")
    except serve.HostUnknownError:
        refuse(f"The address {host} is not one of this machine. See --host.")


def _greet(settings: Settings, database: Database, *, demo: bool) -> None:
    """Say where the app is; in a demonstration, let its people in."""
    click.echo(f"\nMon rythme / My pace: {settings.public_url}")
    if demo:
        with database.transaction() as session:
            shown = demonstration.with_pages(session, utc_now())
            links = [_link(session, settings, person) for person in shown]
        _show_links(shown, links)
    click.echo("Stop with Ctrl+C.")


def _show_links(shown: Sequence[Person], links: list[str]) -> None:
    """Print a way in for each person, and for the first participant a code for a camera."""
    click.echo("Each link signs one person in, once. Start again for new ones.\n")
    first = None
    for person, link in zip(shown, links, strict=True):
        click.echo(f"  {person.name:10} {person.role.value:12} {person.language.value}  {link}")
        if first is None and person.is_participant:
            first = person.name, link
    if first:
        click.echo(f"\nFor a camera, the plan of {first[0]}:\n")
        segno.make_qr(first[1]).terminal(sys.stdout, compact=True, border=2)


@main.group()
def plan() -> None:
    """Plans as files."""


@plan.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--coach", "coach_id", type=ID, help="Id of the coach who stands beside them.")
def import_plan(file: Path, coach_id: int | None) -> None:
    """Make a new participant to whom the plan in FILE is proposed, and print the id."""
    try:
        reading = plans.read(plan_json.content_of(file))
    except OSError as error:
        refuse(f"{file}: {error.strerror}")
    except PlanFileMistakes as found:
        refuse(*(str(mistake) for mistake in found.mistakes))
    for warning in reading.warnings:
        click.echo(f"warning: {warning}", err=True)
    with open_database(read_settings()).transaction() as session:
        coach = None if coach_id is None else _coach(session, coach_id)
        person = plans.propose_plan(session, reading.plan, utc_now(), coach)
    click.echo(person.id)


def _coach(session: Session, person_id: int) -> Person:
    person = _person(session, person_id)
    if person.role is not Role.COACH:
        refuse(f"{person_id} is not a coach.")
    return person


@plan.command("export")
@click.argument("person_id", metavar="ID", type=ID)
def export_plan(person_id: int) -> None:
    """Print the plan of the participant ID as a file."""
    with open_database(read_settings()).session(reading=True) as session:
        try:
            found = plans.get_plan(session, _person(session, person_id), utc_now())
        except NotFound:
            refuse(f"{person_id} is not a participant.")
    click.echo(plan_file.write(found).encode(), nl=False)


@main.group()
def person() -> None:
    """The people of this installation."""


@person.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_people(as_json: bool) -> None:
    """List everybody."""
    with open_database(read_settings()).session(reading=True) as session:
        rows = [
            {"id": each.id, "name": each.name, "role": each.role, "language": each.language}
            for each in people.everybody(session)
        ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False).encode())
        return
    for row in rows:
        click.echo("{id:>6}  {role:14} {language}  {name}".format(**row))


@person.command("link")
@click.argument("person_id", metavar="ID", type=ID)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def link_person(person_id: int, as_json: bool) -> None:
    """Print a link that signs the person ID in, once, within 24 hours."""
    settings = read_settings()
    with open_database(settings).transaction() as session:
        url = _link(session, settings, _person(session, person_id))
    click.echo(json.dumps({"url": url}) if as_json else url)


@person.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([each.value for each in Role]), required=True)
@click.option("--email", help="With which staff sign in; a coach needs one.")
@click.option("--telephone", help="Shown to the participants whom they help.")
@click.option(
    "--language",
    type=click.Choice([each.value for each in Language]),
    default=Language.FR.value,
    show_default=True,
)
@click.option(
    "--region",
    type=click.Choice([each.value for each in Region]),
    default=Region.FR.value,
    show_default=True,
)
@click.option("--time-zone", default="Europe/Paris", show_default=True)
def add_person(name: str, role: str, email: str | None, time_zone: str, **said: str) -> None:
    """Add somebody with NAME, and print the id."""
    if not (name.strip() and name.isprintable() and len(name) <= LONGEST_NAME):
        refuse(f"Write a name of 1 to {LONGEST_NAME} characters.")
    if time_zone not in time_zones():
        refuse(f"{time_zone} is not a time zone. Write one such as America/Toronto.")
    _check_email(Role(role), email)
    new = NewPerson(
        name=name,
        language=Language(said["language"]),
        region=Region(said["region"]),
        time_zone=time_zone,
        telephone=said["telephone"],
    )
    try:
        with open_database(read_settings()).transaction() as session:
            person_id = people.add(session, Role(role), new, utc_now(), email=email).id
    except RuleBroken:
        refuse(f"Somebody has the e-mail {email} already.")
    click.echo(person_id)


def _check_email(role: Role, email: str | None) -> None:
    if email is None and role in SIGN_IN_BY_EMAIL:
        refuse("Coaches and administrators sign in with an e-mail. Add --email.")
    if email is not None and not (EMAIL.fullmatch(email) and email.isprintable()):
        refuse("Write an e-mail such as name@example.org.")


def _person(session: Session, person_id: int) -> Person:
    try:
        return people.get_person(session, person_id)
    except NotFound:
        refuse(f"There is nobody with the id {person_id}.")


def _link(session: Session, settings: Settings, whose: Person) -> str:
    key = settings.secret_key
    card = sign_in_cards.make_card(session, None, whose, CardKind.SENT, key=key, now=utc_now())
    return f"{settings.public_url}/sign-in/link/{sign_in_cards.card_link_token(card, key)}"


@main.command("doctor")
def examine() -> None:
    """Say in plain words what is not right. The exit status is 1 where something is not."""
    findings = list(doctor.examine(read_settings(), utc_now()))
    for finding in findings:
        click.echo(f"{'right' if finding.is_right else 'WRONG'}  {finding.sentence}")
    sys.exit(0 if all(finding.is_right for finding in findings) else 1)
