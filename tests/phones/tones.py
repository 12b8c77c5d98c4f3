"""Every codec to every codec: the tone of one phone is the tone that the other one hears, both ways."""

from phone import Ami, Phone, main, step

CODECS = {"ulaw": "pcmu", "alaw": "pcma", "g722": "g722", "opus": "opus"}


def test():
    ami = Ami(events="off")
    callers = {name: Phone(f"{name}1", codec, 440) for name, codec in CODECS.items()}
    called = {
        name: Phone(f"{name}2", codec, 1000, account="answermode=auto") for name, codec in CODECS.items()
    }
    phones = [*callers.values(), *called.values()]
    try:
        for phone in phones:
            phone.registered()
        names = list(CODECS)
        for shift in range(len(names)):
            pairs = [(names[at], names[(at + shift) % len(names)]) for at in range(len(names))]
            for ours, theirs in pairs:
                callers[ours].dial(f"{theirs}2")
            for ours, theirs in pairs:
                callers[ours].event("CALL_ESTABLISHED")
                called[theirs].event("CALL_ESTABLISHED")
            for ours, theirs in pairs:
                callers[ours].hears(1000)
                called[theirs].hears(440)
                step(f"{ours} and {theirs} hear each other")
            for ours, _ in pairs:
                callers[ours].hang_up()
            for _, theirs in pairs:
                called[theirs].event("CALL_CLOSED")
            ami.quiet()
    finally:
        for phone in phones:
            phone.close()


main(test)
