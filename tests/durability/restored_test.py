"""A backup made while clients post; they post more; the backup is put back; they post again. Every client ends with what
a newcomer reads, whatever it had seen of the time that is no more.

    restored_test.py PROGRAM [SEED]
"""

import os
import sys

from client import Client, Tally, finish
from instance import Instance

CLIENTS = 5
EVENTS_BETWEEN = 300


def require(holds, words):
    if not holds:
        sys.exit(f"restored_test: {words}")


def texts_of(records):
    return {record["text"] for (kind, _), record in records.items() if kind == "message"}


def backed_up_and_restored(instance, channel, happened):
    """What was posted between the two, and is no more."""
    archive = os.path.join(instance.folder.name, "backup.tar.zst")
    happened.wait_for_more(EVENTS_BETWEEN)
    instance.administer("backup", archive)
    happened.wait_for_more(EVENTS_BETWEEN)
    lost = texts_of(instance.whole_channel(channel))
    instance.kill()
    instance.administer("restore", archive, "--replace")
    instance.start()
    lost -= texts_of(instance.whole_channel(channel))
    happened.wait_for_more(EVENTS_BETWEEN)
    return lost


def check(clients, newest, lost):
    places = sorted(record["pos"] for record in newest.values() if record["type"] == "message")
    require(places == list(range(1, len(places) + 1)), f"places have gaps: {places}")
    messages = [record["text"] for record in newest.values() if record["type"] == "message"]
    require(len(messages) == len(set(messages)), "a message is there twice")
    # What was on its way when the server went is sent anew, and may be there again.
    require(any(text not in messages for text in lost), "the restore undid nothing: this proves nothing")
    for client in clients:
        require(client.view() == newest, f"{client.name} holds another channel than a newcomer reads")
        require(client.snapshots > 1, f"{client.name} saw the time that is no more and was not given a snapshot")


def main():
    program = sys.argv[1]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    instance = Instance(program)
    instance.start()
    webinar = instance.live_webinar()
    channel = f"webinar/{webinar}"
    happened = Tally()
    clients = [Client(instance, webinar, f"client-{i}", seed * 100 + i, happened) for i in range(CLIENTS)]
    for client in clients:
        client.start()
    try:
        lost = backed_up_and_restored(instance, channel, happened)
        finish(instance, clients)
        newest = instance.whole_channel(channel)
        for client in clients:
            client.look_once_more()
        instance.stop()
    except BaseException:
        instance.process.kill()
        raise
    finally:
        instance.let_go()
    check(clients, newest, lost)
    print(f"seed {seed}: {len(lost)} messages undone by the restore, {len(newest)} records that all agree on")


main()
