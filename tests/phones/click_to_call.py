"""A click in the CRM: one phone rings and is answered, it is connected with another, they talk, one is put on
hold and taken back, then sent elsewhere by the other one's key, and all ends."""

import os
import re
import shlex

from phone import Ami, Phone, check, main, step

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../docs/click-to-call.md")


def test():
    ami = Ami()
    with Phone("ulaw1", "pcmu", 440, account="answermode=auto") as agent, Phone(
        "ulaw2", "pcmu", 1000
    ) as customer:
        agent.registered()
        customer.registered()
        ami.event("ContactStatus", AOR="ulaw1", ContactStatus="NonQualified")
        answer = ami.ask(
            "Originate",
            Channel="PJSIP/ulaw1",
            Context="phones",
            Exten="ulaw2",
            Priority=1,
            CallerID="Shop <5551000>",
            Async="true",
            Variable="ORDER=77",
        )
        check(answer["Message"] == "Originate successfully queued", str(answer))
        first = ami.event("Newchannel")["Channel"]
        check(first.startswith("PJSIP/ulaw1-"), first)
        agent.event("CALL_ESTABLISHED")
        ami.event("OriginateResponse", Response="Success")
        step("the click rings the first phone, which is answered")

        customer.event("CALL_INCOMING")
        ami.event("DialState", DialStatus="RINGING")
        customer.do("accept")
        ami.event("DialEnd", DialStatus="ANSWER")
        customer.event("CALL_ESTABLISHED")
        entered = ami.event("BridgeEnter", BridgeNumChannels="2")
        step("the second phone rings and is answered: both are in one bridge")

        agent.hears(1000)
        customer.hears(440)
        step("both hear each other")

        agent.do("hold")
        ami.event("Hold", Channel=first)
        ami.event("MusicOnHoldStart")
        agent.do("resume")
        ami.event("Unhold", Channel=first)
        ami.event("MusicOnHoldStop")
        customer.hears(440)
        step("on hold and back")

        agent.do("transfer", "tone")
        moved = ami.event("BlindTransfer", Result="Success")
        check(moved["Extension"] == "tone", str(moved))
        agent.event("CALL_CLOSED")
        ami.event("BridgeLeave", BridgeUniqueid=entered["BridgeUniqueid"])
        ami.event("Newexten", Application="Milliwatt")
        customer.hears(1004)
        step("a transfer by the first phone's key sends the second one on")

        last = ami.channels()
        check(len(last) == 1, f"one channel is left: {last}")
        ami.ask("Hangup", Channel=last[0])
        customer.event("CALL_CLOSED")
        ami.event("Hangup", Channel=last[0])
        step("a hangup by AMI ends it at the phone")
    ami.quiet()
    replayed = documented(ami.packets)
    step(f"the {replayed} events of docs/click-to-call.md came in their order")


def documented(packets):
    """Looks for the lines of the page's blocks of events, one after the other; how many there are."""
    with open(PAGE, encoding="utf-8") as page:
        blocks = re.findall(r"^```events\n(.*?)^```$", page.read(), re.M | re.S)
    lines = "".join(blocks).splitlines()
    check(lines, f"{PAGE} has events")
    came = iter(packets)
    for line in lines:
        name, *fields = shlex.split(line)
        wanted = dict(field.split("=", 1) for field in fields)
        check(any(matches(packet, name, wanted) for packet in came), f"{PAGE}: nothing like {line!r} came")
    return len(lines)


def matches(packet, name, wanted):
    """Whether a packet is such an event; `…` in a value stands for what another run has otherwise."""
    return packet.get("Event") == name and all(
        re.fullmatch(re.escape(value).replace("…", ".*"), packet.get(key, ""))
        for key, value in wanted.items()
    )


main(test)
