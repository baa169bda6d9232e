"""A WebSocket client (RFC 6455) of one thread: text frames out, text frames in, no extension."""

import base64
import os
import socket
import struct

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
PATIENCE_SECONDS = 60


class Closed(Exception):
    """The connection is gone, with or without a word."""


class WebSocket:
    def __init__(self, port, token):
        try:
            self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.stream = self.socket.makefile("rb")
            self._upgrade(port, token)
        except (OSError, EOFError) as error:
            raise Closed(str(error)) from error

    def _upgrade(self, port, token):
        key = base64.b64encode(os.urandom(16)).decode()
        lines = ["GET /api/v1/socket HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: Upgrade", "Upgrade: websocket",
                 "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Protocol: plenary.v1",
                 f"Authorization: Bearer {token}", "", ""]
        self.socket.sendall("\r\n".join(lines).encode())
        status = self.stream.readline()
        if not status:
            raise EOFError("closed before the upgrade")
        if b" 101 " not in status:
            raise AssertionError(f"upgrade refused: {status!r}")
        while self.stream.readline().strip():
            pass

    def send(self, text):
        self._send(TEXT, text.encode())

    def _send(self, opcode, payload):
        size = len(payload)
        if size < 126:
            head = struct.pack("!BB", 0x80 | opcode, 0x80 | size)
        elif size < 65536:
            head = struct.pack("!BBH", 0x80 | opcode, 0x80 | 126, size)
        else:
            head = struct.pack("!BBQ", 0x80 | opcode, 0x80 | 127, size)
        try:
            # A mask of zeros: masking is for proxies, and here is none.
            self.socket.sendall(head + bytes(4) + payload)
        except OSError as error:
            raise Closed(str(error)) from error

    def receive(self):
        """The text of one message."""
        while True:
            opcode, payload = self._receive_frame()
            if opcode == TEXT:
                return payload.decode()
            if opcode == PING:
                self._send(PONG, payload)
            elif opcode == CLOSE:
                raise Closed(f"closed with {payload[:2].hex()}")

    def _receive_frame(self):
        first, second = self._exactly(2)
        assert first & 0xF0 == 0x80, "one frame a message, no extension"
        size = second & 0x7F
        if size == 126:
            size = struct.unpack("!H", self._exactly(2))[0]
        elif size == 127:
            size = struct.unpack("!Q", self._exactly(8))[0]
        return first & 0x0F, self._exactly(size)

    def _exactly(self, count):
        try:
            data = self.stream.read(count)
        except OSError as error:
            raise Closed(str(error)) from error
        if len(data) < count:
            raise Closed("cut")
        return data

    def close(self):
        self.stream.close()
        self.socket.close()
