//! REFER and `Replaces`.

use std::time::Duration;

use engine::{FromChannel, Input, Reception};
use switch::signal::{Order, Signal};
use switch::{Cause, ChannelId};

use super::rig::*;
use crate::settings::Endpoint;
use crate::wire::{ToWire, Unanswered};

/// What the engine is asked for: extension, the other call, and the way back.
type Wanted = (String, Option<ChannelId>, Box<dyn FnOnce(bool)>);

fn wanted(rig: &mut Rig) -> Wanted {
    let mut inputs = std::mem::take(&mut rig.out.engine);
    assert_eq!(inputs.len(), 1, "{inputs:?}");
    match inputs.remove(0) {
        Input::Transfer {
            channel,
            exten,
            attended,
            reply,
        } => {
            assert_eq!(channel, CHANNEL);
            (
                exten.to_string(),
                attended,
                Box::new(|well| reply.send(well)),
            )
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn rfc_3515_a_blind_transfer_is_asked_for_and_reported() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    let line = "Refer-To: <sip:200%2a@192.0.2.1;user=phone>";
    assert!(rig.asks(&phone("REFER", 2, &tag, &[line], "")));
    let mut wire = rig.wire();
    let notify = Ours::of(wire.pop().unwrap());
    assert!(
        matches!(&wire[0], ToWire::Respond { response, .. } if response.status_code.code() == 202)
    );
    assert_eq!(notify.header("Event"), "refer;id=2");
    assert_eq!(notify.body(), "SIP/2.0 100 Trying\r\n");
    rig.answers(&notify, 200, "", "", "");
    let (exten, attended, reply) = wanted(&mut rig);
    assert_eq!((&*exten, attended), ("200*", None));
    reply(true);
    rig.hears_back();
    let notify = rig.ours();
    assert_eq!(notify.body(), "SIP/2.0 200 OK\r\n");
    assert_eq!(
        notify.header("Subscription-State"),
        "terminated;reason=noresource"
    );
    rig.orders(Order::Hangup(Cause::NORMAL));
    assert_eq!(rig.words(), ["BYE"]);
}

#[test]
fn rfc_3515_a_transfer_that_fails_is_reported_too() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    assert!(rig.asks(&phone("REFER", 2, &tag, &["Refer-To: sip:200@x"], "")));
    rig.wire();
    let (_, _, reply) = wanted(&mut rig);
    reply(false);
    rig.hears_back();
    assert_eq!(rig.ours().body(), "SIP/2.0 503 Service Unavailable\r\n");
}

#[test]
fn rfc_4488_whoever_wants_no_report_gets_none() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    let lines = ["Refer-To: <sip:200@x>", "Refer-Sub: false"];
    assert!(rig.asks(&phone("REFER", 2, &tag, &lines, "")));
    let answer = rig.answered();
    assert_eq!(header(&answer, "Refer-Sub"), "false");
    let (_, _, reply) = wanted(&mut rig);
    reply(true);
    rig.hears_back();
    assert!(rig.words().is_empty());
}

#[test]
fn rfc_3891_an_attended_transfer_names_the_other_call() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    // The phone's other call: one of ours to it.
    let other = ChannelId(8);
    rig.orders_on(
        other,
        Order::Call {
            destination: "6001".into(),
            caller: Default::default(),
            diverted: None,
            formats: Default::default(),
        },
    );
    let invite = rig.ours();
    rig.answers(
        &invite,
        200,
        "far",
        "Contact: <sip:6001@192.0.2.9:5071>\r\n",
        SDP,
    );
    rig.wire();
    rig.told();
    let ours = crate::call::dialog::tag_of(invite.header("From"));
    let call_id = invite.header("Call-ID").to_owned();
    let line = |to: &str| {
        format!("Refer-To: <sip:6001@x?Replaces={call_id}%3Bto-tag%3D{to}%3Bfrom-tag%3Dfar>")
    };
    assert!(rig.asks(&phone("REFER", 2, &tag, &[&line("wrong")], "")));
    assert_eq!(rig.words(), ["481"]);
    assert!(rig.asks(&phone("REFER", 3, &tag, &[&line(&ours)], "")));
    let (exten, attended, _) = wanted(&mut rig);
    assert_eq!((&*exten, attended), ("", Some(other)));
}

#[test]
fn rfc_3515_2_4_2_what_is_no_refer_is_refused() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    let two = ["Refer-To: <sip:a@x>", "Refer-To: <sip:b@x>"];
    assert!(rig.asks(&phone("REFER", 2, &tag, &two, "")));
    assert!(rig.asks(&phone("REFER", 3, &tag, &[], "")));
    assert!(rig.asks(&phone("REFER", 4, &tag, &["Refer-To: <nonsense>"], "")));
    assert!(rig.asks(&phone("REFER", 5, &tag, &["Refer-To: <sip:x>"], "")));
    assert_eq!(rig.words(), ["400", "400", "400", "404"]);
    let mut rig = Rig::with(Endpoint {
        allow_transfer: false,
        ..endpoint()
    });
    let tag = up(&mut rig, &[]);
    assert!(rig.asks(&phone("REFER", 2, &tag, &["Refer-To: <sip:a@x>"], "")));
    assert_eq!(rig.words(), ["603"]);
    assert!(rig.told().is_empty());
}

#[test]
fn rfc_3891_3_an_invite_takes_the_place_of_a_call() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    let fresh = |sequence: u32, replaces: &str| {
        phone("INVITE", sequence, "", &[replaces], SDP)
            .replace("Call-ID: one@", "Call-ID: two@")
            .replace(">;tag=them", ">;tag=new")
    };
    let named =
        |to: &str, more: &str| format!("Replaces: one@192.0.2.9;to-tag={to};from-tag=them{more}");
    rig.invite(&fresh(1, &named("wrong", "")));
    assert_eq!(rig.words(), ["481"]);
    rig.invite(&fresh(2, &named(&tag, ";early-only")));
    assert_eq!(rig.words(), ["486"]);
    rig.invite(&fresh(3, "Replaces: nonsense"));
    assert_eq!(rig.words(), ["400"]);
    rig.invite(&fresh(4, &named(&tag, "")));
    let incoming = rig.incoming();
    assert_eq!(incoming.replaces, Some(CHANNEL));
    incoming.reply.send(Reception::Made(ChannelId(9)));
    rig.hears_back();
    rig.orders(Order::Hangup(Cause::NORMAL));
    rig.wire();
    rig.told();
    // RFC 3891, 3: the call has ended.
    rig.invite(&fresh(5, &named(&tag, "")));
    assert_eq!(rig.words(), ["603"]);
}

fn away(success: bool, figure: u16) -> FromChannel {
    signal(Signal::Transferred { success, figure })
}

fn news(sequence: u32, tag: &str, state: &str, line: &str) -> String {
    let state = format!("Subscription-State: {state}");
    let lines = ["Event: refer", &state, "Content-Type: message/sipfrag"];
    phone("NOTIFY", sequence, tag, &lines, line)
}

#[test]
fn the_far_end_is_sent_elsewhere_before_the_answer() {
    let mut rig = Rig::new();
    rig.invite(&phone("INVITE", 1, "", &[], SDP));
    rig.takes();
    rig.wire();
    rig.orders(Order::Transfer("200".into()));
    let answer = rig.answered();
    assert_eq!(answer.status_code.code(), 302);
    assert_eq!(header(&answer, "Contact"), "<sip:200@192.0.2.1>");
    let told = rig.signals();
    assert_eq!(told[0], away(true, 0));
    assert_eq!(told.len(), 2);
    rig.is_clean();
}

/// A call whose far end was sent elsewhere by REFER and took that; our tag.
fn referred(rig: &mut Rig, more: &str) -> String {
    let tag = up(rig, &[]);
    rig.orders(Order::Transfer("sip:200@example.com".into()));
    let refer = rig.ours();
    assert_eq!(refer.header("Refer-To"), "<sip:200@example.com>");
    assert!(rig.signals().is_empty());
    rig.answers(&refer, 202, "", more, "");
    tag
}

#[test]
fn rfc_3515_2_4_5_what_became_of_our_refer_is_told() {
    for (line, told) in [
        ("SIP/2.0 200 OK\r\n", away(true, 0)),
        ("SIP/2.0 486 Busy Here\r\n", away(false, 486)),
        ("SIP/2.0 603 Decline\r\n", away(false, 603)),
    ] {
        let mut rig = Rig::new();
        let tag = referred(&mut rig, "");
        let trying = news(2, &tag, "active;expires=60", "SIP/2.0 100 Trying\r\n");
        assert!(rig.asks(&trying));
        assert_eq!(rig.words(), ["200"]);
        assert!(rig.signals().is_empty());
        assert!(rig.asks(&news(3, &tag, "terminated", line)));
        // The dialplan goes on: it is for it to hang up.
        assert_eq!(rig.words(), ["200"]);
        assert_eq!(rig.signals(), [told]);
        // What comes after the end of it tells nothing.
        assert!(rig.asks(&news(4, &tag, "terminated", "SIP/2.0 200 OK\r\n")));
        assert!(rig.signals().is_empty());
        rig.orders(Order::Hangup(Cause::NORMAL));
        assert_eq!(rig.words(), ["200", "BYE"]);
    }
}

#[test]
fn a_refer_that_is_refused_or_forgotten_has_failed() {
    let mut rig = Rig::new();
    up(&mut rig, &[]);
    rig.orders(Order::Transfer("200".into()));
    let refer = rig.ours();
    rig.answers(&refer, 603, "", "", "");
    assert_eq!(rig.signals(), [away(false, 603)]);
    let mut rig = Rig::new();
    let tag = referred(&mut rig, "");
    assert!(rig.asks(&news(2, &tag, "terminated;reason=timeout", "")));
    assert_eq!(rig.signals(), [away(false, 0)]);
    let mut rig = Rig::new();
    referred(&mut rig, "");
    rig.passes(Duration::from_secs(301));
    assert_eq!(rig.signals(), [away(false, 408)]);
    let mut rig = Rig::new();
    up(&mut rig, &[]);
    rig.orders(Order::Transfer("200".into()));
    let refer = rig.ours();
    rig.is_silent(&refer, Unanswered::Timeout);
    let told = rig.signals();
    assert_eq!(told, [away(false, 408), hangup(Some(Cause(102)), "408")]);
}

#[test]
fn rfc_4488_who_takes_a_refer_without_news_went() {
    let mut rig = Rig::new();
    referred(&mut rig, "Refer-Sub: false\r\n");
    assert_eq!(rig.signals(), [away(true, 0)]);
    // So did whoever hangs up after having taken it.
    let mut rig = Rig::new();
    let tag = referred(&mut rig, "");
    assert!(rig.asks(&phone("BYE", 2, &tag, &[], "")));
    assert_eq!(rig.signals(), [away(true, 0), hangup(None, "")]);
    rig.is_clean();
}

#[test]
fn news_of_anything_else_is_refused() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    assert!(rig.asks(&phone("NOTIFY", 4, &tag, &["Event: presence"], "")));
    assert_eq!(rig.words(), ["489"]);
}
