"""A small SMTP server of our own, on a free port of this machine."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast


@dataclass
class Mailbox:
    """The letters that came in; `refuses` answers the recipient with 550.

    `slow`: seconds before each answer.
    """

    letters: list[EmailMessage] = field(default_factory=list)
    refuses: bool = False
    slow: float = 0
    url: str = ""


class _Talk(socketserver.StreamRequestHandler):
    """One SMTP conversation."""

    box: Mailbox

    def handle(self) -> None:
        """Answer line by line until QUIT."""
        self._say("220 test")
        while line := self.rfile.readline():
            word = line.strip().upper()
            if word == b"DATA":
                self._say("354 go on")
                self.box.letters.append(self._letter())
                self._say("250 kept")
            elif word.startswith(b"RCPT") and self.box.refuses:
                self._say("550 nobody here")
            else:
                self._say("221 bye" if word == b"QUIT" else "250 ok")
                if word == b"QUIT":
                    return

    def _letter(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        return cast(EmailMessage, letter)

    def _say(self, line: str) -> None:
        time.sleep(self.box.slow)
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def a_mailbox() -> Iterator[Mailbox]:
    """The server runs for the length of the block."""
    box = Mailbox()
    talk = type("Talk", (_Talk,), {"box": box})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), talk) as server:
        box.url = f"smtp://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        server.daemon_threads = True
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
