"""The shape of a photo that somebody gives of themselves."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from webapp.forms.words import N_


class PhotoForm(FlaskForm):
    """One picture file. Whether it can be read is the domain's to judge."""

    photo = FileField(
        N_("Choose a photo"),
        [FileRequired(N_("Choose a photo first."))],
        render_kw={"accept": "image/*"},
    )
