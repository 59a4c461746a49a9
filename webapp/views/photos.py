"""Photos of people: one's own, given and taken away, and those of the people beside one."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from webapp.domain import photos
from webapp.domain.errors import RuleBroken
from webapp.forms.photo import PhotoForm
from webapp.web import database, uploads
from webapp.web.i18n import gettext as _
from webapp.web.labels import rule_words
from webapp.web.notices import tell
from webapp.web.portraits import photo_urls
from webapp.web.who import actor, now

KEPT = "private, max-age=86400, immutable"
ROOM_FOR_WORDS = 64 * 1024

bp = Blueprint("photos", __name__)


@bp.route("/me/photo", methods=["GET", "POST"])
@uploads.takes(photos.LARGEST_BYTES + ROOM_FOR_WORDS)
def give() -> str | Response | tuple[str, int]:
    """Show the person's own photo, and take a new one."""
    form = PhotoForm()
    if request.method == "GET":
        return _page(form)
    if not form.validate() or not _is_kept(form):
        return _page(form), 422
    tell(_("Your photo is here."), "done")
    return redirect(url_for(".give"), 303)


@bp.errorhandler(RequestEntityTooLarge)
def refuse_large(_error: RequestEntityTooLarge) -> tuple[str, int]:
    """Say that a photo is too big, on the page where another one can be chosen."""
    form = PhotoForm(formdata=None)
    form.photo.errors = [rule_words("photo_too_big")]
    return _page(form), 413


def _page(form: PhotoForm) -> str:
    url = photo_urls([actor()]).get(actor().id)
    return render_template("photo.html", form=form, photo_url=url)


def _is_kept(form: PhotoForm) -> bool:
    """Keep the photo, or write into the form why it cannot be kept."""
    try:
        photos.give(database.session(), actor(), form.photo.data.read(), now())
    except RuleBroken as broken:
        form.photo.errors = [rule_words(broken.code)]
        return False
    return True


@bp.route("/me/photo/remove", methods=["GET", "POST"])
def remove() -> str | Response:
    """Ask first, then forget the person's own photo."""
    if request.method == "GET":
        url = photo_urls([actor()]).get(actor().id)
        return render_template("remove_photo.html", photo_url=url)
    photos.remove(database.session(), actor())
    tell(_("Your photo is gone."), "done")
    return redirect(url_for(".give"), 303)


@bp.get("/photos/<int:owner_id>/<version>")
def show(owner_id: int, version: str) -> Response:
    """Send the photo of somebody beside whom the actor stands, or who stands beside them.

    An address from before the photo was changed gives the new one, and is not kept.
    """
    photo = photos.get_photo(database.session(), actor(), owner_id, now())
    name = {"Content-Disposition": "attachment; filename=photo.jpg"}
    response = Response(photo.jpeg, mimetype="image/jpeg", headers=name)
    if version == photos.version_of(photo):
        response.headers["Cache-Control"] = KEPT
    return response
