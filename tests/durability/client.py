"""A client as the protocol asks for one: an outbox that keeps what is not acknowledged, and a view kept by rule P22."""

import json
import random
import threading

from instance import new_key
from websocket import Closed, WebSocket


class Tally:
    """Counts what clients do, for who waits until they have done so much."""

    def __init__(self):
        self._changed = threading.Condition()
        self._count = 0

    def add(self):
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def wait_for_more(self, more):
        with self._changed:
            until = self._count + more
            assert self._changed.wait_for(lambda: self._count >= until, 60), "the clients stand still"


class Client(threading.Thread):
    """Posts as fast as it is acknowledged until told to finish; ends when all of it is, and its view has reached `head`."""

    def __init__(self, instance, webinar, name, seed, happened):
        super().__init__(name=name, daemon=True)
        self.instance = instance
        self.webinar = webinar
        self.channel = f"webinar/{webinar}"
        self.happened = happened
        self.random = random.Random(seed)
        self.token = instance.operate("session.guest", {"webinar": webinar, "name": name})["token"]
        self.outbox = []        # (key, text), oldest first
        self.acknowledged = {}  # text → the message's id
        self.posted = 0
        self.posting = True
        self.head = None
        self.snapshots = 0
        self.resumes = 0
        self.records = {}
        self.at = None          # {epoch, c, since} of what is held
        self.failure = None

    def finish_posting(self):
        self.posting = False

    def run(self):
        run = 0
        try:
            while begun := self.instance.run_after(run):
                run, port = begun
                try:
                    self._connected(port)
                    return
                except Closed:
                    continue
        except BaseException as failure:  # told by check(): a thread's own failure would go unseen
            self.failure = failure
            self.happened.add()

    def check(self):
        if self.failure:
            raise self.failure

    def _connected(self, port):
        self.socket = WebSocket(port, self.token)
        self.last_id = 0
        self.waiting = {}
        try:
            self._hello()
            for key, text in self.outbox:
                self._send_post(key, text)
            while not self._is_done():
                while self.posting and len(self.outbox) < self.window:
                    self._post()
                self._take(self.socket.receive())
        finally:
            self.socket.close()

    def _is_done(self):
        return not self.posting and not self.outbox and self.head is not None and self.at["since"] >= self.head

    def _request(self, operation, args, key=None):
        self.last_id += 1
        self.socket.send(json.dumps({"id": self.last_id, "op": operation, "args": args} | ({"key": key} if key else {})))
        return self.last_id

    def _hello(self):
        self.window = self.random.randint(1, 5)
        asked = {"channel": self.channel} | (self.at or {})
        wanted = self._request("hello", {"subscriptions": [asked]})
        self.early = []
        answer = self._reply(wanted)["subscriptions"][0]
        assert "error" not in answer, answer
        self._apply_answer(answer)
        for frame in self.early:
            self._handle(frame)
        self.happened.add()

    def _reply(self, wanted):
        """The ok of one request; what comes before it waits in `early`."""
        reply = None
        while reply is None:
            for line in self.socket.receive().split("\n"):
                frame = json.loads(line)
                if frame.get("id") == wanted:
                    reply = frame
                else:
                    self.early.append(frame)
        assert "ok" in reply, reply
        return reply["ok"]

    def _apply_answer(self, answer):
        if answer["mode"] == "snapshot":
            self.snapshots += 1
            self.records = {}
        else:
            self.resumes += 1
        self._put(answer["records"])
        more = answer["more"]
        while more:
            first = min(record["pos"] for record in self.records.values() if "pos" in record)
            page = self._reply(self._request("history", {"channel": self.channel, "before": first, "limit": 100}))
            self._put(page["records"])
            more = page["more"]
        self.at = {"epoch": answer["epoch"], "c": answer["c"], "since": answer["rev"]}

    def _put(self, records):
        for record in records:
            key = record["type"], record["id"]
            if key not in self.records or self.records[key]["rev"] < record["rev"]:
                self.records[key] = record

    def _post(self):
        self.posted += 1
        key, text = new_key(), f"{self.name} {self.posted}"
        self.outbox.append((key, text))
        self._send_post(key, text)

    def _send_post(self, key, text):
        self.waiting[self._request("message.post", {"webinar": self.webinar, "text": text}, key)] = key, text
        self.happened.add()

    def _take(self, message):
        for line in message.split("\n"):
            self._handle(json.loads(line))

    def _handle(self, frame):
        if "put" in frame:
            self._apply_push(frame)
        elif "id" in frame:
            self._acknowledge(frame)
        else:
            assert "signal" in frame or "closing" in frame, frame

    def _apply_push(self, push):
        if push["rev"] <= self.at["since"]:
            return
        assert push["from"] <= self.at["since"], f"a gap before {push['from']}, at {self.at['since']}"
        self._put(push["put"])
        self.at |= {"c": push["c"], "since": push["rev"]}

    def _acknowledge(self, reply):
        intent = self.waiting.pop(reply["id"])
        if reply.get("error", {}).get("code") in ("stopping", "unavailable"):
            return
        assert "ok" in reply, reply
        key, text = intent
        assert text not in self.acknowledged
        self.acknowledged[text] = reply["ok"]["message"]
        self.outbox.remove(intent)
        self.happened.add()

    def look_once_more(self):
        """One catch-up read: whoever had reached the head may have gone before the push after it."""
        answer = self.instance.operate("subscribe", {"channel": self.channel} | self.at)
        assert answer["mode"] == "resume", "a client at the head of this run needs no snapshot"
        self._put(answer["records"])

    def view(self):
        return {key: record for key, record in self.records.items() if "gone" not in record}


def finish(instance, clients):
    """Ends when everybody has everything acknowledged and has reached the head."""
    webinar = clients[0].webinar
    for client in clients:
        client.finish_posting()
    marker = instance.operate("session.guest", {"webinar": webinar, "name": "Marker"})["token"]
    head = instance.operate("subscribe", {"channel": f"webinar/{webinar}", "page": "none"})["rev"]
    for client in clients:
        client.head = head
    # Its push wakes who waits for a frame, and by then knows the head.
    instance.operate("message.post", {"webinar": webinar, "text": "the last message"}, marker)
    for client in clients:
        client.join(60)
        client.check()
        assert not client.is_alive(), f"{client.name} does not come to its end"
