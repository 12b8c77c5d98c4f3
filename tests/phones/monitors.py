"""What two phones say goes into the files of MixMonitor: both tones in one, each alone in the others."""

import os
import struct
import tempfile

from phone import Ami, Phone, check, is_tone, level, main, step, wait_until


def sound(path):
    """The newest second in a file: samples and their rate, once there are two seconds."""
    try:
        with open(path, "rb") as file:
            head = file.read(44)
            data = file.read()
    except FileNotFoundError:
        return None
    if len(head) < 44:
        return None
    (rate,) = struct.unpack_from("<I", head, 24)
    count = len(data) // 2
    samples = struct.unpack(f"<{count}h", data[: count * 2])
    return (samples[-rate:], rate) if count >= rate * 2 else None


def has_both(path):
    """Whether the newest second has the tones of both phones, and hardly anything else."""
    found = sound(path)
    if not found:
        return False
    samples, rate = found
    power = sum(sample * sample for sample in samples) / len(samples)
    tones = [level(samples, rate, hertz) ** 2 / 2 for hertz in (440, 1000)]
    return power > 1000 and min(tones) > 0.2 * power and sum(tones) > 0.9 * power


def record(ami, channel, folder, what):
    both, says, hears = (os.path.join(folder, f"{what}-{name}.wav") for name in ("both", "says", "hears"))
    answer = ami.ask("MixMonitor", Channel=channel, File=both, Options=f"r({says})t({hears})")
    check(answer["Response"] == "Success", f"MixMonitor: {answer}")
    ami.event("MixMonitorStart", Channel=channel)
    return both, says, hears


def test():
    ami = Ami()
    with (
        tempfile.TemporaryDirectory() as folder,
        Phone("ulaw1", hertz=440) as caller,
        Phone("ulaw2", hertz=1000, account="answermode=auto") as called,
    ):
        caller.registered()
        called.registered()
        caller.dial("ulaw2")
        caller.event("CALL_ESTABLISHED")
        called.event("CALL_ESTABLISHED")
        channel = next(name for name in ami.channels() if "ulaw1" in name)
        both, says, hears = record(ami, channel, folder, "phone")
        wait_until(lambda: has_both(both), "both phones are in the file")
        wait_until(lambda: (found := sound(says)) and is_tone(found, 440), "the caller alone")
        wait_until(lambda: (found := sound(hears)) and is_tone(found, 1000), "the called alone")
        step("a call of two phones is recorded, both sides and each alone")

        ami.ask("MixMonitorMute", Channel=channel, Direction="read", State="1")
        ami.event("MixMonitorMute", Direction="read", State="1")
        wait_until(lambda: is_tone(sound(both), 1000), "only the called one is in the file")
        step("a side that is muted is not in the file any more")

        ami.ask("StopMixMonitor", Channel=channel)
        ami.event("MixMonitorStop")
        caller.hang_up()
        called.event("CALL_CLOSED")
        ami.quiet()

        ami.ask(
            "Originate",
            Channel="Local/ulaw2@phones/n",
            Context="phones",
            Exten="ulaw1",
            Priority="1",
            Async="true",
        )
        caller.event("CALL_INCOMING")
        caller.do("accept")
        caller.event("CALL_ESTABLISHED")
        channel = next(name for name in ami.channels() if name.startswith("Local/") and name.endswith(";1"))
        both, _, _ = record(ami, channel, folder, "local")
        wait_until(lambda: has_both(both), "both phones are in the file of the Local channel")
        step("a Local channel between two phones is recorded, both sides")
        caller.hang_up()
        called.event("CALL_CLOSED")
    ami.quiet()


main(test)
