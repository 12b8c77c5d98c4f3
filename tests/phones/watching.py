"""Phones that watch: messages that wait, and whether another phone is busy."""

from phone import Ami, HOST, SIP_PORT, Phone, check, main, step, wait_until

MORE = ("mwi", "presence")


def says(phone, *words):
    """Waits until a phone has printed all of these words in one line."""

    def look():
        lines = phone.said().splitlines()
        return any(all(word in line for word in words) for line in lines)

    wait_until(look, f"{phone.name} says {words}:\n{phone.said()}")


def watches(ami, extension):
    """Waits until somebody is told how an extension stands."""

    def look():
        start = len(ami.packets)
        ami.ask("PJSIPShowSubscriptionsInbound")
        ami.ask("Ping")
        shown = ami.packets[start:]
        return any(extension in packet.get("Extension", "") for packet in shown)

    wait_until(look, f"{extension} is watched")


def test():
    ami = Ami()
    book = f'"Two" <sip:ulaw2@{HOST}:{SIP_PORT}>;presence=p2p\n'
    with (
        Phone("alaw1", "pcma", account="mwi=yes;", more=MORE, contacts=book) as one,
        Phone("ulaw2", "pcmu") as two,
    ):
        one.registered()
        two.registered()
        says(one, "Messages-Waiting: no")
        step("who subscribes to its messages learns that none wait")
        updated = ami.ask("MWIUpdate", Mailbox="201@phones", NewMessages=2, OldMessages=1)
        check(updated["Response"] == "Success", str(updated))
        ami.event("MessageWaiting", Mailbox="201@phones", Waiting="1", New="2", Old="1")
        says(one, "Voice-Message: 2/1")
        step("a message is told to AMI and to the phone")
        ami.ask("PJSIPShowSubscriptionsInbound")
        shown = ami.event("InboundSubscriptionDetail", SubscriptionType="mwi")
        check(shown["Mailboxes"] == "201@phones", str(shown))
        step("its subscription is shown")
        count = ami.ask("MailboxCount", Mailbox="201@phones")
        check((count["NewMessages"], count["OldMessages"]) == ("2", "1"), str(count))
        watches(ami, "ulaw2")
        two.dial("talk")
        two.event("CALL_ESTABLISHED")
        says(one, "ulaw2", "Busy")
        two.hang_up()
        step("a phone is told whether another one is busy")
        ami.quiet()


main(test)
