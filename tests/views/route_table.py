"""Every address of the app, and what each of the cast gets there: a status or another place."""

Expected = dict[str, int | str]

EVERYBODY = ("nobody", "ada", "cora", "ben", "dan", "mia", "emil", "olga")
"""Ada, whose plan it is; Cora, her coach; Mia and Emil beside her at work; and four strangers."""


def who(rest: int | str, **others: int | str) -> Expected:
    """Say what each gets: a status, or where they are led. `rest` is for those not named."""
    return {name: others.get(name, rest) for name in EVERYBODY}


OPEN = who(200)
ASKED_IN = "/sign-in"
OWN = who(200, nobody=ASKED_IN)
NUMBERS = "/organisation/messages"
STAFF_STARTS = {"cora": "/people", "dan": "/people", "olga": NUMBERS}
OWN_PLAN = who("/me", nobody=ASKED_IN, ada=200, ben=200, **STAFF_STARTS)
PLAN = who(404, nobody=ASKED_IN, ada=200, cora=200)
MARK = who(404, nobody=ASKED_IN, ada="/today", cora=403)
CHOICE = who(404, nobody=ASKED_IN, ada="/goals", cora="{person}/goals")
COACHES = who(404, nobody=ASKED_IN, cora=200, dan=200)
HER_COACH = who(404, nobody=ASKED_IN, cora=200)
HERS = who(404, nobody=ASKED_IN, ada=200)
OWN_FORM = {**HERS, "ben": 200}
EMPTY_FORM = {**HERS, "ada": 422, "ben": 422}
STARTS = who("/me", nobody=ASKED_IN, ada="/today", ben="/today", **STAFF_STARTS)
STAFF = who(200, nobody=ASKED_IN, ada=404, ben=404)
HOURS = who(404, nobody=ASKED_IN, cora=200, dan=200, mia=200)
ASK = who(404, nobody=ASKED_IN, ada=200, ben=200)

TASK = "/tasks/<int:task_id>/<day:day>"
GOAL = "/goals/<int:goal_id>"
NEXT_STEP = "/next-steps/<int:next_step_id>"
PERSON = "/people/<int:person_id>"
HELP = "/help-requests/<int:request_id>"
PROPOSAL = "/choices/<int:proposal_id>"
RISK = "/next-steps/<int:next_step_id>/try"
FOLLOW_UP = "/follow-ups/<int:follow_up_id>"

REMINDERS = "/me/reminders"
OWN_REMINDER_PAGES = (
    *("", "/key", "/stop", "/blocked", "/mail"),
    *("/phones", "/quiet/hours", "/<question>"),
)
PHONE = f"{REMINDERS}/phones/<int:subscription_id>"

TABLE: dict[str, Expected] = {
    # Open to everybody.
    "GET /": STARTS,
    "GET /about": OPEN,
    "GET /calendar/<secret>.ics": OPEN,
    "GET /health": OPEN,
    "GET /manifest.webmanifest": OPEN,
    "GET /metrics": who(404),
    "GET /service-worker.js": OPEN,
    "GET /static/<release>/<path:path>": OPEN,
    "GET /styleguide": OPEN,
    "POST /language": who("/about"),
    "GET /sign-in": {**STARTS, "nobody": 200},
    "GET /sign-in/link/<token>": OPEN,
    "POST /sign-in/link/<token>": who("/sign-in"),
    "GET /sign-in/code": OPEN,
    "POST /sign-in/code": who(422),
    "GET /sign-in/confirm": who(410),
    "POST /sign-in/confirm": who(410),
    "GET /sign-in/staff": OPEN,
    "POST /sign-in/staff": who(422),
    # Of everybody who is signed in.
    "GET /install": OWN,
    "GET /sign-in/out": who(200, nobody=ASKED_IN),
    "POST /sign-in/out": who("/sign-in"),
    "GET /me": OWN,
    "GET /me/<name>": OWN,
    "POST /me/<name>": who("/me", nobody=ASKED_IN),
    "GET /me/phones": OWN,
    "GET /me/sending": OWN,
    "GET /outbox": who(200, nobody=401),
    "GET /kept": who(404, nobody=401, ada=200, cora=200, ben=200, dan=200),
    "GET /not-kept": OWN,
    "GET /not-sent": OWN,
    "GET /me/pace": ASK,
    "GET /me/pace/<pace>": ASK,
    "POST /me/pace/<pace>": who(404, nobody=ASKED_IN, ada="/today", ben="/today"),
    "GET /me/follow-up": ASK,
    "GET /me/support": ASK,
    "GET /me/support/stop": ASK,
    "POST /me/support/stop": {**ASK, "ada": "/me/support", "ben": "/me/support"},
    "POST /me/support/take-up": {**ASK, "ada": 409, "ben": 409},
    "GET /me/reminders/calendar": ASK,
    "POST /me/reminders/calendar": {
        **ASK,
        "ada": "/me/reminders/calendar",
        "ben": "/me/reminders/calendar",
    },
    "GET /me/reminders/calendar/titles": HERS,
    "POST /me/reminders/calendar/titles": {**HERS, "ada": "/me/reminders/calendar"},
    "GET /me/reminders/calendar/stop": ASK,
    "POST /me/reminders/calendar/stop": {
        **ASK,
        "ada": "/me/reminders/calendar",
        "ben": "/me/reminders/calendar",
    },
    **{f"GET {REMINDERS}{last}": OWN for last in OWN_REMINDER_PAGES},
    **{
        f"POST {REMINDERS}/{last}": who(REMINDERS, nobody=ASKED_IN)
        for last in ("on", "pause", "take-up", "stop", "<question>", "quiet/hours", "mail", "try")
    },
    f"POST {REMINDERS}/not-now": {**STARTS, "nobody": ASKED_IN},
    f"GET {REMINDERS}/zone": who(404, nobody=ASKED_IN),
    f"POST {REMINDERS}/zone": {**STARTS, "nobody": ASKED_IN},
    f"POST {REMINDERS}/phone": who(422, nobody=ASKED_IN),
    f"POST {REMINDERS}/phone/remove": who(204, nobody=ASKED_IN),
    f"GET {PHONE}/remove": HERS,
    f"POST {PHONE}/remove": {**HERS, "ada": f"{REMINDERS}/phones"},
    f"GET {REMINDERS}/try/<int:notice_id>": HERS,
    "GET /tasks/<int:task_id>/remind": HERS,
    "POST /tasks/<int:task_id>/remind": {**HERS, "ada": REMINDERS},
    "GET /me/photo": OWN,
    "POST /me/photo": who(422, nobody=ASKED_IN),
    "GET /me/photo/remove": OWN,
    "POST /me/photo/remove": who("/me/photo", nobody=ASKED_IN),
    # Of Cora and those beside whom she stands.
    "GET /photos/<int:owner_id>/<version>": PLAN,
    # Of staff.
    "GET /me/password": STAFF,
    "POST /me/password": who(422, nobody=ASKED_IN, ada=404, ben=404),
    "GET /me/hours": HOURS,
    "POST /me/hours": {**HOURS, "cora": "/me", "dan": "/me", "mia": "/me"},
    # Of participants: asking for a human.
    "GET /help/ask": ASK,
    "GET /help/ask/<reason>": ASK,
    "POST /help/ask": {**ASK, "ada": "{next_help}", "ben": "{last_help}"},
    # Of participants: their own plan, or nothing that others could look at.
    "GET /today": OWN_PLAN,
    "GET /days": OWN_PLAN,
    "GET /days/<day:day>": OWN_PLAN,
    "GET /days/week/<day:day>": OWN_PLAN,
    "GET /days/month/<month:month>": OWN_PLAN,
    "GET /goals": OWN_PLAN,
    "GET /changes": OWN_PLAN,
    "POST /changes/<int:change_id>/undo": {**HERS, "ada": 409},
    "GET /help": OWN_PLAN,
    "GET /choices": OWN_PLAN,
    "GET /choices/answered": OWN_PLAN,
    "GET /welcome": OWN_PLAN,
    "GET /welcome/<screen>": OWN_PLAN,
    "POST /welcome": who(404, nobody=ASKED_IN, ada="/today", ben="/today"),
    # What was proposed to Ada, and what she was told.
    f"GET {PROPOSAL}": HERS,
    f"GET {PROPOSAL}/<int:change_id>": HERS,
    f"GET {PROPOSAL}/not-now": HERS,
    f"GET {PROPOSAL}/<int:change_id>/not-now": HERS,
    f"POST {PROPOSAL}/answer": {**HERS, "ada": 400},
    "POST /choices/told/<int:change_id>/noticed": {**HERS, "ada": 404},
    "POST /choices/told/<int:change_id>/problem": {**HERS, "ada": 404},
    f"GET {PERSON}/choices": PLAN,
    f"POST {PERSON}/choices/withdraw": {**PLAN, "ada": 400, "cora": 400},
    f"POST {PERSON}/choices/send": {**PLAN, "ada": 400, "cora": 400},
    # Ada's plan.
    f"GET {PERSON}/today": PLAN,
    f"GET {PERSON}/days": PLAN,
    f"GET {PERSON}/days/<day:day>": PLAN,
    f"GET {PERSON}/days/week/<day:day>": PLAN,
    f"GET {PERSON}/days/month/<month:month>": PLAN,
    f"GET {PERSON}/goals": PLAN,
    f"GET {PERSON}/help": PLAN,
    f"GET {PERSON}/me": PLAN,
    f"GET {PERSON}/me/phones": PLAN,
    f"GET {PERSON}/changes": PLAN,
    f"POST {PERSON}/changes/<int:change_id>/undo": {**PLAN, "ada": 409, "cora": 409},
    f"GET {PERSON}/me/follow-up": PLAN,
    f"POST {PERSON}/me/follow-up": {**PLAN, "ada": 403, "cora": "{person}/me/follow-up"},
    f"POST {FOLLOW_UP}/check": {**PLAN, "ada": 403, "cora": "{person}/me/follow-up"},
    f"GET {FOLLOW_UP}/comment": {**PLAN, "cora": 403},
    f"POST {FOLLOW_UP}/comment": {**PLAN, "ada": "/me/follow-up", "cora": 403},
    f"GET {PERSON}/me/pace": PLAN,
    f"GET {PERSON}/me/pace/<pace>": PLAN,
    f"GET {TASK}": PLAN,
    f"GET {TASK}/later": {**PLAN, "cora": 403},
    f"POST {TASK}/later": MARK,
    f"POST {TASK}/done": MARK,
    f"POST {TASK}/not-today": MARK,
    f"POST {TASK}/undo": MARK,
    f"POST {TASK}/steps/<int:step_id>/tick": {**MARK, "ada": "{task}"},
    f"GET {GOAL}": PLAN,
    f"GET {GOAL}/choose": PLAN,
    **{f"POST {GOAL}/{last}": CHOICE for last in ("reach", "let-go", "open-again")},
    f"GET {NEXT_STEP}": PLAN,
    **{
        f"POST {NEXT_STEP}/{last}": CHOICE
        for last in ("choose", "later", "not-this", "put-back", "done")
    },
    f"GET {RISK}": PLAN,
    f"POST {RISK}/warn": who(404, nobody=ASKED_IN, ada="{risk}", cora="{risk}"),
    f"POST {RISK}/decide": who(404, nobody=ASKED_IN, ada="{risk}", cora="{risk}"),
    f"GET {RISK}/decisions": PLAN,
    f"GET {RISK}/look-back": {**PLAN, "cora": 403},
    f"POST {RISK}/look-back": {**MARK, "ada": "{risk}/plan/day"},
    f"POST {RISK}/<form>/throw-away": who(404, nobody=ASKED_IN, ada="{risk}", cora="{risk}"),
    f"GET {RISK}/<form>/<part>": PLAN,
    f"POST {RISK}/<form>/<part>": who(
        404, nobody=ASKED_IN, ada="{risk}/view/wrong", cora="{risk}/view/wrong"
    ),
    f"GET {HELP}": PLAN,
    f"POST {HELP}/seen": {**PLAN, "ada": 403, "cora": "/people"},
    f"POST {HELP}/answer": {**PLAN, "ada": 403, "cora": "/people"},
    f"POST {HELP}/close": {**PLAN, "ada": "/help", "cora": 403},
    f"POST {HELP}/reopen": {**PLAN, "ada": "{help}", "cora": 403},
    # What is asked question by question: an empty answer is to be mended.
    "GET /goals/new": OWN_FORM,
    "POST /goals/new": EMPTY_FORM,
    "GET /tasks/new": OWN_FORM,
    "POST /tasks/new": EMPTY_FORM,
    f"GET {GOAL}/change": HERS,
    f"POST {GOAL}/change": {**HERS, "ada": 422},
    f"GET {GOAL}/next-steps/new": HERS,
    f"POST {GOAL}/next-steps/new": {**HERS, "ada": 422},
    "GET /tasks/<int:task_id>/change/<what>": HERS,
    "POST /tasks/<int:task_id>/change/<what>": {**HERS, "ada": 422},
    f"GET {PERSON}/propose/<verb>": HER_COACH,
    f"POST {PERSON}/propose/<verb>": {**HER_COACH, "cora": 422},
    f"GET {PERSON}/propose/pace/<pace>": HER_COACH,
    f"POST {PERSON}/propose/pace/<pace>": {
        **HER_COACH,
        "cora": "{person}/propose/pace/slower?question=check",
    },
    "POST /devices/<int:device_id>/end": who(
        404, nobody=ASKED_IN, ada="/me/phones", cora="{person}/me/phones"
    ),
    # Of the organisation.
    f"GET {NUMBERS}": who(404, nobody=ASKED_IN, olga=200),
    # Of coaches.
    "GET /people": COACHES,
    "GET /people/new": COACHES,
    "POST /people/new": who(404, nobody=ASKED_IN, cora=422, dan=422),
    f"GET {PERSON}/sign-in-card": HER_COACH,
    f"POST {PERSON}/sign-in-card": {**HER_COACH, "cora": 400},
    "GET /sign-in-cards/<int:card_id>": HER_COACH,
}

PUBLIC = {
    "about.show",
    "assets.show",
    "calendar_feed.show",
    "health.show",
    "language.switch",
    "metrics.show",
    "pwa.manifest",
    "pwa.worker",
    "sign_in.code",
    "sign_in.confirm",
    "sign_in.link",
    "sign_in.show",
    "sign_in.staff",
    "start.show",
    "styleguide.show",
}

FORMS: dict[str, dict[str, str]] = {
    "POST /language": {"language": "en", "next": "/about"},
    "POST /sign-in/link/<token>": {"answer": "no"},
    "POST /sign-in/code": {"code": "00000000"},
    "POST /me/<name>": {"value": "dark"},
    "POST /me/reminders/calendar/titles": {"value": "titles"},
    f"POST {REMINDERS}/<question>": {"value": "21:00-07:00"},
    f"POST {REMINDERS}/quiet/hours": {"begins": "21:00", "ends": "06:30"},
    f"POST {REMINDERS}/mail": {"mail_to": "me@example.org"},
    f"POST {REMINDERS}/zone": {"zone": "Europe/Paris", "answer": "yes"},
    "POST /tasks/<int:task_id>/remind": {"value": "30"},
    f"POST {TASK}/later": {"choice": "2026-11-24"},
    f"POST {HELP}/answer": {"sentence": "I call you."},
    f"POST {TASK}/steps/<int:step_id>/tick": {"ticked": "1"},
    f"POST {RISK}/decide": {"decision": "try"},
    f"POST {RISK}/look-back": {"look_back": "again"},
    f"POST {RISK}/warn": {"could_go_wrong": "1"},
    f"POST {PERSON}/me/follow-up": {"title": "Sign the paper", "rule": "A rule"},
    f"POST {FOLLOW_UP}/check": {"checked": "1", "why": "A rule"},
    f"POST {FOLLOW_UP}/comment": {"sentence": "I have signed it."},
}

WORDS: dict[str, object] = {
    "question": "quiet",
    "screen": "team",
    "what": "stop",
    "verb": "goal.add",
    "reason": "late",
    "month": "2026-11",
    "version": "any",
    "form": "view",
    "part": "well",
    "name": "theme",
    "pace": "slower",
    "release": "any",
    "path": "css/app.css",
}
"""Parts of addresses that are the same for everybody."""
