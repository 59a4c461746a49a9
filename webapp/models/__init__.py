"""What is stored. `tables` knows every table, for migrations and for tests."""

from webapp.models import change, mark, person, plan, sign_in
from webapp.models.base import Base

__all__ = ["change", "mark", "person", "plan", "sign_in", "tables"]

tables = Base.metadata
