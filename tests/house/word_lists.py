"""The words that the easy-read checks look for, and samples to measure: data, no rules.

Every entry of a list of words is a regular expression that must match whole words, in any case.
Where an entry is wrong in one sentence only, the sentence goes into `EXCEPTIONS` with its reason.
"""

ON_PHONES = "The word that stands on the phone: the person must find it there."

EXCEPTIONS: dict[tuple[str, str], str] = {
    ("A5", "Press “Notifications” and switch them on."): ON_PHONES,
    ("A5", "Press “Notifications”."): ON_PHONES,
    ("A5", "Press “Notification” until it says “Allowed”."): ON_PHONES,
    ("A5", "Switch on “Allow Notifications”."): ON_PHONES,
    ("A5", "Appuyez sur «\u00a0Notifications\u00a0» et activez-les."): ON_PHONES,
    ("A5", "Appuyez sur «\u00a0Notifications\u00a0»."): ON_PHONES,
    (
        "A5",
        "Appuyez sur «\u00a0Notifications\u00a0» pour lire «\u00a0Autorisé\u00a0».",
    ): ON_PHONES,
    ("A5", "Activez «\u00a0Autoriser les notifications\u00a0»."): ON_PHONES,
}
"""(rule, text) -> the reason why this text of the catalogue may break this rule."""

ABBREVIATIONS = frozenset({"m", "mm", "mme", "mlle", "mr", "mrs", "ms", "dr", "st", "p", "ex"})
"""A full stop after one of these does not end a sentence."""

CAPITALS_ALLOWED = {
    "QR": "everybody reads it on the box: a QR code has no other name",
    "MIT": "the name of a licence, on the page of the licences",
    "CC BY-SA": "the name of a licence, on the page of the licences",
}
"""A8: capitals that are a name, each with its reason."""

NUMBERS_ALLOWED = frozenset({"112", "911", "999"})
"""A14: numbers to call in danger."""

LINKING = {
    "fr": (r"parce qu(?:e\b|')", r"et\b", r"mais\b", r"ou\b", r"qui\b", r"que\b", r"qu'", r"si\b")
    + (r"car\b",),
    "en": (r"and\b", r"but\b", r"or\b", r"which\b", r"who\b", r"because\b", r"if\b"),
}
"""A2: words that join two ideas. Looked for at the start of a word; the ends are their own."""

IDIOMS = {
    "fr": (
        r"coup de main",
        r"coup de pouce",
        r"coup d'œil",
        r"clin d'œil",
        r"feu vert",
        r"jet(?:er|ez) un œil",
        r"faire le point",
        r"gard(?:er|ez) le cap",
        r"ten(?:ir|ez) le coup",
        r"lâch(?:er|ez) prise",
        r"tomb(?:er|e) à l'eau",
        r"mettre la main à la pâte",
        r"sur le bout des doigts",
        r"à portée de main",
        r"c'est du gâteau",
        r"au fil de l'eau",
        r"en cours de route",
        r"sur la même longueur d'onde",
    ),
    "en": (
        r"piece of cake",
        r"at a glance",
        r"on track",
        r"keep an eye",
        r"in the loop",
        r"touch base",
        r"the ball rolling",
        r"on the same page",
        r"heads[- ]up",
        r"(?:give|lend|need) a hand",
        r"green light",
        r"up to speed",
        r"on the go",
        r"at your fingertips",
        r"hang in there",
        r"rule of thumb",
        r"in a nutshell",
        r"on top of things",
        r"good to go",
        r"all set",
        r"up in the air",
    ),
}
"""A9: sayings and pictures in words."""

NEGATIONS = {
    "fr": (
        r"(?P<noun>\b(?:prochains?|premiers?|petits?|un|le|les|des|mon|mes|votre|vos|ce|ces|chaque"
        r"|autres?|\d+|\ufffc) pas\b)|\bsans\b|\bni\b|(?P<answer>^non,)|\bnon\b"
        r"|(?P<opens>\bne\b|\bn')|(?P<closes>\bpas\b)|(?P<either>\b(?:jamais|rien|aucune?)\b)"
        r"|(?P<more>\bplus\b)"
    ),
    "en": (
        r"(?P<answer>^no,)|n't\b"
        r"|\b(?:not|never|no|nothing|nobody|none|nor|neither|without|cannot)\b"
    ),
}
"""A10: one pattern a language. "ne … pas" and "aucun … ne" are one; "pas" may be a step forward."""

THIRD_PERSON = {
    "fr": (r"utilisateurs?", r"utilisatrices?", r"usag(?:er|ère)s?"),
    "en": (r"users?", r"end[- ]users?"),
}
"""A11: the person is "vous" or "you"."""

NUMBER_WORDS = {
    "fr": (
        r"deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize",
        r"vingts?|trente|quarante|cinquante|soixante|cents?|mille",
    ),
    "en": (
        r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen",
        r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty",
        r"ninety|hundreds?|thousands?",
    ),
}
"""A13: numbers are digits; "un", "une" and "one" may stay."""

NUMBERED_THINGS = {"fr": (r"chambres?", r"bus", r"ligne"), "en": (r"rooms?", r"bus", r"line")}
"""A14: the number behind one of these is a name, not an amount: "room 204"."""

PERCENT_WORDS = {"fr": (r"pour cent", r"pourcentages?"), "en": (r"per ?cent", r"percentages?")}
"""A14: percentages, written out."""

SHORT_FORMS = {
    "fr": (r"etc", r"p\. ?ex", r"c\.-à-d", r"cf", r"nb"),
    "en": (r"etc", r"e\.g", r"i\.e", r"vs", r"nb"),
}
"""A15: shortened words."""

FAMILIAR = (r"tu", r"te", r"toi", r"ton", r"ta", r"tes", r"tien(?:ne)?s?")
"""B2: French says "vous"."""

SYNONYMS = {
    "fr": {
        r"activités?": "tâche",
        r"phases?": "étape",
        r"objectifs?": "but",
        r"référente?s?": "coach",
        r"conseill(?:er|ère)s?": "coach",
        r"mentore?s?": "la personne qui vous aide au travail",
        r"plannings?": "plan",
        r"emplois? du temps": "plan",
        r"notifications?": "message",
        r"suggestions?|suggér\w+": "proposition",
        r"hors (?:ligne|connexion)": "pas de réseau",
        r"historiques?": "ce qui a changé",
        r"file active": "personnes",
        r"report(?:er|ez|ée?s?)": "plus tard",
        r"complét(?:er|ez|ée?s?)": "fait",
        r"soumett(?:re|ez)": "envoyer",
        r"bénéficiaires?": "personne",
        r"log ?in": "se connecter",
        r"s'(?:identifier|authentifier)|(?:identifi|authentifi)ez-vous": "se connecter",
    },
    "en": {
        r"activit(?:y|ies)": "task",
        r"phases?": "step",
        r"objectives?": "goal",
        r"advis[eo]rs?|counsell?ors?": "coach",
        r"mentors?": "helper at work",
        r"timetables?|schedules?": "plan",
        r"notifications?": "message",
        r"suggest(?:s|ed|ions?)?": "propose",
        r"offline": "no network",
        r"history": "what changed",
        r"caseloads?": "people",
        r"postpone[sd]?|snooze[sd]?": "later",
        r"completed?|complet(?:es|ing|ion)": "done",
        r"submit(?:s|ted)?": "send",
        r"beneficiar(?:y|ies)": "person",
        r"log(?:ged)?[ -]?(?:in|out|on|off)": "sign in, sign out",
    },
}
"""A5: a word that stands for a thing which already has its word (in words.md) -> that word."""

NEVER_SHOWN = {
    "fr": (
        r"retards?",
        r"retardée?s?",
        r"manquée?s?",
        r"scores?",
        r"points",
        r"trophées?",
        r"médailles?",
        r"récompenses?",
        r"classements?",
        r"d'affilée",
        r"heures travaillées",
        r"géolocalis\w+",
        r"dernière (?:visite|activité|connexion)",
        r"vue? (?:à|le|hier|il y a)",
        r"diagnostics?",
    ),
    "en": (
        r"overdue",
        r"(?:is|are|am|was|were|be|you're|too|running) late",
        r"late tasks?",
        r"missed",
        r"scores?",
        r"streaks?",
        r"(?:\d+|\ufffc|your|more|win|earn|get) points(?! (?:it|at|the|this|to)\b)",
        r"troph(?:y|ies)",
        r"medals?",
        r"rewards?",
        r"rank(?:s|ed|ings?)?",
        r"leaderboards?",
        r"in a row",
        r"hours worked",
        r"locations?",
        r"last (?:seen|active|online|visit)",
        r"seen (?:at|on|yesterday)",
        r"diagnos[ei]s",
    ),
}
"""What design.md section 1 never builds must not come back as words: rule id "never"."""

REGIONAL = {
    "fr_FR": {
        r"courriels?": "e-mail",
        r"textos?|messages? textes?": "message",
        r"cellulaires?": "téléphone",
        r"fins? de semaine": "week-end",
    },
    "fr_CA": {
        r"e-?mails?|mails?|mels?": "courriel",
        r"sms": "message texte",
        r"(?:téléphones? )?portables?": "cellulaire",
        r"week-?ends?": "fin de semaine",
        r"curatelles?|curat(?:eur|rice)s?": "tutelle au majeur",
        r"habilitation familiale|sauvegarde de justice": "mesure d'assistance",
    },
}
"""B12, B13: a word of the other country -> the word here."""

EASY = {
    "fr": (
        "Aujourd'hui, lundi 4 mai. Voici vos tâches. Vous avez 3 tâches ce matin. Vous "
        "commencez à 9 heures. Prenez votre badge. Mettez vos gants. Prenez le balai bleu. "
        "Passez le balai dans l'allée. Mettez la poussière dans la poubelle. C'est fait. Vous "
        "pouvez faire une pause. La pause dure 15 minutes. Buvez un verre d'eau. Votre coach "
        "vient jeudi. Vous lui dites ce qui va bien. Vous dites ce qui va mal. Vous "
        "choisissez votre rythme. Vous pouvez changer plus tard. Personne ne choisit pour "
        "vous. Vous avez besoin d'aide. Touchez le bouton rouge. Une personne vous appelle. "
        "Elle parle avec vous. Le soir, vous lisez votre plan. Demain, vous prenez le bus. Le "
        "bus part à 8 heures. Tout est prêt pour demain. Bonne nuit.",
    ),
    "en": (
        "Today is Monday 4 May. Here are your tasks. You have 3 tasks this morning. You start "
        "at 9. Take your badge. Put on your gloves. Take the blue broom. Sweep the aisle. Put "
        "the dust in the bin. It's done. You can take a break. The break lasts 15 minutes. "
        "Drink a glass of water. Your coach comes on Thursday. You say what goes well. You "
        "say what is hard. You choose your pace. You can change it later. Nobody else chooses "
        "for you. You need help. Touch the red button. A person calls you. This person talks "
        "with you. At night, you read your plan. The next day, you take the bus. The bus "
        "leaves at 8. All is ready for the next day. Good night.",
    ),
}
"""Samples of what screens say, to see that the reading measures call them easy."""

HARD = {
    "fr": (
        "Conformément aux dispositions réglementaires applicables, l'établissement employeur "
        "communique préalablement à l'organisme gestionnaire l'ensemble des renseignements "
        "administratifs nécessaires à la détermination individualisée des modalités "
        "d'accompagnement professionnel, notamment celles relatives à l'aménagement "
        "raisonnable des conditions matérielles d'exécution du contrat. Les professionnels "
        "intervenant auprès des personnes accompagnées établissent périodiquement une "
        "évaluation circonstanciée des compétences développées, laquelle constitue le "
        "fondement des préconisations ultérieurement formulées par la commission "
        "pluridisciplinaire. Toute modification substantielle des engagements réciproques "
        "nécessite la signature préalable d'un avenant contradictoirement négocié entre les "
        "différentes parties prenantes de la convention, dont les représentants habilités "
        "conservent individuellement un exemplaire original dûment enregistré auprès des "
        "autorités administratives compétentes.",
    ),
    "en": (
        "In accordance with applicable regulatory provisions, the participating establishment "
        "communicates to the administering organisation all documentation necessary for "
        "determining individualised vocational accompaniment arrangements, particularly those "
        "concerning reasonable accommodation of the material conditions governing contractual "
        "performance. Professionals intervening on behalf of accompanied individuals "
        "periodically establish a comprehensive evaluation of demonstrated competencies, "
        "which subsequently constitutes the foundation for recommendations formulated by the "
        "multidisciplinary committee. Any substantial modification of reciprocal commitments "
        "requires the prior signature of an amendment negotiated between the various "
        "stakeholders of the agreement, whose authorised representatives individually retain "
        "an original registered copy of all correspondence deposited with the competent "
        "administrative authorities.",
    ),
}
"""Samples in the style of offices, to see that the reading measures call them hard."""
