"""Which request a mail belongs to: by the address that it went to, and by the mail that it answers. A subject proves nothing."""

from dataclasses import dataclass

from advice.changing import DeskRefused
from advice.inbox.addressing import reference_of
from advice.inbox.reading import ReadMail
from advice.message_ids import is_ours
from advice.models import AdviceRequest, OutgoingMail

MOST_SUGGESTED = 5


@dataclass(frozen=True)
class Match:
    """`request` is what a mail leads to, whoever sent it; `is_erased`: it leads to one that is no more."""

    request: AdviceRequest | None = None
    is_erased: bool = False


NOTHING = Match()


def find_match(mail: ReadMail) -> Match:
    """Return where a mail leads. Where address and answered mail disagree it leads nowhere: a person has to look."""
    by_address, by_answer = _by_address(mail), _by_answer(mail)
    if NOTHING in (by_address, by_answer):
        return by_address if by_answer == NOTHING else by_answer
    return by_address if by_address == by_answer else NOTHING


def _by_address(mail: ReadMail) -> Match:
    references = {reference for address in mail.recipients if (reference := reference_of(address))}
    if len(references) != 1:
        return NOTHING
    request = AdviceRequest.objects.filter(reference=references.pop()).first()
    return Match(request, is_erased=request is None)


def _by_answer(mail: ReadMail) -> Match:
    """Look for the nearest mail of ours. An id that we made and no longer know belonged to a request that was erased."""
    ours = [message_id for message_id in mail.answers if is_ours(message_id)]
    sent = find_sent(tuple(ours))
    if sent is not None:
        return Match(sent.request)
    return Match(is_erased=bool(ours))


def find_sent(message_ids: tuple[str, ...]) -> OutgoingMail | None:
    """Return the mail of ours with the first of these ids (without brackets) that we still know."""
    names = [f"<{message_id}>" for message_id in message_ids]
    found = OutgoingMail.objects.select_related("request").in_bulk(names, field_name="rfc_message_id")
    return next((found[name] for name in names if name in found), None)


def find_request(typed: str) -> AdviceRequest:
    """Return the request with a reference that a person typed; capitals, spaces and the dash don't matter. Raises DeskRefused."""
    letters = "".join(character for character in typed.upper() if character.isalnum())
    if not letters:
        raise DeskRefused("Kies bij welke vraag deze mail hoort, of vul het kenmerk in.")
    found = AdviceRequest.objects.filter(reference=f"{letters[:4]}-{letters[4:]}").first()
    if found is None:
        raise DeskRefused("Er is geen vraag met dat kenmerk.")
    return found


def suggest(mail: ReadMail) -> list[AdviceRequest]:
    """Return the requests that a mail may belong to, the likeliest first: where it leads, then the sender's newest."""
    leads_to = find_match(mail).request
    theirs = (
        AdviceRequest.objects.filter(email__in={mail.sender, mail.sender.lower()}) if mail.sender else AdviceRequest.objects.none()
    )
    newest = theirs.select_related("topic").order_by("-created_at", "-pk")[:MOST_SUGGESTED]
    return list(dict.fromkeys([*([leads_to] if leads_to else []), *newest]))[:MOST_SUGGESTED]
