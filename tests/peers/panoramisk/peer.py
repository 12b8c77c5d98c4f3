"""panoramisk: one asyncio connection, futures for replies, patterns for events."""

import asyncio
import os

from panoramisk import Manager

CALL = "panoramisk-call"
PATIENCE = 20


async def within(awaitable, what):
    """Waits for something, but not for ever."""
    try:
        return await asyncio.wait_for(awaitable, PATIENCE)
    except asyncio.TimeoutError:
        raise SystemExit(f"panoramisk: no {what} within {PATIENCE} s")


def check(holds, what, seen):
    if not holds:
        raise SystemExit(f"panoramisk: {what}, but got {seen!r}")
    print(f"panoramisk: {what}")


async def main():
    manager = Manager(
        host=os.environ["AMI_HOST"],
        port=int(os.environ["AMI_PORT"]),
        username=os.environ["AMI_USER"],
        secret=os.environ["AMI_SECRET"],
        loop=asyncio.get_running_loop(),
    )
    booted = asyncio.get_running_loop().create_future()
    events = asyncio.Queue()
    manager.register_event("FullyBooted", lambda _, event: booted.done() or booted.set_result(event))
    manager.register_event("*", lambda _, event: events.put_nowait(event))

    async def event_of_call(name):
        while True:
            event = await within(events.get(), f"{name} of the call")
            if event.event == name and event.uniqueid == CALL:
                return event

    await within(manager.connect(), "connection")
    check((await within(booted, "FullyBooted")).status == "Fully Booted", "logged in, fully booted", booted)
    check(manager.authenticated, "authenticated", manager.authenticated)

    pong = await within(manager.send_action({"Action": "Ping"}), "Pong")
    check(pong.ping == "Pong", "Ping is answered with Pong", pong)

    await within(manager.send_action({"Action": "Setvar", "Variable": "GREETING", "Value": "grüß dich"}), "Setvar")
    variable = await within(manager.send_action({"Action": "Getvar", "Variable": "GREETING"}), "Getvar")
    check(variable.value == "grüß dich", "a variable comes back as it was set", variable)

    answers = await within(
        manager.send_action(
            {
                "Action": "Originate",
                "Channel": "Local/answer@peers",
                "ChannelId": CALL,
                "Context": "peers",
                "Exten": "talk",
                "Priority": "1",
                "CallerID": "Panoramisk <4711>",
                "Variable": ["PEER=panoramisk", "OTHER=1"],
                "Async": "true",
            }
        ),
        "OriginateResponse",
    )
    check([a.response for a in answers] == ["Success", "Success"], "the call is queued, then answered", answers)
    check(answers[-1].event == "OriginateResponse", "the second answer is OriginateResponse", answers)
    check(answers[-1].uniqueid == CALL, "it names the call", answers)

    new = await event_of_call("Newchannel")
    check(new.channel.startswith("Local/answer@peers-"), "Newchannel", new)

    channels = await within(manager.send_action({"Action": "CoreShowChannels"}), "CoreShowChannelsComplete")
    check(new.channel in [c.channel for c in channels[1:-1]], "the call is in the list of channels", channels)
    check(int(channels[-1].listitems) == len(channels) - 2, "the list says how long it is", channels)

    command = await within(manager.send_command("core show channels"), "output of a command")
    check(any("Local/answer@peers" in line for line in command.output), "a console command shows it too", command)

    await within(manager.send_action({"Action": "Hangup", "Channel": new.channel, "Cause": "16"}), "Hangup")
    hangup = await event_of_call("Hangup")
    check(hangup.cause == "16", "the call is hung up with cause 16", hangup)

    goodbye = await within(manager.send_action({"Action": "Logoff"}, as_list=False), "Goodbye")
    check(goodbye.response == "Goodbye", "logged off", goodbye)
    manager.close()


asyncio.run(main())
