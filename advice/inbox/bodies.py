"""The text of a mail, and how many attachments it has. Pure; it raises only what Python's own parser raises."""

from dataclasses import dataclass
from email.message import Message

from advice.inbox.charsets import decode
from advice.inbox.headers import raw_value
from advice.inbox.html_text import html_to_text

DEEPEST = 30  # parts within parts


@dataclass(frozen=True)
class Body:
    """What stands in a part of a mail. `is_html`: the text was made from HTML."""

    text: str = ""
    attachments: int = 0
    is_html: bool = False
    is_encrypted: bool = False


def read_body(part: Message, depth: int = 0) -> Body:
    """Return the text of a part with all parts in it, plain text rather than HTML. Texts between pictures are all kept."""
    kind = part.get_content_type()
    if part.is_multipart() and part.get_content_maintype() == "multipart" and depth < DEEPEST:
        bodies = [read_body(each, depth + 1) for each in part.get_payload()]
        if kind == "multipart/alternative":
            return _best(bodies)
        return Body(
            "\n".join(body.text for body in bodies if body.text.strip()),
            sum(body.attachments for body in bodies),
            any(body.is_html for body in bodies),
            kind == "multipart/encrypted" or any(body.is_encrypted for body in bodies),
        )
    is_broken = part.get_content_maintype() == "multipart" and not part.is_multipart()  # its parts can't be told apart
    if (kind in ("text/plain", "text/html") or is_broken) and not is_attachment(part):
        content = decode(_content(part), str(part.get_param("charset", "")))
        return Body(html_to_text(content), is_html=True) if kind == "text/html" else Body(content)
    return Body(attachments=int(bool(part.get_payload())))


def is_attachment(part: Message) -> bool:
    """Return whether a part was meant as a file, not as something to read."""
    return raw_value(part, "Content-Disposition").lower().startswith("attachment") or bool(part.get_filename())


def _best(bodies: list[Body]) -> Body:
    """Return the version to read: the first plain one with something in it, else the first with anything."""
    filled = [body for body in bodies if body.text.strip()]
    chosen = next((body for body in filled if not body.is_html), next(iter(filled), Body()))
    most = max((body.attachments for body in bodies), default=0)
    return Body(chosen.text, most, chosen.is_html, any(body.is_encrypted for body in bodies))


def _content(part: Message) -> bytes:
    """Return the bytes of a part, its transfer encoding undone as far as it can be."""
    content = part.get_payload(decode=True)
    if content is None:  # a text that says that it has parts
        payload = part.get_payload()
        return payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""
    return content
