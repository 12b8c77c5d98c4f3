//! What changes while a call that we made is not answered, and how answers find their way.

use std::time::Duration;

use engine::FromChannel;
use rsipstack::sip::Method;
use switch::Party;
use switch::signal::{Order, Signal};

use super::rig::*;
use crate::settings::Endpoint;

const CONTACT: &str = "Contact: <sip:6001@192.0.2.9:5071>\r\nAllow: INVITE, UPDATE\r\n";

/// A request of theirs inside the dialog that an INVITE of ours made.
fn within(invite: &Ours, method: &str, sequence: u32, body: &str) -> String {
    let tag = crate::call::dialog::tag_of(invite.header("From"));
    phone(method, sequence, &tag, &[], body)
        .replace("one@192.0.2.9", invite.header("Call-ID"))
        .replace(">;tag=them", ">;tag=far")
}

#[test]
fn rfc_3311_5_1_what_an_update_agreed_on_outlasts_the_answer() {
    let mut rig = Rig::new();
    let invite = rig.calls_out("6001");
    let early = format!("{CONTACT}Require: 100rel\r\nRSeq: 1\r\n");
    rig.answers(&invite, 183, "far", &early, SDP);
    let prack = rig.ours();
    rig.answers(&prack, 200, "", "", "");
    let moved = SDP.replace("17000", "18000");
    assert!(rig.asks(&within(&invite, "UPDATE", 1, &moved)));
    assert_eq!(rig.words(), ["200"]);
    // The 2xx says again what the provisional answer said.
    rig.answers(&invite, 200, "far", CONTACT, SDP);
    let agreed = rig.sound.open.values().next().unwrap().as_ref().unwrap();
    assert_eq!(agreed.remote.unwrap().port(), 18000);
    assert!(rig.signals().contains(&signal(Signal::Answer)));
}

#[test]
fn rfc_3311_5_2_no_offer_comes_before_ours_is_answered() {
    let mut rig = Rig::new();
    let invite = rig.calls_out("6001");
    rig.answers(&invite, 180, "far", CONTACT, "");
    assert!(rig.asks(&within(&invite, "UPDATE", 1, SDP)));
    assert!(rig.asks(&within(&invite, "INVITE", 2, SDP)));
    assert_eq!(rig.words(), ["491", "491"]);
    // Theirs before we answered: later.
    let mut rig = Rig::new();
    rig.invite(&phone("INVITE", 1, "", &[], SDP));
    rig.takes();
    rig.wire();
    rig.orders(Order::Ringing);
    let tag = our_tag(&rig.answered());
    assert!(rig.asks(&phone("UPDATE", 2, &tag, &[], SDP)));
    let answer = rig.answered();
    assert_eq!(answer.status_code.code(), 500);
    assert!(header(&answer, "Retry-After").parse::<u32>().unwrap() <= 10);
    // Without an offer it is taken.
    assert!(rig.asks(&phone("UPDATE", 3, &tag, &[], "")));
    assert_eq!(rig.words(), ["200"]);
}

#[test]
fn whom_a_phone_talks_with_may_change_while_it_rings() {
    let mut rig = Rig::with(Endpoint {
        send_pai: true,
        ..endpoint()
    });
    let invite = rig.calls_out("6001");
    rig.answers(&invite, 180, "far", CONTACT, "");
    rig.orders(Order::Connected(Party::parse("Ann <7>")));
    assert!(rig.words().is_empty());
    rig.answers(&invite, 200, "far", CONTACT, SDP);
    let mut wire = rig.wire();
    let update = Ours::of(wire.pop().unwrap());
    assert_eq!(update.request.method, Method::Update);
    let asserted = "\"Ann\" <sip:7@192.0.2.1>";
    assert_eq!(update.header("P-Asserted-Identity"), asserted);
}

#[test]
fn a_hold_may_be_passed_over() {
    let mut rig = Rig::with(Endpoint {
        suppress_moh_on_sendonly: true,
        ..endpoint()
    });
    let tag = up(&mut rig, &[]);
    assert!(rig.asks(&phone("INVITE", 2, &tag, &[], &sdp("sendonly"))));
    assert_eq!(rig.told(), Vec::<FromChannel>::new());
}

#[test]
fn rfc_3581_answers_go_where_a_request_came_from() {
    for (force_rport, via, words) in [
        (
            true,
            "Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1",
            &["rport", "200"][..],
        ),
        (
            true,
            "Via: SIP/2.0/UDP 10.0.0.1;rport;branch=z9hG4bK1",
            &["200"],
        ),
        (false, "Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1", &["200"]),
    ] {
        let mut rig = Rig::with(Endpoint {
            force_rport,
            ..endpoint()
        });
        let tag = up(&mut rig, &[]);
        rig.wire();
        assert!(rig.asks(&phone("OPTIONS", 2, &tag, &[via], "")));
        assert_eq!(rig.words(), words, "{via}");
    }
}

#[test]
fn rfc_3891_3_a_call_that_we_make_may_be_taken_while_it_rings() {
    let fresh = |call_id: &str, to: &str, from: &str| {
        let line = format!("Replaces: {call_id};to-tag={to};from-tag={from};early-only");
        phone("INVITE", 1, "", &[&line], SDP)
            .replace("Call-ID: one@", "Call-ID: two@")
            .replace(">;tag=them", ">;tag=new")
    };
    let mut rig = Rig::new();
    let invite = rig.calls_out("6001");
    rig.answers(&invite, 180, "far", CONTACT, "");
    rig.told();
    let ours = crate::call::dialog::tag_of(invite.header("From"));
    rig.invite(&fresh(invite.header("Call-ID"), &ours, "far"));
    assert_eq!(rig.incoming().replaces, Some(CHANNEL));
    // One that they make is theirs to take: RFC 3891, 3 has it refused.
    let mut rig = Rig::new();
    rig.invite(&phone("INVITE", 1, "", &[], SDP));
    rig.takes();
    rig.wire();
    rig.orders(Order::Ringing);
    let tag = our_tag(&rig.answered());
    rig.invite(&fresh("one@192.0.2.9", &tag, "them"));
    assert_eq!(rig.words(), ["481"]);
}

#[test]
fn rfc_3261_14_1_whose_call_id_it_is_waits_longer() {
    let mut rig = Rig::new();
    let invite = rig.calls_out("6001");
    let contact = "Contact: <sip:6001@192.0.2.9:5071>\r\n";
    rig.answers(&invite, 200, "far", contact, SDP);
    assert_eq!(rig.words(), ["ACK"]);
    rig.orders(Order::Set {
        name: "session_refresh",
        value: "invite".into(),
    });
    let ours = rig.ours();
    rig.answers(&ours, 491, "", "", "");
    rig.passes(Duration::from_millis(2099));
    assert!(rig.words().is_empty(), "theirs comes first");
    rig.passes(Duration::from_millis(1901));
    assert_eq!(rig.words(), ["INVITE"]);
}

#[test]
fn a_proxy_that_forks_has_one_call_in_the_end() {
    let mut rig = Rig::new();
    let invite = rig.calls_out("6001");
    let contact = "Contact: <sip:6001@192.0.2.9:5071>\r\n";
    // Two phones ring, the second answers, and so does the first before it is told.
    rig.answers(&invite, 180, "one", contact, "");
    rig.answers(&invite, 183, "two", contact, SDP);
    rig.answers(&invite, 200, "two", contact, SDP);
    assert_eq!(rig.words(), ["ACK"]);
    rig.answers(&invite, 200, "one", contact, SDP);
    let mut wire = rig.wire();
    let bye = Ours::of(wire.pop().unwrap());
    assert_eq!(bye.request.method, Method::Bye);
    assert!(bye.header("To").ends_with(";tag=one"));
    rig.answers(&bye, 200, "", "", "");
    // The call goes on with the one that answered first.
    rig.orders(Order::Hangup(switch::Cause::NORMAL));
    let bye = rig.ours();
    assert!(bye.header("To").ends_with(";tag=two"));
}

#[test]
fn whoever_calls_is_told_who_answers_as_the_one_called() {
    let mut rig = Rig::with(Endpoint {
        send_rpid: true,
        ..endpoint()
    });
    rig.invite(&phone("INVITE", 1, "", &[], SDP));
    rig.takes();
    rig.wire();
    rig.orders(Order::Connected(Party::parse("Ann <7>")));
    rig.orders(Order::Answer);
    let told = header(&rig.answered(), "Remote-Party-ID").to_owned();
    assert!(
        told.starts_with("\"Ann\" <sip:7@192.0.2.1>;party=called;"),
        "{told}"
    );
}
