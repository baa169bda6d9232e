"""A Plenary of its own: the real program as a child process, on a data folder that goes with it."""

import json
import os
import re
import signal
import subprocess
import tempfile
import threading
import time
import urllib.request


def new_key():
    """A UUIDv7 (RFC 9562, section 5.7)."""
    value = int(time.time() * 1000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(3 << 62) | 2 << 62
    digits = f"{value:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


class Instance:
    SETTINGS = ("limits.operations_per_second=0", "limits.messages_per_second=0", "limits.joins_per_minute=0",
                "storage.minimum_free_mb=0", "storage.check_at_start=true", "sync.resume_records=10000",
                "log.level=warning")

    def __init__(self, program):
        self.program = program
        self.folder = tempfile.TemporaryDirectory(prefix="plenary-durability-")
        self.data = os.path.join(self.folder.name, "data")
        self.process = None
        self.setup_token = None
        self._changed = threading.Condition()
        self._run = 0
        self._port = None
        self._over = False

    def start(self):
        command = [self.program, "serve", "--data", self.data, "--listen", "127.0.0.1:0"]
        for setting in self.SETTINGS:
            command += ["--set", setting]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        listens = re.search(r":(\d+)$", self.process.stdout.readline().strip())
        assert listens, f"it did not start: {self.process.wait()}"
        if self.setup_token is None:
            self.process.stdout.readline()
            self.setup_token = self.process.stdout.readline().split("#")[1].strip()
        with self._changed:
            self._port = int(listens[1])
            self._run += 1
            self._changed.notify_all()

    def kill(self):
        self.process.kill()
        assert self.process.wait() == -signal.SIGKILL, "it had ended before"
        self.process.stdout.close()

    def stop(self):
        self.process.terminate()
        assert self.process.wait() == 0, "a drained stop is exit code 0"
        self.process.stdout.close()

    def administer(self, *words):
        subprocess.run([self.program, *words, "--data", self.data], check=True, stdout=subprocess.DEVNULL)

    def run_after(self, run):
        """(run, port) of one that began after `run`; waits for it. Nothing when there will be no other."""
        with self._changed:
            self._changed.wait_for(lambda: self._run > run or self._over)
            return (self._run, self._port) if self._run > run else None

    def let_go(self):
        """There will be no other run: who waits for one stops waiting."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def operate(self, operation, args, token=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self._port}/api/v1/ops/{operation}",
                                         json.dumps(args).encode(), {"Idempotency-Key": new_key()})
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        with urllib.request.urlopen(request) as reply:
            return json.load(reply)["ok"]

    def live_webinar(self):
        admin = self.operate("session.redeem", {"token": self.setup_token, "name": "Noor"})["token"]
        webinar = self.operate("webinar.create", {"title": {"en": "Durable", "fr": "Durable"}, "visibility": "public"},
                               admin)["webinar"]
        self.operate("webinar.open", {"webinar": webinar}, admin)
        return webinar

    def whole_channel(self, channel):
        """What a newcomer reads: every record, tombstones left out."""
        answer = self.operate("subscribe", {"channel": channel})
        records = answer["records"]
        more = answer["more"]
        while more:
            first = min(record["pos"] for record in records if "pos" in record)
            page = self.operate("history", {"channel": channel, "before": first, "limit": 100})
            records += page["records"]
            more = page["more"]
        return {(record["type"], record["id"]): record for record in records if "gone" not in record}
