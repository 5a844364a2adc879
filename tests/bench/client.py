"""Many browsers in one thread: keep-alive connections that send requests prepared as bytes.

Parsing is as little as these answers need, so that the client is never what is measured.
"""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

CLIENTS = 32
END_OF_HEAD = b"\r\n\r\n"


@dataclass(slots=True)
class Tally:
    """What came back: answers by status, the time of each in seconds, bytes of the last."""

    statuses: Counter[int] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    last: bytes = b""

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds


def get(path: str, cookie: str = "", headers: str = "") -> bytes:
    """A GET as it goes over the wire."""
    return f"GET {path} HTTP/1.1\r\n{_common(cookie)}{headers}\r\n".encode()


def post(path: str, fields: list[tuple[str, str]], cookie: str = "") -> bytes:
    """A POST of a form as it goes over the wire."""
    body = urlencode(fields)
    kind = "Content-Type: application/x-www-form-urlencoded\r\n"
    head = f"{_common(cookie)}{kind}Content-Length: {len(body)}\r\n"
    return f"POST {path} HTTP/1.1\r\n{head}\r\n{body}".encode()


def _common(cookie: str) -> str:
    sent = f"Cookie: ylyx={cookie}\r\n" if cookie else ""
    return f"Host: 127.0.0.1\r\nAccept-Language: zh-CN\r\n{sent}"


def run(
    port: int,
    requests: Iterable[bytes],
    *,
    clients: int = CLIENTS,
    seconds: float | None = None,
) -> Tally:
    """Let the clients send, each waiting for its answer, until time or requests are over."""
    return asyncio.run(_run(port, iter(requests), clients, seconds))


async def _run(port: int, requests: Iterator[bytes], clients: int, seconds: float | None) -> Tally:
    tally, loop = Tally(), asyncio.get_running_loop()
    begun = time.perf_counter()
    until = begun + seconds if seconds else float("inf")
    browsers = [_Browser(requests, tally, until) for _ in range(clients)]
    for one in browsers:
        await loop.create_connection(lambda one=one: one, "127.0.0.1", port)
    await asyncio.gather(*(one.done for one in browsers))
    tally.seconds = time.perf_counter() - begun
    return tally


class _Browser(asyncio.Protocol):
    """One connection: sends, waits for the whole answer, sends the next."""

    def __init__(self, requests: Iterator[bytes], tally: Tally, until: float) -> None:
        self.requests, self.tally, self.until = requests, tally, until
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.buffer, self.wanted, self.sent = bytearray(), 0, 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._send()

    def _send(self) -> None:
        request = next(self.requests, None) if time.perf_counter() < self.until else None
        if request is None:
            self.transport.close()
            return
        self.sent = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.wanted and END_OF_HEAD in self.buffer:
            self.wanted = _length(self.buffer)
        if self.wanted and len(self.buffer) >= self.wanted:
            self._note()
            self._send()

    def _note(self) -> None:
        self.tally.times.append(time.perf_counter() - self.sent)
        self.tally.statuses[int(self.buffer[9:12])] += 1
        self.tally.last = bytes(self.buffer)
        self.buffer.clear()
        self.wanted = 0

    def connection_lost(self, error: Exception | None) -> None:
        if self.buffer or error:
            self.tally.statuses[0] += 1  # cut off in the middle of an answer
        with contextlib.suppress(asyncio.InvalidStateError):
            self.done.set_result(None)


def _length(answer: bytearray) -> int:
    head = bytes(answer[: answer.index(END_OF_HEAD)]).lower()
    begin = head.find(b"content-length:")
    body = int(head[begin + 15 :].split(b"\r\n", 1)[0]) if begin >= 0 else 0
    return len(head) + len(END_OF_HEAD) + body
