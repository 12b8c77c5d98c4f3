"""sipp's own client and server, as they are built in: thousands of people test with these."""

import os
import subprocess
import tempfile

from phone import HOST, PATIENCE, SIP_PORT, Ami, check, main, step

TRUNK = "127.0.0.9"


def sipp(*arguments):
    """Starts a sipp on the trunk's address, in a directory of its own."""
    return subprocess.Popen(
        ["sipp", "-i", TRUNK, "-nostdin", *map(str, arguments)],
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
    client = sipp("-sn", "uac", f"{HOST}:{SIP_PORT}", "-s", "service", "-m", 50, "-r", 25, "-l", 50)
    ends_well(client, "sipp's client calls fifty times")
    step("sipp's client makes fifty calls, none fails")
    ami.quiet()

    server = sipp("-sn", "uas", "-p", os.environ["PEER_PORT"], "-m", 10)
    for number in range(10):
        ami.ask(
            "Originate", Channel=f"PJSIP/{number}@trunk", Application="Wait", Data="0.2", Async="true"
        )
    for _ in range(10):
        ami.event("OriginateResponse", Response="Success")
    ends_well(server, "sipp's server is called ten times")
    step("sipp's server is called ten times, each is answered and ended")
    ami.quiet()


main(test)
