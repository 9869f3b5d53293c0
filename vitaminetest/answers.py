"""An answer as it travels: the key of an option, a tuple of keys, a whole number, or DECLINED. Anything else is no answer."""

from vitaminetest.definition import Kind, Question

DECLINED = "zeg-ik-liever-niet"  # an answer that tells nothing; no option may have it for a key

Answer = str | int | tuple[str, ...]


def clean(question: Question, raw: object) -> Answer | None:
    """Return `raw` as an answer to `question`; None when it is none. Never raises, whatever `raw` is.

    The keys of SEVERAL come in the order of the options. A number may be a float without a fraction: JSON knows no other.
    """
    if raw == DECLINED and isinstance(raw, str):
        return DECLINED if question.may_decline and question.kind != Kind.INFO else None
    if question.kind == Kind.NUMBER:
        return _clean_number(question, raw)
    if question.kind == Kind.SEVERAL:
        return _clean_several(question, raw)
    keys = {option.key for option in question.choices}
    return raw if question.kind in (Kind.CHOICE, Kind.YESNO) and isinstance(raw, str) and raw in keys else None


def _clean_number(question: Question, raw: object) -> int | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not question.minimum <= raw <= question.maximum:
        return None
    return int(raw) if raw == int(raw) else None


def _clean_several(question: Question, raw: object) -> tuple[str, ...] | None:
    if not isinstance(raw, list | tuple) or not all(isinstance(key, str) for key in raw):
        return None
    ticked, keys = set(raw), [option.key for option in question.options]
    clash = len(ticked) > 1 and any(option.is_exclusive and option.key in ticked for option in question.options)
    return None if not ticked or clash or not ticked.issubset(keys) else tuple(key for key in keys if key in ticked)
