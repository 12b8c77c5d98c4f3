"""What the dialplan plays is what a phone hears: a tone, a spoken file, music, its own echo."""

from phone import Ami, Phone, check, level, main, step


def test():
    ami = Ami()
    with Phone("ulaw1", hertz=440) as phone:
        phone.registered()

        phone.dial("tone")
        phone.event("CALL_ESTABLISHED")
        phone.hears(1004)
        step("Milliwatt is heard")
        phone.hang_up()
        ami.quiet()

        phone.dial("echo")
        phone.event("CALL_ESTABLISHED")
        phone.hears(440)
        step("Echo is heard")
        phone.hang_up()
        ami.quiet()

        phone.dial("hello")
        phone.event("CALL_ESTABLISHED")
        played = ami.event("UserEvent", UserEvent="Played")
        check(played["Status"] == "SUCCESS", f"Playback: {played}")
        phone.event("CALL_CLOSED")
        said, rate = phone.heard(0.4)
        check(rate == 8000, f"a phone of 8 kHz hears at {rate}")
        check(max(map(abs, said)) > 500, "the file is heard")
        step("a file is heard")
        ami.quiet()

        phone.dial("music")
        phone.event("CALL_ESTABLISHED")
        ami.event("MusicOnHoldStart")
        samples, rate = phone.heard(2)
        power = sum(sample * sample for sample in samples) / len(samples)
        check(power > 1000, f"music is heard, not silence: {power}")
        check(level(samples, rate, 440) < 0.5 * power**0.5, "and not the phone's own voice")
        step("music on hold is heard")
        ami.ask("Hangup", Channel=ami.channels()[0])
        phone.event("CALL_CLOSED")
    ami.quiet()


main(test)
