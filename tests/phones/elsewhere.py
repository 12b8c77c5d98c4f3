"""Calls that go elsewhere: a phone's 302, who is said to have sent the call on, and REFER with its outcome."""

import os
import subprocess
import tempfile

from phone import PATIENCE, Ami, check, main, step

HERE = os.path.dirname(os.path.abspath(__file__))
TRUNK = "127.0.0.9"
DESK = "127.0.0.8"


def sipp(address, scenario):
    """A sipp that plays a scenario once."""
    return subprocess.Popen(
        ["sipp", "-i", address, "-p", os.environ["PEER_PORT"], "-nostdin", "-m", "1"]
        + ["-sf", os.path.join(HERE, "calls", scenario)],
        cwd=tempfile.gettempdir(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def ends_well(process, what):
    try:
        out, _ = process.communicate(timeout=PATIENCE * 4)
    except subprocess.TimeoutExpired:
        process.kill()
        out, _ = process.communicate()
    check(process.returncode == 0, f"{what}: status {process.returncode}\n{out.decode()[-3000:]}")


def test():
    ami = Ami()
    away, desk = sipp(TRUNK, "away.xml"), sipp(DESK, "diverted.xml")
    ami.ask("Originate", Channel="Local/away@phones/n", Application="Wait", Data="0.5", Async="true")
    sent_on = ami.event("DialEnd", DialStatus="CANCEL")
    check(sent_on.get("Forward") == "desk", f"{sent_on}")
    ami.event("DialBegin", DialString="desk@phones")
    ami.event("OriginateResponse", Response="Success")
    ends_well(away, "the phone that sends calls on")
    ends_well(desk, "the phone that they are sent to")
    step("a 302 is followed through the dialplan, and Diversion tells who sent the call on")
    ami.quiet()

    phone = sipp(TRUNK, "referred.xml")
    ami.ask(
        "Originate", Channel="PJSIP/1@trunk", Context="phones", Exten="refer", Priority="1", Async="true"
    )
    told = ami.event("UserEvent", UserEvent="Referred")
    check((told["Status"], told["Protocol"]) == ("FAILURE", "486"), f"{told}")
    ends_well(phone, "the phone that is referred")
    step("Transfer asks by REFER and learns what became of it")
    ami.quiet()


main(test)
