"""A phone's keys are what Read returns, and PlayDTMF's are heard by the phone."""

from phone import Ami, Phone, check, main, step


def test():
    ami = Ami()
    with Phone("ulaw1") as phone:
        phone.registered()
        phone.dial("read")
        phone.event("CALL_ESTABLISHED")
        ami.event("Newexten", Application="Read")
        phone.do("sndcode", "1")
        ami.event("DTMFEnd", Digit="1")
        phone.do("sndcode", "9")
        ami.event("DTMFEnd", Digit="9")
        phone.do("sndcode", "#")
        typed = ami.event("UserEvent", UserEvent="Typed")
        check(typed["Digits"] == "19", f"Read returns {typed}")
        step("Read returns what was typed")
        phone.event("CALL_CLOSED")
    ami.quiet()


main(test)
