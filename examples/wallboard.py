#!/usr/bin/env python3
"""Watches the calls of a switch and prints a line whenever their number changes: python3 wallboard.py

It starts from the list of channels, keeps it up to date from Newchannel and Hangup events, and so never has
to ask again. With --once it makes a call of its own, sees it come and go, and ends. It goes to AMI_HOST
(127.0.0.1) and AMI_PORT (5038) as AMI_USER (admin) with AMI_SECRET.
"""

import os
import sys

from click_to_call import Manager


def show(channels, why):
    print(f"{len(channels)} channels: {why}", flush=True)


def main():
    once = "--once" in sys.argv[1:]
    manager = Manager(os.environ.get("AMI_HOST", "127.0.0.1"), os.environ.get("AMI_PORT", "5038"))
    login = manager.reply(
        Action="Login",
        Username=os.environ.get("AMI_USER", "admin"),
        Secret=os.environ["AMI_SECRET"],
        # Of all there is to see, the calls.
        Events="call",
    )
    if login["Response"] != "Success":
        raise SystemExit(login["Message"])

    channels = {}
    # Events and the list come over one connection in the order in which things happened, so none is missed
    # between the two.
    manager.send(Action="CoreShowChannels", ActionID="list")
    while (packet := manager.read()).get("Event") != "CoreShowChannelsComplete":
        if packet.get("Event") in ("CoreShowChannel", "Newchannel"):
            channels[packet["Uniqueid"]] = packet["Channel"]
        elif packet.get("Event") == "Hangup":
            channels.pop(packet["Uniqueid"], None)
    show(channels, "at the start")

    call = f"wallboard-{os.getpid()}"
    if once:
        manager.send(
            Action="Originate", Channel="Local/answer@peers", Application="Wait", Data="600", Async="true",
            ChannelId=call,
        )
    while True:
        event = manager.read()
        if event.get("Event") == "Newchannel":
            channels[event["Uniqueid"]] = event["Channel"]
            show(channels, f"{event['Channel']} came")
        elif event.get("Event") == "Hangup":
            channels.pop(event["Uniqueid"], None)
            show(channels, f"{event['Channel']} went: {event['Cause-txt']}")
            if event["Uniqueid"] == call:
                return
        elif event.get("Event") == "OriginateResponse" and event["Uniqueid"] == call:
            manager.send(Action="Hangup", Channel=event["Channel"])


if __name__ == "__main__":
    main()
