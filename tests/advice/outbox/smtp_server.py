"""A real SMTP server that does as a test tells it: accept, refuse, be slow, die at any step. In a thread, on a port of its own."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from logging import getLogger

from aiosmtpd.smtp import SMTP

getLogger("mail.log").setLevel("CRITICAL")  # aiosmtpd tells every line of the dialogue
STEPS = ("CONNECT", "MAIL", "RCPT", "DATA", "TEXT", "REPLIED")


class Sink:
    """What the server got, and what it does at each step.

    `replies` gives the answer at a step ("RCPT") or for an address ("RCPT weg@example.org"); DROP breaks the line without a word.
    `TEXT` is the moment at which the whole text is there: what happens is decided, the answer not yet given. `keeps` says whether a
    mail whose answer was never given is delivered all the same.
    """

    DROP = "drop"

    def __init__(self):
        self.port = 0
        self.lines: set[asyncio.Transport] = set()
        self.reached = {step: threading.Event() for step in STEPS}
        self.go_on = {step: threading.Event() for step in STEPS}
        self.forget()

    def forget(self) -> None:
        """Start anew: nothing came in, and everything is taken."""
        self.delivered: list[tuple[tuple[str, ...], EmailMessage]] = []
        self.replies: dict[str, str] = {}
        self.slow: dict[str, float] = {}
        self.keeps = True
        self.seen: Counter[str] = Counter()
        self.archive: Callable[[bytes], None] | None = None
        self.release()

    def message_ids(self) -> Counter[str]:
        """How often each mail arrived."""
        return Counter(message["Message-ID"] for _, message in self.delivered)

    def hold(self, step: str) -> None:
        """Wait at a step from now on, until `release`."""
        self.reached[step].clear()
        self.go_on[step].clear()

    def release(self) -> None:
        for event in self.go_on.values():
            event.set()

    async def answer(self, server: SMTP, step: str, what: str = "") -> str | None:
        """Return what to say other than yes."""
        self.seen[step] += 1
        self.reached[step].set()
        while not self.go_on[step].is_set():
            await asyncio.sleep(0.005)
        await asyncio.sleep(self.slow.get(step, 0))
        reply = self.replies.get(f"{step} {what}", self.replies.get(step))
        if reply == self.DROP:
            server.transport.abort()
        return reply

    async def handle_MAIL(self, server, session, envelope, address, options):
        if reply := await self.answer(server, "MAIL", address):
            return reply
        envelope.mail_from = address
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if reply := await self.answer(server, "RCPT", address):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.keeps:
            self.deliver(envelope)
        if reply := await self.answer(server, "TEXT"):
            return reply
        if not self.keeps:
            self.deliver(envelope)
        asyncio.get_running_loop().call_soon(self.reached["REPLIED"].set)
        return "250 2.0.0 OK"

    def deliver(self, envelope) -> None:
        if self.replies.get("TEXT", "2")[0] in "45":
            return
        content = envelope.original_content
        self.delivered.append((tuple(envelope.rcpt_tos), message_from_bytes(content, policy=modern)))
        if self.archive:
            self.archive(content)


class _Server(SMTP):
    """Asks its sink also when somebody connects and when DATA is announced."""

    def connection_made(self, transport):
        self.event_handler.lines.add(transport)
        super().connection_made(transport)

    async def _handle_client(self):
        reply = await self.event_handler.answer(self, "CONNECT")
        if reply:
            if reply != Sink.DROP:
                await self.push(reply)
                self.transport.close()
            return
        await super()._handle_client()

    async def smtp_DATA(self, arg):
        if reply := await self.event_handler.answer(self, "DATA"):
            if reply != Sink.DROP:
                await self.push(reply)
            return
        await super().smtp_DATA(arg)


@contextmanager
def running_sink(port: int = 0) -> Iterator[Sink]:
    """Run a server while the block runs."""
    sink, loop, started = Sink(), asyncio.new_event_loop(), threading.Event()
    stop = asyncio.Event()

    async def serve() -> None:
        server = await loop.create_server(lambda: _Server(sink, hostname="sink", ident="sink", loop=loop), "127.0.0.1", port)
        sink.port = server.sockets[0].getsockname()[1]
        started.set()
        await stop.wait()
        server.close()
        for line in sink.lines:
            line.abort()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=[serve()], name="smtp")
    thread.start()
    started.wait()
    try:
        yield sink
    finally:
        sink.release()
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()
