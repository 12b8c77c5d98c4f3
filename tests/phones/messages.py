"""Texts outside of calls: from a phone to the dialplan, from the dialplan and from AMI to a phone."""

from phone import Ami, Phone, check, main, step, wait_until


def test():
    ami = Ami()
    with Phone("ulaw1", contact="ulaw2") as alice, Phone("ulaw2", contact="nobody") as bob:
        alice.registered()
        bob.registered()
        alice.text("how are you?")
        texted = ami.event("UserEvent", UserEvent="Texted")
        check(texted["Body"] == "how are you?", f"the dialplan has {texted}")
        check("ulaw1" in texted["From"], f"from whom: {texted}")
        check(texted["Status"] == "SUCCESS", f"MessageSend: {texted}")
        check("Channel" not in texted, f"nobody sees the channel: {texted}")
        wait_until(lambda: "how are you?" in bob.said(), "the other phone shows the text")
        step("a phone's text goes through the dialplan to another phone")

        bob.text("hello?")
        wait_until(lambda: "404 Not Found" in bob.said(), "a text to nobody is refused")
        step("a text to nobody is refused")

        answer = ami.ask("MessageSend", Destination="pjsip:ulaw1", From="sip:desk@127.0.0.1", Body="call me")
        check(answer["Response"] == "Success", f"MessageSend: {answer}")
        wait_until(lambda: "call me" in alice.said(), "the phone shows the text")
        step("a text of AMI's reaches a phone")
        check(not ami.channels(), "no channel is left")
    ami.quiet()


main(test)
