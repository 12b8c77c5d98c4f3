"""Keys in a call: one hangs up, another sends the other side elsewhere, and nobody hears either."""

from phone import Ami, Phone, check, main, step


def test():
    ami = Ami()
    with Phone("ulaw1") as caller, Phone("ulaw2", account="answermode=auto") as called:
        caller.registered()
        called.registered()

        def talk():
            caller.dial("keys")
            caller.event("CALL_ESTABLISHED")
            called.event("CALL_ESTABLISHED")

        def heard_digits(name):
            return [
                packet["Digit"]
                for packet in ami.packets
                if packet.get("Event") == "DTMFEnd"
                and packet["Direction"] == "Sent"
                and name in packet["Channel"]
            ]

        talk()
        caller.do("sndcode", "5")
        ami.event("DTMFEnd", Digit="5", Direction="Sent")
        caller.do("sndcode", "*")
        caller.event("CALL_CLOSED")
        called.event("CALL_CLOSED")
        check(heard_digits("ulaw2") == ["5"], f"the called one was sent {heard_digits('ulaw2')}")
        step("a digit reaches the other side, the key that hangs up does not")
        ami.quiet()

        talk()
        called.do("sndcode", "#")
        ami.event("MusicOnHoldStart")
        for key in "700":
            called.do("sndcode", key)
            ami.event("DTMFEnd", Digit=key, Direction="Received")
        transfer = ami.event("BlindTransfer")
        check(
            (transfer["Result"], transfer["IsExternal"], transfer["Extension"]) == ("Success", "No", "700"),
            f"BlindTransfer: {transfer}",
        )
        called.event("CALL_CLOSED")
        caller.hears(1004)
        check(heard_digits("ulaw1") == [], f"the caller was sent {heard_digits('ulaw1')}")
        step("the called one sends the caller elsewhere by keys")
        caller.hang_up()
    ami.quiet()


main(test)
