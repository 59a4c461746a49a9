"""The floor: the least that Flask needs to show the same rows in as many bytes.

A bare view, one statement written by hand, one flat template; the same server, driver and pool
of connections. Nobody is looked up, no form has a token, nothing is translated.
"""

from hashlib import sha256

from flask import Flask, render_template, request
from jinja2 import DictLoader

from benchmarks.plans import TODAY
from webapp.web.database import Database

OWN = """
SELECT person.name, task.id, task.title ->> 'en', task.at_time, task.duration_minutes,
       task.place ->> 'en', task.picture, task.is_fixed_by_workplace, mark.state,
       (SELECT count(*) FROM step WHERE step.task_id = task.id)
FROM session
JOIN device ON device.id = session.device_id
JOIN person ON person.id = device.person_id
JOIN task ON task.participant_id = person.id
LEFT JOIN mark ON mark.task_id = task.id AND mark.day = '{day}'
WHERE session.token_hash = '{token_hash}' AND task.starts_on <= '{day}'
ORDER BY task.at_time, task.id
"""
SUPPORTED = OWN.replace(
    "JOIN person ON person.id = device.person_id",
    "JOIN support ON support.supporter_id = device.person_id\n"
    "JOIN person ON person.id = support.participant_id",
)

TEMPLATE = """<!doctype html>
<html lang="en">
<title>{{ rows[0][0] }}</title>
<ul>
{% for _, id, title, at, minutes, place, picture, fixed, mark, steps in rows %}
<li id="{{ id }}" class="{{ mark }}"><img src="{{ picture }}"> {{ title }} {{ at }} {{ minutes }}
{{ place }} {{ fixed }} {{ steps }}</li>
{% endfor %}
</ul>
{{ padding|safe }}
"""


def create_floor(database: Database, statements: dict[str, tuple[str, str]]) -> Flask:
    """Return an app with a page for each statement and the token of the person who asks.

    `?padding=` says how many bytes shall be added, to make the page as long as ours.
    """
    app = Flask(__name__, static_folder=None)
    app.jinja_loader = DictLoader({"floor.html": TEMPLATE})
    written = {
        name: statement.format(day=TODAY, token_hash=sha256(token.encode()).hexdigest())
        for name, (statement, token) in statements.items()
    }

    @app.get("/<name>")
    def show(name: str) -> str:
        with database.engine.connect() as connection:
            rows = connection.exec_driver_sql(written[name]).all()
        padding = "." * int(request.args["padding"])
        return render_template("floor.html", rows=rows, padding=padding)

    return app
