"""What people are called at the desk."""

from django.contrib.auth.models import AbstractBaseUser


def name_of(user: AbstractBaseUser | None) -> str:
    """Return the name of a colleague: the one that readers see, else the one of the account; "" for nobody."""
    if user is None:
        return ""
    return str(getattr(user, "adviser", None) or user.get_full_name() or user.get_username())
