//! INVITEs of theirs.

// Long because each rule has a test of its own.

use std::time::Duration;

use engine::{FromChannel, Incoming, Reception};
use switch::signal::Order;
use switch::{Cause, Presentation};

use super::rig::*;
use crate::settings::{Endpoint, OfferPref, Rel100, Timers};

#[test]
fn a_call_is_taken_answered_and_ended_by_the_phone() {
    let mut rig = Rig::new();
    rig.invite(&phone("INVITE", 1, "", &[], SDP));
    assert_eq!(rig.words(), ["100"]);
    let Incoming { call, reply, .. } = rig.incoming();
    assert_eq!(
        (&*call.far.device, &*call.exten, &*call.context),
        ("6001", "100", "default")
    );
    assert_eq!(
        (&*call.caller.number, &*call.caller.name),
        ("6001", "Alice")
    );
    assert_eq!(call.variables, [("SIPDOMAIN".into(), "192.0.2.1".into())]);
    assert_eq!(&*call.reference, "one@192.0.2.9");
    assert_eq!(&*call.far.format, "ulaw");
    reply.send(Reception::Made(CHANNEL));
    rig.hears_back();
    assert_eq!(rig.sound.attached.len(), 1);
    rig.orders(Order::Ringing);
    let ringing = rig.answered();
    assert_eq!((ringing.status_code.code(), ringing.body.len()), (180, 0));
    rig.orders(Order::Answer);
    let answer = rig.answered();
    assert_eq!(answer.status_code.code(), 200);
    assert_eq!(our_tag(&answer), our_tag(&ringing));
    assert_eq!(header(&answer, "Contact"), "<sip:192.0.2.1:5060>");
    assert!(String::from_utf8_lossy(&answer.body).contains("m=audio 10002 RTP/AVP 0 101\r\n"));
    let tag = our_tag(&answer);
    rig.acks(&phone("ACK", 1, &tag, &[], ""));
    assert!(rig.sound.open.values().all(Option::is_some));
    assert!(rig.asks(&phone("BYE", 2, &tag, &[], "")));
    assert_eq!(rig.words(), ["200"]);
    let told = rig.told();
    let names: Vec<&str> = told
        .iter()
        .map(|did| match did {
            FromChannel::Variable(name, _) => &**name,
            FromChannel::Hangup { .. } => "hangup",
            _ => "other",
        })
        .collect();
    let expected = [
        "RTPAUDIOQOS",
        "RTPAUDIOQOSJITTER",
        "RTPAUDIOQOSLOSS",
        "RTPAUDIOQOSRTT",
        "RTPAUDIOQOSMES",
        "hangup",
    ];
    assert_eq!(names, expected);
    assert_eq!(told.last(), Some(&hangup(None, "")));
    rig.orders(Order::Hangup(Cause::NORMAL));
    assert!(rig.words().is_empty());
    rig.is_clean();
}

#[test]
fn rfc_3261_13_3_1_4_a_2xx_is_said_again_until_its_ack() {
    let mut rig = Rig::new();
    rig.invite(&phone("INVITE", 1, "", &[], SDP));
    rig.takes();
    rig.orders(Order::Answer);
    let tag = our_tag(rig.wire().iter().find_map(response_200).as_ref().unwrap());
    // T1, doubled up to T2: after 0.5, 1.5, 3.5, 7.5, 11.5 seconds.
    for span in [500, 1000, 2000, 4000, 4000] {
        rig.passes(Duration::from_millis(span - 1));
        assert!(rig.words().is_empty());
        rig.passes(Duration::from_millis(1));
        assert_eq!(rig.words(), ["200"]);
    }
    rig.acks(&phone("ACK", 1, &tag, &[], ""));
    rig.passes(Duration::from_secs(60));
    assert!(rig.words().is_empty());
    assert_eq!(rig.calls.counts().calls, 1);
}

fn response_200(said: &crate::wire::ToWire) -> Option<rsipstack::sip::Response> {
    match said {
        crate::wire::ToWire::Respond { response, .. } if response.status_code.code() == 200 => {
            Some((**response).clone())
        }
        _ => None,
    }
}

#[test]
fn rfc_3261_13_3_1_4_without_an_ack_the_call_is_ended() {
    let mut rig = Rig::new();
    rig.invite(&phone("INVITE", 1, "", &[], SDP));
    rig.takes();
    rig.orders(Order::Answer);
    rig.wire();
    rig.passes(Duration::from_millis(31_999));
    assert!(rig.signals().is_empty());
    rig.wire();
    rig.passes(Duration::from_millis(1));
    assert_eq!(rig.signals(), [hangup(Some(Cause(102)), "408")]);
    let bye = rig.ours();
    assert_eq!(bye.request.method.to_string(), "BYE");
    assert_eq!(bye.header("Reason"), "Q.850;cause=102");
    rig.is_silent(&bye, crate::wire::Unanswered::Timeout);
    rig.is_clean();
}

#[test]
fn rfc_3261_15_no_bye_before_the_ack() {
    let mut rig = Rig::new();
    rig.invite(&phone("INVITE", 1, "", &[], SDP));
    rig.takes();
    rig.orders(Order::Answer);
    let tag = our_tag(rig.wire().iter().find_map(response_200).as_ref().unwrap());
    rig.orders(Order::Hangup(Cause::NORMAL));
    assert_eq!(rig.signals(), [hangup(None, "")]);
    assert!(rig.sound.open.is_empty());
    assert!(rig.words().is_empty());
    rig.acks(&phone("ACK", 1, &tag, &[], ""));
    let bye = rig.ours();
    assert_eq!(bye.header("Reason"), "Q.850;cause=16");
    rig.answers(&bye, 200, "", "", "");
    rig.is_clean();
}

#[test]
fn rfc_3261_9_2_a_cancelled_call_is_answered_487() {
    let mut rig = Rig::new();
    let transaction = rig.invite(&phone("INVITE", 1, "", &[], SDP));
    rig.takes();
    rig.orders(Order::Ringing);
    rig.wire();
    rig.cancels(transaction, "");
    assert_eq!(rig.words(), ["487"]);
    assert_eq!(rig.signals(), [hangup(Some(Cause::INTERWORKING), "487")]);
    rig.is_clean();
    let transaction = rig.invite(&phone("INVITE", 2, "", &[], SDP));
    rig.takes();
    rig.cancels(transaction, "Q.850;cause=26");
    assert_eq!(
        rig.signals(),
        [hangup(Some(Cause::ANSWERED_ELSEWHERE), "487")]
    );
}

#[test]
fn a_call_that_ends_before_the_engine_has_a_channel_ends_the_channel() {
    let mut rig = Rig::new();
    let transaction = rig.invite(&phone("INVITE", 1, "", &[], SDP));
    let incoming = rig.incoming();
    rig.cancels(transaction, "");
    rig.is_clean();
    incoming.reply.send(Reception::Made(CHANNEL));
    rig.hears_back();
    assert_eq!(rig.signals(), [hangup(Some(Cause::INTERWORKING), "487")]);
}

#[test]
fn causes_refuse_with_their_codes() {
    for (cause, code) in [
        (0, 603),
        (1, 404),
        (16, 603),
        (17, 486),
        (18, 408),
        (19, 480),
        (21, 403),
        (34, 503),
    ] {
        let mut rig = Rig::new();
        rig.invite(&phone("INVITE", 1, "", &[], SDP));
        rig.takes();
        rig.wire();
        rig.orders(Order::Hangup(Cause(cause)));
        let answer = rig.answered();
        assert_eq!(answer.status_code.code(), code);
        rig.is_clean();
    }
    let mut rig = Rig::new();
    rig.invite(&phone("INVITE", 1, "", &[], SDP));
    rig.takes();
    rig.wire();
    rig.orders(Order::Busy);
    assert_eq!(rig.words(), ["486"]);
    assert_eq!(rig.signals(), [hangup(Some(Cause::BUSY), "486")]);
}

#[test]
fn what_the_engine_does_not_take_is_refused() {
    for (reception, code) in [
        (Reception::NoExtension, "404"),
        (Reception::Incomplete, "404"),
        (Reception::Refused, "503"),
    ] {
        let mut rig = Rig::new();
        rig.invite(&phone("INVITE", 1, "", &[], SDP));
        rig.wire();
        rig.receives(reception);
        assert_eq!(rig.words(), [code]);
        rig.is_clean();
    }
    let mut rig = Rig::with(Endpoint {
        allow_overlap: true,
        ..endpoint()
    });
    rig.invite(&phone("INVITE", 1, "", &[], SDP));
    rig.wire();
    rig.receives(Reception::Incomplete);
    assert_eq!(rig.words(), ["484"]);
}

#[test]
fn what_cannot_be_taken_is_refused_before_the_engine_hears_of_it() {
    let strict = Endpoint {
        timers: Timers::Required,
        ..endpoint()
    };
    let reliable = Endpoint {
        rel100: Rel100::Required,
        ..endpoint()
    };
    let cases: &[(Endpoint, &str, &str, u16, &str, &str)] = &[
        // RFC 3261, 8.2.2.3
        (
            endpoint(),
            "Require: 100rel, frobnicate",
            SDP,
            420,
            "Unsupported",
            "frobnicate",
        ),
        // RFC 3261, 8.2.3
        (
            endpoint(),
            "Content-Type: text/html",
            "<p>",
            415,
            "Accept",
            "application/sdp",
        ),
        (
            endpoint(),
            "Content-Encoding: gzip",
            SDP,
            415,
            "Accept-Encoding",
            "identity",
        ),
        // RFC 4028, 9
        (endpoint(), "Session-Expires: 30", SDP, 422, "Min-SE", "90"),
        (strict, "X: y", SDP, 421, "Require", "timer"),
        // RFC 3262, 3
        (reliable, "X: y", SDP, 421, "Require", "100rel"),
    ];
    for (endpoint, line, body, code, name, value) in cases {
        let mut rig = Rig::with(endpoint.clone());
        rig.invite(&phone("INVITE", 1, "", &[line], body));
        let answer = rig.answered();
        assert_eq!(
            (answer.status_code.code(), header(&answer, name)),
            (*code, *value),
            "{line}"
        );
        assert!(!our_tag(&answer).is_empty());
        assert!(rig.told().is_empty());
        rig.is_clean();
    }
    let mut rig = Rig::new();
    rig.invite(&phone(
        "INVITE",
        1,
        "",
        &[],
        &SDP.replace("AVP 0", "AVP 18"),
    ));
    assert_eq!(rig.words(), ["100", "488"]);
    rig.is_clean();
    rig.sound.no_ports = true;
    rig.invite(&phone("INVITE", 2, "", &[], SDP));
    assert_eq!(rig.words(), ["100", "503"]);
    rig.is_clean();
}

#[test]
fn rfc_3261_13_2_1_without_an_offer_ours_is_answered_in_the_ack() {
    let mut rig = Rig::new();
    rig.invite(&phone("INVITE", 1, "", &[], ""));
    rig.takes();
    rig.wire();
    rig.orders(Order::Answer);
    let answer = rig.answered();
    assert!(String::from_utf8_lossy(&answer.body).contains("m=audio 10002 RTP/AVP 0 8 101"));
    let tag = our_tag(&answer);
    rig.acks(&phone("ACK", 1, &tag, &[], SDP));
    assert!(rig.sound.open.values().all(Option::is_some));
    assert_eq!(rig.told(), [FromChannel::Format("ulaw".into())]);
}

#[test]
fn an_ack_that_should_have_an_answer_and_has_none_ends_the_call() {
    let mut rig = Rig::new();
    rig.invite(&phone("INVITE", 1, "", &[], ""));
    rig.takes();
    rig.wire();
    rig.orders(Order::Answer);
    let tag = our_tag(&rig.answered());
    rig.acks(&phone("ACK", 1, &tag, &[], ""));
    assert_eq!(rig.words(), ["BYE"]);
    assert_eq!(rig.signals(), [hangup(Some(Cause(58)), "488")]);
}

#[test]
fn progress_has_a_description() {
    let mut rig = Rig::new();
    rig.invite(&phone("INVITE", 1, "", &[], SDP));
    rig.takes();
    rig.wire();
    rig.orders(Order::Progress);
    let progress = rig.answered();
    assert_eq!(progress.status_code.code(), 183);
    assert!(!progress.body.is_empty());
    assert!(rig.sound.open.values().all(Option::is_some));
    // Said once, and no step back.
    rig.orders(Order::Progress);
    rig.orders(Order::Ringing);
    assert!(rig.words().is_empty());
    rig.orders(Order::Answer);
    let answer = rig.answered();
    assert_eq!(answer.body, progress.body);
}

#[test]
fn rfc_3262_3_provisional_answers_wait_for_their_prack() {
    let mut rig = Rig::new();
    rig.invite(&phone("INVITE", 1, "", &["Require: 100rel"], SDP));
    rig.takes();
    rig.wire();
    rig.orders(Order::Progress);
    let progress = rig.answered();
    let number: u32 = header(&progress, "RSeq").parse().unwrap();
    assert_eq!(header(&progress, "Require"), "100rel");
    // Said again after 0.5 and 1.5 seconds.
    rig.passes(Duration::from_millis(1500));
    assert_eq!(rig.words(), ["183", "183"]);
    // RFC 3262, 3: no 2xx before an answer with a description has arrived; nor the next one.
    rig.orders(Order::Answer);
    assert!(rig.words().is_empty());
    let tag = our_tag(&progress);
    let rack = |number: u32| format!("RAck: {number} 1 INVITE");
    assert!(rig.asks(&phone("PRACK", 2, &tag, &[&rack(number + 1)], "")));
    assert_eq!(rig.words(), ["481"]);
    assert!(rig.asks(&phone("PRACK", 3, &tag, &[&rack(number)], "")));
    let mut wire = rig.wire();
    let response = |said: crate::wire::ToWire| match said {
        crate::wire::ToWire::Respond { response, .. } => *response,
        other => panic!("{other:?}"),
    };
    let (answer, pracked) = (response(wire.pop().unwrap()), response(wire.pop().unwrap()));
    assert_eq!(header(&pracked, "CSeq"), "3 PRACK");
    // RFC 6337, 2.2: the answer was said, so the 2xx has none.
    assert_eq!((answer.status_code.code(), answer.body.len()), (200, 0));
    rig.passes(Duration::from_millis(500));
    assert_eq!(rig.words(), ["200"]);
}

#[test]
fn rfc_3262_3_without_a_prack_the_call_is_refused() {
    let mut rig = Rig::with(Endpoint {
        rel100: Rel100::PeerSupported,
        ..endpoint()
    });
    rig.invite(&phone("INVITE", 1, "", &["Supported: 100rel"], SDP));
    rig.takes();
    rig.orders(Order::Ringing);
    rig.passes(Duration::from_millis(31_999));
    rig.wire();
    rig.passes(Duration::from_millis(1));
    assert_eq!(rig.words(), ["504"]);
    assert_eq!(rig.signals(), [hangup(Some(Cause(102)), "504")]);
    rig.is_clean();
}

#[test]
fn rfc_3262_3_the_next_one_waits_for_the_prack_of_the_first() {
    let mut rig = Rig::new();
    rig.invite(&phone("INVITE", 1, "", &["Require: 100rel"], SDP));
    rig.takes();
    rig.wire();
    rig.orders(Order::Ringing);
    let ringing = rig.answered();
    rig.orders(Order::Progress);
    assert!(rig.words().is_empty());
    let number: u32 = header(&ringing, "RSeq").parse().unwrap();
    let rack = format!("RAck: {number} 1 INVITE");
    assert!(rig.asks(&phone("PRACK", 2, &our_tag(&ringing), &[&rack], "")));
    let mut wire = rig.wire();
    let crate::wire::ToWire::Respond { response, .. } = wire.pop().unwrap() else {
        panic!("no answer");
    };
    assert_eq!(response.status_code.code(), 183);
    assert_eq!(header(&response, "RSeq"), (number + 1).to_string());
}

#[test]
fn only_a_trusted_phone_says_who_it_is() {
    let asserted = "P-Asserted-Identity: \"Boss\" <sip:1@example.com>";
    let trusted = Endpoint {
        trust_id_inbound: true,
        ..endpoint()
    };
    let anonymous = Endpoint {
        callerid: Default::default(),
        ..endpoint()
    };
    for (endpoint, number, name, presentation) in [
        (endpoint(), "6001", "Alice", 0),
        (trusted, "1", "Boss", 0x20),
        (anonymous, "6001", "", 0),
    ] {
        let mut rig = Rig::with(endpoint);
        rig.invite(&phone("INVITE", 1, "", &[asserted, "Privacy: id"], SDP));
        let caller = rig.incoming().call.caller;
        assert_eq!((&*caller.number, &*caller.name), (number, name));
        assert_eq!(caller.presentation, Presentation(presentation));
    }
}

#[test]
fn rfc_5806_a_diversion_is_told() {
    let mut rig = Rig::new();
    let line = "Diversion: \"Bob\" <sip:6002@example.com>;reason=user-busy, <sip:x@y>";
    rig.invite(&phone("INVITE", 1, "", &[line], SDP));
    let (party, reason) = rig.incoming().call.redirected.unwrap();
    assert_eq!(
        (&*party.number, &*party.name, &*reason),
        ("6002", "Bob", "cfb")
    );
}

#[test]
fn an_engine_that_never_answers_costs_the_call_only() {
    let mut rig = Rig::new();
    rig.invite(&phone("INVITE", 1, "", &[], SDP));
    drop(rig.incoming());
    rig.wire();
    rig.passes(Duration::from_secs(200));
    assert_eq!(rig.words(), ["500"]);
    rig.is_clean();
}

#[test]
fn rfc_3261_13_3_1_ringing_is_said_every_minute() {
    let mut rig = Rig::new();
    rig.invite(&phone("INVITE", 1, "", &[], SDP));
    rig.takes();
    rig.wire();
    rig.orders(Order::Ringing);
    rig.wire();
    for _ in 0..3 {
        rig.passes(Duration::from_secs(59));
        assert!(rig.words().is_empty());
        rig.passes(Duration::from_secs(1));
        assert_eq!(rig.words(), ["180"]);
    }
    rig.orders(Order::Hangup(Cause::NO_ANSWER));
    assert_eq!(rig.words(), ["480"]);
    rig.passes(Duration::from_secs(100));
    rig.is_clean();
}

#[test]
fn a_call_without_sound_tells_nothing_of_it() {
    let mut rig = Rig::new();
    let transaction = rig.invite(&phone("INVITE", 1, "", &[], SDP));
    rig.takes();
    rig.orders(Order::Ringing);
    rig.cancels(transaction, "");
    assert_eq!(rig.told(), [hangup(Some(Cause::INTERWORKING), "487")]);
}

#[test]
fn a_call_is_set_before_it_is_answered() {
    let mut rig = Rig::new();
    rig.invite(&phone(
        "INVITE",
        1,
        "",
        &[],
        &SDP.replace("AVP 0 101", "AVP 0 8 101"),
    ));
    rig.takes();
    rig.wire();
    for (name, value) in [("media_offer", "alaw"), ("dtmf_mode", "info")] {
        let value = value.into();
        rig.orders(Order::Set { name, value });
    }
    rig.orders(Order::Answer);
    let answer = rig.answered();
    let body = String::from_utf8_lossy(&answer.body).into_owned();
    assert!(body.contains("RTP/AVP 8\r\n"), "{body}");
    rig.acks(&phone("ACK", 1, &our_tag(&answer), &[], ""));
    assert!(rig.words().is_empty());
}

#[test]
fn the_code_of_a_refusal_may_be_chosen() {
    let mut rig = Rig::new();
    rig.invite(&phone("INVITE", 1, "", &[], SDP));
    rig.takes();
    rig.wire();
    let name = "response_code";
    let value = "433".into();
    rig.orders(Order::Set { name, value });
    rig.orders(Order::Hangup(Cause(21)));
    assert_eq!(rig.words(), ["433"]);
    rig.is_clean();
}

#[test]
fn codecs_are_answered_in_the_order_that_is_preferred() {
    for (word, line) in [
        ("local", "RTP/AVP 0 8 101"),
        ("local_first", "RTP/AVP 0 101"),
        ("remote", "RTP/AVP 8 0 101"),
        ("remote_first", "RTP/AVP 8 101"),
    ] {
        let mut rig = Rig::with(Endpoint {
            incoming_call_offer_pref: OfferPref::of_word(word),
            ..endpoint()
        });
        rig.invite(&phone(
            "INVITE",
            1,
            "",
            &[],
            &SDP.replace("AVP 0 101", "AVP 8 9 0 101"),
        ));
        rig.takes();
        rig.wire();
        rig.orders(Order::Answer);
        let body = String::from_utf8(rig.answered().body).unwrap();
        assert!(body.contains(&format!("{line}\r\n")), "{word}: {body}");
    }
}
