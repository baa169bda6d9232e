"""Bad input of every kind, again and again: memory does not grow, nothing is written, and who behaves is served meanwhile.

    bad_input_test.py PROGRAM
"""

import json
import sys

from instance import Instance, new_key
from websocket import Closed, WebSocket

ROUNDS_BEFORE = 150
ROUNDS = 600
# What the allocator keeps for itself, with room to spare; a byte kept of each bad frame would be many times that.
MOST_GROWTH_BYTES = 16 << 20


def require(holds, words):
    if not holds:
        sys.exit(f"bad_input_test: {words}")


def answered(webinar):
    """Each is one frame that gets one reply, an error, on a connection that lives."""
    long = "x" * 50_000
    return [
        "{",
        "[" * 20_000,
        '{"id":1,"op":"hello","args":{"client":' + "[" * 100 + "]" * 100 + "}}",
        '{"id":1,"op":"message.explode","args":{}}',
        json.dumps({"id": 1, "op": "message.post", "key": new_key(), "args": {"webinar": webinar, "text": long}}),
        json.dumps({"id": 1, "op": "message.post", "key": new_key(), "args": {"webinar": webinar, "text": 7}}),
        json.dumps({"id": 1, "op": "message.post", "key": "x", "args": {"webinar": webinar, "text": "x"}}),
        json.dumps({"id": 1, "op": "message.post", "args": {"webinar": webinar, "text": "x"}}),
        json.dumps({"id": 1, "op": "question.vote", "key": new_key(), "args": {"question": 1 << 52, "on": True}}),
        json.dumps({"id": 1, "op": "subscribe", "args": {"channel": long}}),
        json.dumps({"id": 1, "op": "history", "args": {"channel": f"webinar/{webinar}", "before": -1}}),
        json.dumps({"id": 1, "op": "history", "args": {"channel": f"webinar/{webinar}", long: 1}}),
    ]


def one_round(port, token, webinar):
    socket = WebSocket(port, token)
    socket.send('{"id":0,"op":"hello","args":{}}')
    socket.receive()
    for frame in answered(webinar):
        socket.send(frame)
        reply = json.loads(socket.receive())
        require("error" in reply, f"{frame[:80]} was answered with {reply}")
    # The last one ends the connection: a frame over the limit, then one that is no text.
    try:
        socket.send("x" * 70_000)
        while True:
            socket.receive()
    except Closed:
        pass
    socket = WebSocket(port, token)
    try:
        socket._send(2, b"\x00" * 1000)
        while True:
            socket.receive()
    except Closed:
        pass


def resident_bytes(process):
    with open(f"/proc/{process.pid}/statm") as statm:
        return int(statm.read().split()[1]) * 4096


def main(program):
    instance = Instance(program)
    instance.start()
    webinar = instance.live_webinar()
    guest = instance.operate("session.guest", {"webinar": webinar, "name": "Amina"})["token"]
    _, port = instance.run_after(0)
    channel = f"webinar/{webinar}"
    instance.operate("message.post", {"webinar": webinar, "text": "before"}, guest)
    seen = instance.whole_channel(channel)
    for _ in range(ROUNDS_BEFORE):
        one_round(port, guest, webinar)
    before = resident_bytes(instance.process)
    for _ in range(ROUNDS):
        one_round(port, guest, webinar)
    growth = resident_bytes(instance.process) - before
    require(instance.whole_channel(channel) == seen, "bad input changed the conversation")
    instance.operate("message.post", {"webinar": webinar, "text": "after"}, guest)
    frames = ROUNDS * (len(answered(webinar)) + 2)
    print(f"{frames} bad frames: resident memory {before / 1e6:.1f} MB before, {growth / 1e6:+.1f} MB after")
    require(growth < MOST_GROWTH_BYTES, f"memory grew by {growth} bytes")
    instance.stop()


if __name__ == "__main__":
    main(sys.argv[1])
