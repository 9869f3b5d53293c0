"""Many readers at once who send the form of the advice desk: keep-alive connections, loopback only, bounded in number."""

import asyncio
import time
import uuid
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

READERS = 32


@dataclass(frozen=True)
class Submits:
    """What one run saw: how many questions were accepted, how many answers were anything else, seconds, and milliseconds each."""

    accepted: int
    refused: int
    seconds: float
    times: tuple[float, ...]

    @property
    def rate(self) -> float:
        return self.accepted / self.seconds

    def share(self, share: float) -> float:
        """Return the time within which this share of the answers came, in milliseconds."""
        return sorted(self.times)[min(len(self.times) - 1, int(len(self.times) * share))]


def make_bodies(count: int) -> list[bytes]:
    """Return forms as browsers send them, opened a minute ago, each with a number of its own."""
    from django.utils import timezone

    from advice.models import ConsentText, Topic
    from advice.tokens import make_seal

    opened, bodies = timezone.now() - timedelta(minutes=1), []
    topic, consent = Topic.objects.filter(is_active=True).first(), ConsentText.objects.first()
    for number in range(count):
        form = uuid.uuid4()
        bodies.append(
            urlencode(
                {
                    "submission_id": str(form),
                    "opened": make_seal(form, now=opened),
                    "consent_number": consent.number,
                    "consent": "on",
                    "topic": topic.slug,
                    "name": f"Lezer {number}",
                    "email": f"meting-{form.hex[:12]}@example.org",
                    "question": f"Dit is vraag {number} van de meting. " + "Hoeveel magnesium zit er in een banaan? " * 5,
                }
            ).encode()
        )
    return bodies


def send_all(url: str, bodies: list[bytes], *, readers: int = READERS) -> Submits:
    """Send every form once, `readers` at a time, and wait for all answers. Raises ValueError for an address elsewhere."""
    if urlsplit(url).hostname != "127.0.0.1":
        raise ValueError(f"{url} is not on this machine")
    return asyncio.run(_send_all(url, bodies, readers))


async def _send_all(url: str, bodies: list[bytes], readers: int) -> Submits:
    todo, times, seen = iter(bodies), [], []
    began = time.perf_counter()
    await asyncio.gather(*(_reader(url, todo, times, seen) for _ in range(readers)))
    seconds = time.perf_counter() - began
    accepted = sum(status == 303 for status in seen)
    return Submits(accepted, len(seen) - accepted, seconds, tuple(times))


async def _reader(url: str, todo, times: list[float], seen: list[int]) -> None:
    parts = urlsplit(url)
    reader = writer = None
    for body in todo:
        if writer is None:
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        head = (
            f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nOrigin: http://{parts.netloc}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        began = time.perf_counter()
        writer.write(head.encode() + body)
        status, stays = await _answer(reader)
        times.append((time.perf_counter() - began) * 1000)
        seen.append(status)
        if not stays:
            writer.close()
            writer = None
    if writer is not None:
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """Read one answer; return its status and whether the connection stays open."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = next((int(line.split(":")[1]) for line in head.splitlines() if line.startswith("content-length:")), None)
    if length is None:
        await reader.read()
        return int(head.split()[1]), False
    await reader.readexactly(length)
    return int(head.split()[1]), "connection: close" not in head
