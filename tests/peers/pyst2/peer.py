"""pyst2: threads and queues; replies are told apart by their order alone."""

import os
import queue

from asterisk.manager import Manager

CALL = "pyst2-call"
PATIENCE = 20


def check(holds, what, seen):
    if not holds:
        raise SystemExit(f"pyst2: {what}, but got {seen!r}")
    print(f"pyst2: {what}", flush=True)


def headers(message):
    return message.headers


events = queue.Queue()


def wait_for(name, **wanted):
    """The next event of that name whose headers are as wanted."""
    while True:
        try:
            event = headers(events.get(timeout=PATIENCE))
        except queue.Empty:
            raise SystemExit(f"pyst2: no {name} {wanted} within {PATIENCE} s")
        if event["Event"] == name and all(event.get(key) == value for key, value in wanted.items()):
            return event


manager = Manager()
manager.register_event("*", lambda event, _: events.put(event))
manager.connect(os.environ["AMI_HOST"], int(os.environ["AMI_PORT"]))
check(manager.title == "Asterisk Call Manager", "the greeting is recognised", manager.title)

reply = manager.login(os.environ["AMI_USER"], os.environ["AMI_SECRET"])
check(reply["Message"] == "Authentication accepted", "logged in", headers(reply))
wait_for("FullyBooted")

reply = manager.ping()
check(reply["Ping"] == "Pong", "Ping is answered with Pong", headers(reply))

manager.send_action({"Action": "Setvar", "Variable": "CITY", "Value": "København"})
reply = manager.send_action({"Action": "Getvar", "Variable": "CITY"})
check(reply["Value"] == "København", "a variable comes back as it was set", headers(reply))

reply = manager.send_action(
    {
        "Action": "Originate",
        "Channel": "Local/answer@peers",
        "ChannelId": CALL,
        "Context": "peers",
        "Exten": "talk",
        "Priority": "1",
        "CallerID": "Pyst <4712>",
        "Variable": ["PEER=pyst2", "OTHER=1"],
        "Async": "yes",
    }
)
check(reply["Message"] == "Originate successfully queued", "the call is queued", headers(reply))

new = wait_for("Newchannel", Uniqueid=CALL)
check(new["Channel"].startswith("Local/answer@peers-"), "Newchannel", new)
answer = wait_for("OriginateResponse", Uniqueid=CALL)
check(answer["Response"] == "Success", "the call is answered", answer)
talks = wait_for("UserEvent", UserEvent="PeerTalks")
check(talks["Peer"] == "pyst2", "its variable reached the dialplan", talks)

reply = manager.send_action({"Action": "CoreShowChannels"})
check(reply["EventList"] == "start", "the list of channels begins", headers(reply))
wait_for("CoreShowChannel", Channel=new["Channel"])
check(True, "the call is in it", None)
wait_for("CoreShowChannelsComplete", EventList="Complete")

reply = manager.command("core show channels concise")
check("Output" in headers(reply), "a console command has output", headers(reply))

reply = manager.hangup(new["Channel"])
check(reply["Response"] == "Success", "Hangup is accepted", headers(reply))
gone = wait_for("Hangup", Uniqueid=CALL)
check(gone["Cause"].isdigit(), "the call is hung up", gone)

reply = manager.logoff()
check(reply["Response"] == "Goodbye", "logged off", headers(reply))
# Its own close() would log off a second time on a connection that has ended.
os._exit(0)
