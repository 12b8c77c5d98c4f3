"""Calls that are cut, half-answered, never acknowledged, or sent to phones that are dead; then silence. Whatever
was done to it, the switch ends with no channel, dialog, transaction, port or timer left, and with its memory back.

SOAK_SECONDS says how long (60)."""

import os
import re
import subprocess
import tempfile
import time

from phone import HOST, SIP_PORT, Ami, Failed, check, main, step

SECONDS = float(os.environ.get("SOAK_SECONDS", "60"))
HERE = os.path.dirname(os.path.abspath(__file__))
# As long as RFC 3261 lets a transaction live (64 times T1), twice, and some.
FORGOTTEN = 90

# Scenario, the extension that it calls, the address that it calls from; a trunk's, so nobody asks for a secret.
CALLERS = [
    ("cut.xml", "talk", 40),
    ("cancelled.xml", "ring", 20),
    ("vanishing.xml", "short", 10),
    ("unacknowledged.xml", "short", 10),
]


def sipp(*arguments):
    return subprocess.Popen(
        ["sipp", "-nostdin", *map(str, arguments)],
        cwd=tempfile.gettempdir(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def counters(ami):
    """What `pjsip show counters` says, by name."""
    answer = ami.ask("Command", Command="pjsip show counters")
    check(answer["Response"] == "Success", str(answer))
    return {
        name.strip(): int(number)
        for name, number in re.findall(r"^Output: ([a-z ]+?) +(\d+)\r?$", ami.last_text(), re.M)
    }


def resident(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1))


def test():
    ami = Ami(events="off")
    before = counters(ami)
    pid = int(os.environ["SWITCH_PID"])
    memory = resident(pid)
    running = [
        sipp(
            f"{HOST}:{SIP_PORT}", "-sf", os.path.join(HERE, "soak", file), "-s", extension,
            "-i", "127.0.0.9", "-r", rate, "-l", 2000, "-m", 10_000_000, "-timeout", f"{SECONDS:.0f}s",
            "-recv_timeout", 5000, "-nr" if file == "unacknowledged.xml" else "-nd",
        )
        for file, extension, rate in CALLERS
    ]  # fmt: skip
    # A phone that rings for ever, and one that is not there at all.
    ringing = sipp(
        "-sf", os.path.join(HERE, "soak", "ringing.xml"), "-i", "127.0.0.9", "-p", os.environ["PEER_PORT"],
        "-timeout", f"{SECONDS + 30:.0f}s",
    )  # fmt: skip
    until = time.monotonic() + SECONDS
    made = 0
    most = {}
    while time.monotonic() < until:
        for channel in ("PJSIP/1@trunk", "PJSIP/1@dead"):
            ami.ask("Originate", Channel=channel, Application="Wait", Data="1", Timeout=2000, Async="true")
            made += 1
        for name, number in counters(ami).items():
            most[name] = max(most.get(name, 0), number)
        time.sleep(0.1)
    for process in [*running, ringing]:
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    step(f"{SECONDS:.0f} s of calls that end badly; at most {most}")
    check(most.get("calls", 0) > 50, f"there were calls at all: {most}")

    until = time.monotonic() + FORGOTTEN
    while True:
        left = {name: number for name, number in counters(ami).items() if number > before[name]}
        if not left and not ami.channels():
            break
        if time.monotonic() > until:
            raise Failed(f"left after {FORGOTTEN} s: {left}, channels {ami.channels()[:5]}")
        time.sleep(0.5)
    step(f"nothing is left; memory {memory} kB before, {resident(pid)} kB after")


main(test)
