"""The photo of a person, small and without anything but the picture."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base
from webapp.models.person import Person


class Photo(Base):
    """A square JPEG, encoded again on arrival. One person has one or none."""

    __tablename__ = "photo"

    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)
    changed_at: Mapped[datetime]
