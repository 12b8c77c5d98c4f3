"""A browser as a phone: registers over WebSocket, calls and is called, with ICE and DTLS-SRTP. And a desk
phone that looks for us by ICE."""

from browser import Browser
from phone import Ami, Phone, check, main, step, wait_until


def test():
    ami = Ami()
    searching(ami)
    stranger(ami)
    browsing(ami)


def searching(ami):
    """Debian's baresip has ICE."""
    options = {"account": "medianat=ice;answermode=auto", "settings": ["module ice.so", "rtcp_mux yes"]}
    with Phone("found1", "pcmu", 440, **options) as phone, Phone("ulaw1", "pcmu", 1000) as desk:
        phone.registered()
        desk.registered()
        phone.dial("tone")
        phone.event("CALL_ESTABLISHED")
        phone.hears(1004)
        check("mnat 'ice' connected" in phone.said(), f"it did not look:\n{phone.said()}")
        step("a phone that looks for us finds us, and hears Milliwatt")
        phone.hang_up()
        ami.quiet()
        desk.dial("found1")
        desk.event("CALL_ESTABLISHED")
        phone.hears(1000)
        desk.hears(440)
        step("it is looked for and found, and both hear each other")
        desk.hang_up()
        ami.quiet()


def stranger(ami):
    """The certificate of its DTLS-SRTP is of RSA, which we do not take: a call ends, and does not stay silent."""
    options = {
        "account": "mediaenc=dtls_srtp;answermode=auto",
        "settings": ["module dtls_srtp.so", "rtcp_mux yes"],
    }
    with Phone("rsa1", "pcmu", 440, **options) as phone:
        phone.registered()
        phone.dial("tone")
        phone.event("CALL_ESTABLISHED")
        ami.event("Hangup", Cause="58")
        phone.event("CALL_CLOSED")
        step("a phone whose certificate is not taken is hung up")
        ami.quiet()


def browsing(ami):
    with Browser() as browser, Phone("ulaw1", "pcmu", 700, account="answermode=auto") as desk:
        desk.registered()
        browser.register("web1", 440)
        browser.register("web2", 880)
        step("two phones in a browser register over WebSocket")

        browser.call("web1", "tone")
        browser.hears("web1", 1004)
        counted = wait_until(lambda: reported(browser, "web1"), "reports both ways")
        check(counted["received"] > 0 and counted["sent"] > 0, f"packets both ways: {counted}")
        check(counted["dtls"] == "connected", f"a handshake: {counted}")
        check(counted["codec"] == "audio/opus", f"the browser's codec: {counted}")
        step(f"it hears Milliwatt by {counted['codec']} under {counted['suite']}")
        browser.hang_up("web1")
        ami.quiet()

        browser.call("web1", "ulaw1")
        call_of(desk, browser, "web1", 440)
        step("it calls a desk phone, and both hear each other")
        desk.hang_up()
        ami.quiet()

        desk.dial("web1")
        desk.event("CALL_ESTABLISHED")
        call_of(desk, browser, "web1", 440)
        step("a desk phone calls it, and both hear each other")
        desk.hang_up()
        ami.quiet()

        browser.call("web1", "web2")
        browser.hears("web1", 880)
        browser.hears("web2", 440)
        step("two browsers hear each other")
        browser.hang_up("web2")
        ami.quiet()

        other = "(_, name, octet) => name + (octet === '00' ? '01' : '00')"
        browser.do(f"phones.web1.mangle = (sdp) => sdp.replace(/(a=fingerprint:sha-256 )(..)/, {other})")
        browser.call("web1", "tone")
        ami.event("Hangup", Cause="58")
        wait_until(lambda: browser.do("phones.web1.ended"), "the end of a call with another certificate")
        step("who has another certificate than it said is hung up")
        ami.quiet()


def call_of(desk, browser, name, hertz):
    browser.hears(name, 700)
    desk.hears(hertz)


def reported(browser, name):
    counted = browser.counted(name)
    return counted["reported"] and counted


main(test)
