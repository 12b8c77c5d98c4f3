//! INVITEs of ours.

// Long because each rule has a test of its own.

use std::time::Duration;

use engine::FromChannel;
use rsipstack::sip::Method;
use switch::signal::{Order, Signal};
use switch::{Cause, ChannelId};

use super::rig::*;
use crate::settings::Endpoint;
use crate::wire::{Target, ToWire, Unanswered};

const CONTACT: &str = "Contact: <sip:6001@192.0.2.9:5071>\r\n";

#[test]
fn a_phone_is_called_rings_answers_and_is_hung_up() {
    let mut rig = Rig::new();
    let invite = rig.calls_out("6001");
    assert_eq!(invite.request.uri.to_string(), "sip:6001@192.0.2.9:5071");
    assert_eq!(invite.header("To"), "<sip:6001@192.0.2.9:5071>");
    assert!(
        invite
            .header("From")
            .starts_with("\"Shop\" <sip:5551000@192.0.2.1>;tag=")
    );
    assert_eq!(invite.header("Contact"), "<sip:5551000@192.0.2.1:5060>");
    assert_eq!(invite.header("Session-Expires"), "1800");
    assert!(invite.body().contains("m=audio 10002 RTP/AVP 0 8 101"));
    assert_eq!(
        rig.told(),
        [FromChannel::Reference(invite.header("Call-ID").into())]
    );
    rig.answers(&invite, 100, "", "", "");
    assert!(rig.told().is_empty());
    rig.answers(&invite, 180, "a", CONTACT, "");
    assert_eq!(rig.told(), [signal(Signal::Ringing)]);
    rig.answers(&invite, 200, "a", CONTACT, SDP);
    assert_eq!(rig.signals(), [signal(Signal::Answer)]);
    let mut wire = rig.wire();
    let ToWire::Ack { request, .. } = wire.remove(0) else {
        panic!("no ACK");
    };
    let sequence = invite.header("CSeq").split(' ').next().unwrap().to_owned();
    let ack = Ours::of(ToWire::Request {
        transaction: invite.transaction,
        request,
        target: invite.target.clone(),
    });
    assert_eq!(ack.header("CSeq"), format!("{sequence} ACK"));
    assert!(ack.header("To").ends_with(";tag=a"));
    // RFC 3261, 13.2.2.4: each time the 2xx comes again.
    rig.answers(&invite, 200, "a", CONTACT, SDP);
    assert_eq!(rig.words(), ["ACK"]);
    assert!(rig.told().is_empty());
    rig.orders(Order::Hangup(Cause::NORMAL));
    let bye = rig.ours();
    assert_eq!(bye.request.method, Method::Bye);
    assert_eq!(bye.header("Reason"), "Q.850;cause=16");
    assert_eq!(rig.signals(), [hangup(None, "")]);
    rig.answers(&bye, 200, "", "", "");
    rig.is_clean();
}

#[test]
fn codes_become_causes() {
    for (code, cause) in [
        (486, 17),
        (404, 1),
        (480, 19),
        (503, 34),
        (603, 21),
        (488, 58),
        (302, 16),
    ] {
        let mut rig = Rig::new();
        let invite = rig.calls_out("6001");
        rig.told();
        rig.answers(&invite, code, "a", "", "");
        assert_eq!(
            rig.signals(),
            [hangup(Some(Cause(cause)), &code.to_string())]
        );
        assert!(rig.words().is_empty());
        rig.is_clean();
    }
    let mut rig = Rig::new();
    let invite = rig.calls_out("6001");
    rig.told();
    rig.answers(&invite, 503, "a", "Reason: Q.850;cause=42\r\n", "");
    assert_eq!(rig.signals(), [hangup(Some(Cause(42)), "503")]);
}

#[test]
fn silence_and_a_broken_way_are_told_apart() {
    for (why, cause, tech_cause) in [
        (Unanswered::Timeout, 18, "408"),
        (Unanswered::NotSent("refused".to_owned()), 34, "503"),
    ] {
        let mut rig = Rig::new();
        let invite = rig.calls_out("6001");
        rig.told();
        rig.is_silent(&invite, why);
        assert_eq!(rig.signals(), [hangup(Some(Cause(cause)), tech_cause)]);
        rig.is_clean();
    }
}

#[test]
fn rfc_3261_9_1_a_call_that_nobody_waits_for_is_cancelled() {
    let mut rig = Rig::new();
    let invite = rig.calls_out("6001");
    rig.answers(&invite, 180, "a", CONTACT, "");
    rig.told();
    rig.orders(Order::Hangup(Cause::NO_ANSWER));
    assert_eq!(rig.signals(), [hangup(None, "480")]);
    assert_eq!(rig.words(), ["CANCEL"]);
    assert!(rig.sound.open.is_empty());
    rig.answers(&invite, 487, "a", "", "");
    assert!(rig.told().is_empty());
    rig.is_clean();
}

#[test]
fn rfc_3261_9_1_a_2xx_that_crosses_the_cancel_is_ended() {
    let mut rig = Rig::new();
    let invite = rig.calls_out("6001");
    rig.orders(Order::Hangup(Cause::NORMAL));
    rig.wire();
    rig.answers(&invite, 200, "a", CONTACT, SDP);
    let mut wire = rig.wire();
    assert!(matches!(wire[0], ToWire::Ack { .. }));
    let bye = Ours::of(wire.remove(1));
    rig.answers(&bye, 481, "", "", "");
    rig.is_clean();
}

#[test]
fn a_phone_that_never_answers_the_cancel_is_forgotten() {
    let mut rig = Rig::new();
    let invite = rig.calls_out("6001");
    rig.answers(&invite, 180, "a", CONTACT, "");
    rig.orders(Order::Hangup(Cause::NORMAL));
    rig.passes(Duration::from_secs(65));
    rig.is_clean();
}

#[test]
fn rfc_3261_13_2_2_4_the_second_fork_s_2xx_is_ended() {
    let mut rig = Rig::new();
    let invite = rig.calls_out("6001");
    rig.answers(&invite, 180, "a", CONTACT, "");
    rig.answers(&invite, 180, "b", "Contact: <sip:b@192.0.2.8>\r\n", "");
    rig.answers(&invite, 200, "a", CONTACT, SDP);
    rig.wire();
    rig.told();
    rig.answers(&invite, 200, "b", "Contact: <sip:b@192.0.2.8>\r\n", SDP);
    let mut wire = rig.wire();
    let bye = Ours::of(wire.pop().unwrap());
    assert_eq!(bye.request.uri.to_string(), "sip:b@192.0.2.8");
    assert!(bye.header("To").ends_with(";tag=b"));
    assert!(matches!(wire.pop(), Some(ToWire::Ack { .. })));
    rig.answers(&bye, 200, "", "", "");
    assert!(rig.told().is_empty());
    assert_eq!(rig.calls.counts().calls, 1);
}

#[test]
fn early_sound_is_heard() {
    let mut rig = Rig::new();
    let invite = rig.calls_out("6001");
    rig.told();
    rig.answers(&invite, 183, "a", CONTACT, SDP);
    assert_eq!(rig.signals(), [signal(Signal::Progress)]);
    assert!(rig.sound.open.values().all(Option::is_some));
    // RFC 3261, 13.2.1: a 2xx without a description stands on what was said.
    rig.answers(&invite, 200, "a", CONTACT, "");
    assert_eq!(rig.signals(), [signal(Signal::Answer)]);
    assert_eq!(rig.words(), ["ACK"]);
}

#[test]
fn a_2xx_that_we_cannot_take_is_acknowledged_and_ended() {
    for body in ["", "v=0\r\n"] {
        let mut rig = Rig::new();
        let invite = rig.calls_out("6001");
        rig.told();
        rig.answers(&invite, 200, "a", CONTACT, body);
        assert_eq!(rig.words(), ["ACK", "BYE"]);
        assert_eq!(rig.signals(), [hangup(Some(Cause(58)), "488")]);
    }
}

#[test]
fn rfc_3262_4_reliable_answers_are_acknowledged_once_each() {
    let mut rig = Rig::new();
    let invite = rig.calls_out("6001");
    rig.told();
    let reliable = |number: u32| format!("{CONTACT}Require: 100rel\r\nRSeq: {number}\r\n");
    rig.answers(&invite, 180, "a", &reliable(7), "");
    let prack = rig.ours();
    let sequence = invite.header("CSeq").split(' ').next().unwrap().to_owned();
    assert_eq!(prack.header("RAck"), format!("7 {sequence} INVITE"));
    assert!(prack.header("To").ends_with(";tag=a"));
    rig.answers(&prack, 200, "", "", "");
    assert_eq!(rig.signals(), [signal(Signal::Ringing)]);
    // The same again, and one out of turn.
    rig.answers(&invite, 180, "a", &reliable(7), "");
    rig.answers(&invite, 183, "a", &reliable(9), SDP);
    assert!(rig.words().is_empty());
    assert!(rig.signals().is_empty());
    rig.answers(&invite, 183, "a", &reliable(8), SDP);
    assert_eq!(rig.words(), ["PRACK"]);
    assert_eq!(rig.signals(), [signal(Signal::Progress)]);
}

#[test]
fn a_challenge_is_answered_once() {
    let mut rig = Rig::new();
    let invite = rig.calls_out("6001");
    rig.told();
    let challenge = "WWW-Authenticate: Digest realm=\"them\", nonce=\"n\", algorithm=MD5\r\n";
    rig.answers(&invite, 401, "x", challenge, "");
    let again = rig.ours();
    assert!(again.header("Authorization").contains("username=\"6001\""));
    assert_eq!(again.header("Call-ID"), invite.header("Call-ID"));
    let number = |sent: &Ours| {
        sent.header("CSeq")
            .split(' ')
            .next()
            .unwrap()
            .parse::<u32>()
            .unwrap()
    };
    assert_eq!(number(&again), number(&invite) + 1);
    assert_eq!(again.body(), invite.body());
    rig.answers(&again, 401, "y", challenge, "");
    let third = rig.ours();
    rig.answers(&third, 401, "z", challenge, "");
    assert_eq!(rig.signals(), [hangup(Some(Cause::REJECTED), "401")]);
    rig.is_clean();
}

#[test]
fn rfc_4028_7_3_a_longer_timer_is_offered_where_they_ask() {
    let mut rig = Rig::with(Endpoint {
        timers_sess_expires: Duration::from_secs(120),
        ..endpoint()
    });
    let invite = rig.calls_out("6001");
    rig.told();
    rig.answers(&invite, 422, "x", "Min-SE: 600\r\n", "");
    let again = rig.ours();
    assert_eq!(
        (again.header("Session-Expires"), again.header("Min-SE")),
        ("600", "600")
    );
    // Asking for the same once more is a far end that spins.
    rig.answers(&again, 422, "x", "Min-SE: 600\r\n", "");
    assert_eq!(rig.signals(), [hangup(Some(Cause::INTERWORKING), "422")]);
}

#[test]
fn somebody_who_is_nowhere_is_missed_after_a_while() {
    let mut rig = Rig::new();
    rig.nobody = true;
    rig.orders(Order::Call {
        destination: "6001".into(),
        caller: Default::default(),
        diverted: None,
        formats: Default::default(),
    });
    rig.passes(Duration::from_secs(3));
    assert!(rig.told().is_empty());
    rig.passes(Duration::from_secs(2));
    assert_eq!(rig.told(), [hangup(Some(Cause::UNREGISTERED), "")]);
    rig.is_clean();
    // And who hangs up before that is not told.
    rig.orders(Order::Call {
        destination: "6001".into(),
        caller: Default::default(),
        diverted: None,
        formats: Default::default(),
    });
    rig.orders(Order::Hangup(Cause::NORMAL));
    rig.is_clean();
}

#[test]
fn an_unknown_endpoint_is_told_at_once() {
    let mut rig = Rig::new();
    rig.orders_on(
        ChannelId(8),
        Order::Call {
            destination: "nobody/sip:x@y".into(),
            caller: Default::default(),
            diverted: None,
            formats: Default::default(),
        },
    );
    assert_eq!(rig.told(), [hangup(Some(Cause::UNALLOCATED), "")]);
    rig.is_clean();
}

#[test]
fn addresses_and_users_are_called() {
    let mut rig = Rig::new();
    let invite = rig.calls_out("100@6001");
    assert_eq!(invite.request.uri.to_string(), "sip:100@192.0.2.9:5071");
    let mut rig = Rig::new();
    let invite = rig.calls_out("6001/sip:200@example.com");
    assert_eq!(invite.request.uri.to_string(), "sip:200@example.com");
    assert_eq!(invite.header("Route"), "<sip:proxy.example.com;lr>");
    assert!(matches!(invite.target, Target::Named { .. }));
}

#[test]
fn escapes_in_addresses_stay_as_they_are() {
    let mut rig = Rig::new();
    let invite = rig.calls_out("6001/sip:%2342%40a@example.com");
    assert_eq!(invite.request.uri.to_string(), "sip:%2342%40a@example.com");
    assert_eq!(invite.header("To"), "<sip:%2342%40a@example.com>");
}

#[test]
fn what_a_message_is_made_of_cannot_be_attached() {
    let mut rig = Rig::new();
    for name in ["Via", "v", "call-id", "X-A\r\nX-B", "", "Content-Length"] {
        rig.orders(Order::Attach {
            name: name.into(),
            value: "x".into(),
        });
    }
    let before = rig.calls_out("6001");
    let mut rig = Rig::new();
    let without = rig.calls_out("6001");
    assert_eq!(before.request.headers.len(), without.request.headers.len());
}

#[test]
fn headers_that_were_attached_go_out() {
    let mut rig = Rig::new();
    rig.orders(Order::Attach {
        name: "X-Order".into(),
        value: "77".into(),
    });
    let invite = rig.calls_out("6001");
    assert_eq!(invite.header("X-Order"), "77");
    assert_eq!(invite.header("Max-Forwards"), "70");
}

#[test]
fn rfc_3325_identity_goes_where_it_is_wanted() {
    let mut rig = Rig::with(Endpoint {
        send_pai: true,
        send_rpid: true,
        from_domain: "example.net".into(),
        from_user: "trunk".into(),
        ..endpoint()
    });
    let invite = rig.calls_out("6001");
    assert!(
        invite
            .header("From")
            .starts_with("\"Shop\" <sip:trunk@example.net>;tag=")
    );
    let named = "\"Shop\" <sip:5551000@example.net>";
    assert_eq!(invite.header("P-Asserted-Identity"), named);
    assert!(invite.header("Remote-Party-ID").starts_with(named));
}

#[test]
fn rfc_3323_whoever_wants_to_stay_unknown_does() {
    let mut rig = Rig::with(Endpoint {
        send_pai: true,
        ..endpoint()
    });
    let mut caller = switch::Party::parse("Shop <5551000>");
    caller.presentation = switch::Presentation(0x20);
    rig.orders(Order::Call {
        destination: "6001".into(),
        caller,
        diverted: None,
        formats: Default::default(),
    });
    let invite = rig.ours();
    assert!(
        invite
            .header("From")
            .starts_with("\"Anonymous\" <sip:anonymous@anonymous.invalid>")
    );
    assert_eq!(invite.header("P-Asserted-Identity"), "");
    assert!(
        !format!("{:?}", invite.request).contains("5551000@"),
        "{:?}",
        invite.request
    );
}

#[test]
fn a_phone_that_vanishes_while_it_rings_is_given_up() {
    let mut rig = Rig::new();
    let invite = rig.calls_out("6001");
    rig.answers(&invite, 180, "a", CONTACT, "");
    rig.told();
    rig.passes(Duration::from_secs(500));
    rig.answers(&invite, 180, "a", CONTACT, "");
    rig.told();
    rig.passes(Duration::from_secs(599));
    assert!(rig.words().is_empty());
    rig.passes(Duration::from_secs(1));
    assert_eq!(rig.words(), ["CANCEL"]);
    assert_eq!(rig.signals(), [hangup(Some(Cause(18)), "408")]);
    rig.passes(Duration::from_secs(65));
    rig.is_clean();
}

#[test]
fn a_channel_is_set_before_it_is_called() {
    let mut rig = Rig::new();
    for (name, value) in [("media_offer", "alaw"), ("dtmf_mode", "inband")] {
        let value = value.into();
        rig.orders(Order::Set { name, value });
    }
    let invite = rig.calls_out("6001");
    let body = invite.body();
    assert!(body.contains("m=audio 10002 RTP/AVP 8\r\n"), "{body}");
    let answer = SDP.replace("AVP 0 101", "AVP 8");
    rig.answers(
        &invite,
        200,
        "far",
        "Contact: <sip:6001@192.0.2.9:5071>\r\n",
        &answer,
    );
    assert_eq!(rig.words(), ["ACK"], "the far end knows all that there is");
}

#[test]
fn what_suits_the_caller_is_offered_first() {
    let mut rig = Rig::new();
    rig.orders(Order::Call {
        destination: "6001".into(),
        caller: Default::default(),
        diverted: None,
        formats: "(g722|alaw)".into(),
    });
    let invite = rig.ours();
    let body = invite.body();
    assert!(body.contains("RTP/AVP 8 0"), "{body}");
}
