#!/usr/bin/env python3
"""Connects two extensions, as a button in a web page does: python3 click_to_call.py 101@default 102@default

Plain sockets and the standard library, to show how little the manager interface asks of a client. It goes to
AMI_HOST (127.0.0.1) and AMI_PORT (5038) as AMI_USER (admin) with AMI_SECRET, prints what becomes of the call,
and hangs it up once both sides have answered.
"""

import os
import socket
import sys


class Manager:
    """A connection to the manager: packets of `Key: value` lines, each closed by an empty one."""

    def __init__(self, host, port):
        self.socket = socket.create_connection((host, port), timeout=30)
        self.lines = self.socket.makefile("r", encoding="utf-8", newline="\r\n")
        self.greeting = self.lines.readline().strip()

    def send(self, **headers):
        lines = [f"{key}: {value}\r\n" for key, value in headers.items()]
        self.socket.sendall("".join([*lines, "\r\n"]).encode())

    def read(self):
        """The next packet; a key that comes twice keeps its last value."""
        packet = {}
        while line := self.lines.readline():
            line = line.rstrip("\r\n")
            if not line:
                return packet
            key, _, value = line.partition(": ")
            packet[key] = value
        raise SystemExit("the switch closed the connection")

    def reply(self, **headers):
        """Sends an action and skips events until its reply."""
        self.send(**headers)
        while "Response" not in (packet := self.read()) or "Event" in packet:
            pass
        return packet


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    (first, first_context), (second, second_context) = (a.split("@") for a in sys.argv[1:])
    manager = Manager(os.environ.get("AMI_HOST", "127.0.0.1"), os.environ.get("AMI_PORT", "5038"))
    print(f"connected to {manager.greeting}")

    login = manager.reply(
        Action="Login", Username=os.environ.get("AMI_USER", "admin"), Secret=os.environ["AMI_SECRET"]
    )
    if login["Response"] != "Success":
        raise SystemExit(login["Message"])

    call = f"click-{os.getpid()}"
    queued = manager.reply(
        Action="Originate",
        Channel=f"Local/{first}@{first_context}",
        Context=second_context,
        Exten=second,
        Priority=1,
        CallerID="Click to call <100>",
        Timeout=30000,
        Async="true",
        ChannelId=call,
    )
    if queued["Response"] != "Success":
        raise SystemExit(queued["Message"])

    while True:
        event = manager.read()
        name = event.get("Event")
        if event.get("Uniqueid") != call:
            continue
        if name == "Newchannel":
            print(f"calling {event['Channel']}")
        elif name == "OriginateResponse" and event["Response"] != "Success":
            raise SystemExit(f"nobody answered, reason {event['Reason']}")
        elif name == "OriginateResponse":
            print(f"answered, connected to {second}@{second_context}")
            manager.send(Action="Hangup", Channel=event["Channel"])
        elif name == "Hangup":
            print(f"hung up: {event['Cause-txt']}")
            break
    manager.send(Action="Logoff")


if __name__ == "__main__":
    main()
