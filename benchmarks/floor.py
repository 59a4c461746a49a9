"""The floor: the least that Flask needs to show the same rows in as many bytes.

One bare view, one statement written by hand, one flat template. Nobody is signed in, no form has
a token, nothing is translated, and the connection to the database stays open.
"""

from hashlib import sha256

from flask import Flask, render_template
from jinja2 import DictLoader

from benchmarks.plans import TODAY, Filled

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


def create_floor(filled: Filled, statement: str, token: str, length: int) -> Flask:
    """Return an app whose page `/` shows the rows of `statement` in `length` bytes."""
    app = Flask(__name__, static_folder=None)
    app.jinja_loader = DictLoader({"floor.html": TEMPLATE})
    connection = filled.database.engine.raw_connection()
    written = statement.format(day=TODAY, token_hash=sha256(token.encode()).hexdigest())
    app.config["PADDING"] = ""

    @app.get("/")
    def show() -> str:
        cursor = connection.cursor()
        cursor.execute(written)
        rows = cursor.fetchall()
        cursor.close()
        return render_template("floor.html", rows=rows, padding=app.config["PADDING"])

    app.config["PADDING"] = "." * (length - len(app.test_client().get("/").data))
    return app
