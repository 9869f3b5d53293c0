"""A real IMAP server (dovecot, as Debian has it) with one mailbox, in a folder and on ports of its own; and a bad line to it."""

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from imapclient import IMAPClient

from tests.browser.running import _free_port
from tests.conftest import require

USER, PASSWORD = "advies", "ge:heim"
CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_location = maildir:{folder}/mail
first_valid_uid = 1
mail_max_userip_connections = 100
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
"""
CERTIFICATE = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"


@dataclass
class Server:
    """The server, with what a colleague at the same mailbox does."""

    folder: Path
    program: str
    user: str
    group: str
    port: int = field(default_factory=_free_port)
    tls_port: int = field(default_factory=_free_port)
    process: subprocess.Popen | None = None
    connections: list[IMAPClient] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"imap://{USER}:ge%3Aheim@127.0.0.1:{self.port}/INBOX"

    @property
    def tls_url(self) -> str:
        return f"imaps://{USER}:ge%3Aheim@localhost:{self.tls_port}/INBOX"

    def start(self) -> None:
        command = [self.program, "-F", "-c", self.folder / "dovecot.conf"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while True:
            with suppress(OSError), self.open():
                return
            log = self.folder / "log"
            assert time.monotonic() < deadline, log.read_text() if log.exists() else "dovecot said nothing"
            time.sleep(0.05)

    def stop(self) -> None:
        while self.connections:
            self.connections.pop().logout()
        self.process.terminate()
        self.process.wait(10)

    @contextmanager
    def open(self) -> Iterator[IMAPClient]:
        with IMAPClient("127.0.0.1", self.port, ssl=False, timeout=20) as client:
            client.login(USER, PASSWORD)
            client.select_folder("INBOX")
            yield client

    def deliver(self, *mails: bytes) -> None:
        with self.open() as client:
            for mail in mails:
                client.append("INBOX", mail)

    def add(self, mail: bytes) -> None:
        """Put a mail in the box, as a mail server does; over one connection, that stays open."""
        if not self.connections:
            self.connections.append(IMAPClient("127.0.0.1", self.port, ssl=False))
            self.connections[0].login(USER, PASSWORD)
        self.connections[0].append("INBOX", mail)

    def message_ids(self) -> list[str]:
        with self.open() as client:
            found = client.fetch(client.search("ALL"), ["ENVELOPE"])
            return sorted(row[b"ENVELOPE"].message_id.decode() for row in found.values())

    def flags(self) -> dict[int, tuple]:
        with self.open() as client:
            return {uid: row[b"FLAGS"] for uid, row in client.fetch(client.search("ALL"), ["FLAGS"]).items()}

    def forget_numbers(self) -> None:
        """Number all mails anew, as a server does that was restored from a backup: another UIDVALIDITY."""
        self.stop()
        for path in (self.folder / "mail").glob("dovecot*"):
            path.unlink()
        self.start()

    def empty(self) -> None:
        with self.open() as client:
            client.delete_messages(client.search("ALL"))
            client.expunge()
            for _, _, name in client.list_folders():
                if name != "INBOX":
                    client.delete_folder(name)


@contextmanager
def running_server() -> Iterator[Server]:
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    require(program, "dovecot", "apt-get install dovecot-imapd")
    folder = Path(tempfile.mkdtemp(prefix="magsite-imap-"))
    user, group = ("nobody", "nogroup") if os.getuid() == 0 else (str(os.getuid()), str(os.getgid()))
    server = Server(folder, program, user, group)
    values = {
        "folder": folder,
        "user": user,
        "group": group,
        "password": PASSWORD,
        "port": server.port,
        "tls_port": server.tls_port,
    }
    (folder / "dovecot.conf").write_text(CONFIGURATION.format(**values))
    files = ["-keyout", folder / "key.pem", "-out", folder / "cert.pem"]
    subprocess.run([*CERTIFICATE.split(), *files], check=True, capture_output=True)
    if os.getuid() == 0:
        shutil.chown(folder, user, group)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def bad_line(port: int, *, breaks_after: int) -> Iterator[int]:
    """Pass on what one client and the server say to each other, until the server has said so many bytes; give the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    near_port = listener.getsockname()[1]
    thread = threading.Thread(target=_pass_on, args=[listener, port, breaks_after], daemon=True)
    thread.start()
    try:
        yield near_port
    finally:
        listener.close()
        thread.join(10)


def _pass_on(listener: socket.socket, port: int, left: int) -> None:
    with suppress(OSError):
        near, _ = listener.accept()
        listener.close()
        with near, socket.create_connection(("127.0.0.1", port)) as far:
            threading.Thread(target=_copy, args=[near, far], daemon=True).start()
            while left > 0 and (said := far.recv(min(left, 512))):
                near.sendall(said)
                left -= len(said)
            for end in (near, far):
                end.shutdown(socket.SHUT_RDWR)


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while said := source.recv(512):
            target.sendall(said)
