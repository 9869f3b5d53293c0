"""A real IMAP server (dovecot, as Debian has it) with one empty mailbox, in a folder and on a port of its own."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from imapclient import IMAPClient

from tests.browser.running import _free_port
from tests.conftest import require

USER, PASSWORD = "archief", "ge:heim"
CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_location = maildir:{folder}/mail
first_valid_uid = 1
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
    port = 0
  }}
}}
"""


@dataclass(frozen=True)
class Mailbox:
    port: int
    folder: Path
    connections: list[IMAPClient] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"imap://{USER}:ge%3Aheim@127.0.0.1:{self.port}/INBOX"

    @contextmanager
    def open(self) -> Iterator[IMAPClient]:
        with IMAPClient("127.0.0.1", self.port, ssl=False) as client:
            client.login(USER, PASSWORD)
            client.select_folder("INBOX")
            yield client

    def add(self, content: bytes) -> None:
        """Put a mail in the box, as a mail server does; over one connection, that stays open."""
        if not self.connections:
            self.connections.append(IMAPClient("127.0.0.1", self.port, ssl=False))
            self.connections[0].login(USER, PASSWORD)
        self.connections[0].append("INBOX", content)

    def message_ids(self) -> list[str]:
        with self.open() as client:
            found = client.fetch(client.search("ALL"), ["ENVELOPE"])
            return sorted(row[b"ENVELOPE"].message_id.decode() for row in found.values())


@contextmanager
def running_mailbox() -> Iterator[Mailbox]:
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    require(program, "dovecot", "apt-get install dovecot-imapd")
    folder = Path(tempfile.mkdtemp(prefix="magsite-imap-"))
    mailbox = Mailbox(_free_port(), folder)
    user, group = ("nobody", "nogroup") if os.getuid() == 0 else (str(os.getuid()), str(os.getgid()))
    (folder / "dovecot.conf").write_text(
        CONFIGURATION.format(folder=folder, port=mailbox.port, user=user, group=group, password=PASSWORD)
    )
    if os.getuid() == 0:
        shutil.chown(folder, user, group)
    server = subprocess.Popen([program, "-F", "-c", folder / "dovecot.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_until_up(mailbox)
        yield mailbox
    finally:
        for client in mailbox.connections:
            client.logout()
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_up(mailbox: Mailbox) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            with mailbox.open():
                return
        except OSError:
            log = mailbox.folder / "log"
            assert time.monotonic() < deadline, log.read_text() if log.exists() else "dovecot said nothing"
            time.sleep(0.05)
