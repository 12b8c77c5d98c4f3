"""Who may register, what everybody is told of it, and that a wrong secret is not told from no such phone."""

from phone import Ami, Phone, check, main, step


def test():
    ami = Ami()
    with Phone("alaw1", "pcma", secret="wrong") as wrong:
        wrong.refused()
        failed = ami.event("ChallengeResponseFailed", AccountID="alaw1", Service="PJSIP")
        check("phone-secret" not in str(failed), "no event tells a secret")
        step("a wrong secret is refused, with its event")
    with Phone("nobody", "pcma") as nobody:
        nobody.refused()
        ami.event("InvalidAccountID", AccountID="nobody", Service="PJSIP")
        step("an unknown phone is refused, with its event")
    with Phone("alaw1", "pcma") as phone:
        phone.registered()
        ami.event("PeerStatus", Peer="PJSIP/alaw1", PeerStatus="Reachable")
        ami.event("ContactStatus", AOR="alaw1", ContactStatus="NonQualified")
        listed = ami.ask("PJSIPShowContacts")
        check(listed["Response"] == "Success", str(listed))
        contact = ami.event("ContactList", Endpoint="alaw1")
        check(contact["UserAgent"].startswith("baresip"), str(contact))
        step("a right one is registered, shown and told")
    ami.event("ContactStatus", AOR="alaw1", ContactStatus="Removed")
    step("and told again when it leaves")


main(test)
