"""A journey as one signed text, in a hidden field of every page: the server itself keeps nothing.

It is signed so that nobody can give it another shape, not to keep it secret: it holds what its reader chose.
"""

from django.core import signing

from vitaminetest.answers import Answer
from vitaminetest.journey import Journey

# The number goes up with the shape of what is signed: a page of before that leads to the start.
_signer = signing.Signer(salt="vitaminetest.state.1")


def seal(journey: Journey) -> str:
    """Return the text for the hidden field. The same journey gives the same text."""
    return _signer.sign_object(
        [journey.version, dict(journey.answers), journey.at, journey.passed, journey.is_changing], compress=True
    )


def unseal(text: str) -> Journey | None:
    """Return the journey in a text; None when `seal` didn't make that, or an older release did."""
    try:
        version, answers, at, passed, is_changing = _signer.unsign_object(text)
    except (signing.BadSignature, ValueError):
        return None
    return Journey(version, {key: _answer(value) for key, value in answers.items()}, at, tuple(passed), is_changing)


def _answer(value: str | int | list[str]) -> Answer:
    return tuple(value) if isinstance(value, list) else value
