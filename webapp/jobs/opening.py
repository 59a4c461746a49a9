"""Opens the office of an installation: its database, its push services and its mail server."""

from urllib.parse import urlsplit

from webapp.config import Settings
from webapp.jobs.office import Office
from webapp.mail import Postman
from webapp.web.database import Database
from webapp.webpush import Guard, Sender, public_key

MAILTO = "mailto:"


def open_office(settings: Settings, database: Database) -> Office:
    """Return what the reminders process of these settings works with."""
    guard = Guard(settings.push_hosts, settings.push_to_loopback)
    return Office(
        database=database,
        site=settings.public_url,
        server_key=public_key(settings.vapid_private_key),
        sender=Sender(settings.vapid_private_key, settings.vapid_subject, guard),
        postman=Postman(settings.mail_url, mail_from(settings)) if settings.mail_url else None,
    )


def mail_from(settings: Settings) -> str:
    """Return the address that e-mails come from: where the push services write to us, too.

    Where that is no mailbox, it is one of the app's own host that nobody reads.
    """
    subject = settings.vapid_subject
    if subject.startswith(MAILTO):
        return subject.removeprefix(MAILTO)
    return f"no-reply@{urlsplit(settings.public_url).hostname}"
