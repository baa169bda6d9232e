"""Clients post as fast as they are acknowledged while the server is killed at random moments, restarted and resumed.
Every acknowledged message is there exactly once, places have no gap, and each client holds what a newcomer reads.

    killed_test.py PROGRAM [SEED]
"""

import random
import sys

from client import Client, Tally, finish
from instance import Instance

ROUNDS = 50
CLIENTS = 6
MOST_EVENTS_OF_A_RUN = 400


def require(holds, words):
    if not holds:
        sys.exit(f"killed_test: {words}")


def kill_and_restart(instance, chance, happened, clients):
    for _ in range(ROUNDS):
        happened.wait_for_more(chance.randint(0, MOST_EVENTS_OF_A_RUN))
        instance.kill()
        for client in clients:
            client.check()
        instance.start()


def check(clients, newest):
    messages = [record for record in newest.values() if record["type"] == "message"]
    places = sorted(record["pos"] for record in messages)
    require(places == list(range(1, len(places) + 1)), f"places have gaps: {places}")
    found = {}
    for record in messages:
        found.setdefault(record["text"], []).append(record["id"])
    for client in clients:
        require(len(client.acknowledged) == client.posted, f"{client.name} has not got everything acknowledged")
        require(client.resumes > 0 and client.snapshots == 1, f"{client.name} was given {client.snapshots} snapshots")
        for text, message in client.acknowledged.items():
            require(found.get(text) == [message], f"“{text}” was acknowledged as {message} and is there as {found.get(text)}")
        require(client.view() == newest, f"{client.name} holds another channel than a newcomer reads")


def main():
    program = sys.argv[1]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    chance = random.Random(seed)
    instance = Instance(program)
    instance.start()
    webinar = instance.live_webinar()
    happened = Tally()
    clients = [Client(instance, webinar, f"client-{i}", seed * 100 + i, happened) for i in range(CLIENTS)]
    for client in clients:
        client.start()
    try:
        kill_and_restart(instance, chance, happened, clients)
        finish(instance, clients)
        newest = instance.whole_channel(f"webinar/{webinar}")
        for client in clients:
            client.look_once_more()
        instance.stop()
    except BaseException:
        instance.process.kill()
        raise
    finally:
        instance.let_go()
    check(clients, newest)
    acknowledged = sum(len(client.acknowledged) for client in clients)
    resumes = sum(client.resumes for client in clients)
    print(f"seed {seed}: {ROUNDS} kills, {acknowledged} messages acknowledged and there once, {resumes} resumes")


main()
