//! What happens inside a call: changes from both sides, session timers, digits, texts.

// Long because each rule has a test of its own.

use std::time::Duration;

use engine::{FromChannel, Input};
use media::session::Digits;
use rsipstack::sip::Method;
use switch::fact::Fact;
use switch::signal::{Notification, Order, Signal};
use switch::{Cause, Party};

use super::rig::*;
use crate::settings::{DtmfMode, Endpoint, Timers};
use crate::wire::{ToWire, Unanswered};

#[test]
fn rfc_3264_8_4_hold_and_its_end_are_told() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    assert!(rig.asks(&phone("INVITE", 2, &tag, &[], &sdp("sendonly"))));
    let answer = rig.answered();
    assert!(String::from_utf8_lossy(&answer.body).contains("a=recvonly"));
    rig.acks(&phone("ACK", 2, &tag, &[], ""));
    assert_eq!(rig.told(), [signal(Signal::Hold("default".into()))]);
    assert!(rig.asks(&phone("INVITE", 3, &tag, &[], &sdp("sendrecv"))));
    rig.acks(&phone("ACK", 3, &tag, &[], ""));
    assert_eq!(rig.told(), [signal(Signal::Unhold)]);
    // UPDATE does as well (RFC 3311), without an ACK.
    rig.wire();
    assert!(rig.asks(&phone("UPDATE", 4, &tag, &[], &sdp("inactive"))));
    assert_eq!(rig.words(), ["200"]);
    assert_eq!(rig.told(), [signal(Signal::Hold("default".into()))]);
    rig.passes(Duration::from_secs(60));
    assert!(rig.words().is_empty());
}

#[test]
fn rfc_3261_12_2_2_what_was_overtaken_is_refused() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    assert!(rig.asks(&phone("OPTIONS", 5, &tag, &[], "")));
    assert!(rig.asks(&phone("INFO", 4, &tag, &[], "")));
    assert_eq!(rig.words(), ["200", "500"]);
}

#[test]
fn rfc_3261_12_2_2_a_dialog_that_is_none_is_not_found() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    assert!(!rig.asks(&phone("BYE", 2, "other", &[], "")));
    let foreign = phone("BYE", 2, &tag, &[], "");
    assert!(!rig.asks(&foreign.replace("tag=them", "tag=others")));
    assert!(!rig.asks(&foreign.replace("one@", "two@")));
    assert_eq!(rig.calls.counts().calls, 1);
}

#[test]
fn rfc_3261_14_2_a_change_that_cannot_be_taken_leaves_the_call_as_it_was() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    let before = rig.sound.open.clone();
    assert!(rig.asks(&phone(
        "INVITE",
        2,
        &tag,
        &[],
        &SDP.replace("AVP 0", "AVP 18")
    )));
    assert!(rig.asks(&phone("INVITE", 3, &tag, &["Require: frobnicate"], SDP)));
    assert_eq!(rig.words(), ["488", "420"]);
    assert_eq!(rig.sound.open, before);
    assert!(rig.told().is_empty());
}

#[test]
fn rfc_3261_14_2_a_change_before_the_ack_of_the_last_waits() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    assert!(rig.asks(&phone("INVITE", 2, &tag, &[], SDP)));
    assert!(rig.asks(&phone("INVITE", 3, &tag, &[], SDP)));
    assert_eq!(rig.words(), ["200", "491"]);
    rig.acks(&phone("ACK", 2, &tag, &[], ""));
    assert!(rig.asks(&phone("INVITE", 4, &tag, &[], SDP)));
    assert_eq!(rig.words(), ["200"]);
}

#[test]
fn rfc_3261_14_1_both_at_once_try_again_later() {
    let mut rig = Rig::with(Endpoint {
        moh_passthrough: true,
        ..endpoint()
    });
    let tag = up(&mut rig, &[]);
    rig.orders(Order::Hold("default".into()));
    let ours = rig.ours();
    assert!(ours.body().contains("a=sendonly"));
    assert!(rig.asks(&phone("INVITE", 2, &tag, &[], SDP)));
    assert_eq!(rig.words(), ["491"]);
    rig.answers(&ours, 491, "", "", "");
    assert!(rig.words().is_empty());
    // The Call-ID is theirs: we wait up to two seconds, and theirs comes first or second.
    rig.passes(Duration::from_secs(2));
    let again = rig.ours();
    assert_eq!(again.request.method, Method::Invite);
    rig.answers(&again, 200, "", "", &sdp("recvonly"));
    assert_eq!(rig.words(), ["ACK"]);
    assert!(rig.told().is_empty());
}

#[test]
fn rfc_3261_12_2_1_2_a_far_end_that_knows_of_no_call_has_none() {
    for code in [481, 408] {
        let mut rig = Rig::with(Endpoint {
            moh_passthrough: true,
            ..endpoint()
        });
        up(&mut rig, &[]);
        rig.orders(Order::Hold("default".into()));
        let ours = rig.ours();
        rig.answers(&ours, code, "", "", "");
        assert_eq!(rig.signals(), [hangup(Some(Cause(102)), &code.to_string())]);
        let bye = rig.ours();
        rig.is_silent(&bye, Unanswered::Timeout);
        rig.is_clean();
    }
}

#[test]
fn rfc_4028_9_they_refresh_or_the_call_is_over() {
    let mut rig = Rig::new();
    let timer = &["Supported: timer", "Session-Expires: 600;refresher=uac"];
    let tag = up(&mut rig, timer);
    rig.passes(Duration::from_secs(560));
    assert!(rig.asks(&phone("UPDATE", 2, &tag, timer, "")));
    let answer = rig.answered();
    assert_eq!(header(&answer, "Session-Expires"), "600;refresher=uac");
    assert_eq!(header(&answer, "Require"), "timer");
    rig.passes(Duration::from_secs(567));
    assert!(rig.signals().is_empty());
    rig.passes(Duration::from_secs(1));
    assert_eq!(rig.signals(), [hangup(Some(Cause(102)), "408")]);
    assert_eq!(rig.words(), ["BYE"]);
    rig.passes(Duration::from_secs(100));
    rig.is_clean();
}

#[test]
fn rfc_4028_10_we_refresh_by_update_where_they_take_it() {
    let mut rig = Rig::new();
    up(
        &mut rig,
        &[
            "Supported: timer",
            "Session-Expires: 600;refresher=uas",
            "Allow: INVITE, UPDATE",
        ],
    );
    for _ in 0..3 {
        rig.passes(Duration::from_secs(299));
        assert!(rig.words().is_empty());
        rig.passes(Duration::from_secs(1));
        let refresh = rig.ours();
        assert_eq!(refresh.request.method, Method::Update);
        assert_eq!(refresh.header("Session-Expires"), "600;refresher=uac");
        rig.answers(
            &refresh,
            200,
            "",
            "Session-Expires: 600;refresher=uac\r\n",
            "",
        );
    }
    assert!(rig.signals().is_empty());
    rig.passes(Duration::from_secs(300));
    let refresh = rig.ours();
    rig.is_silent(&refresh, Unanswered::Timeout);
    assert_eq!(rig.signals(), [hangup(Some(Cause(102)), "408")]);
}

#[test]
fn rfc_4028_10_we_refresh_by_invite_otherwise_and_say_the_same() {
    let mut rig = Rig::with(Endpoint {
        timers: Timers::Always,
        ..endpoint()
    });
    up(&mut rig, &[]);
    rig.passes(Duration::from_secs(900));
    let refresh = rig.ours();
    assert_eq!(refresh.request.method, Method::Invite);
    assert!(
        refresh.body().contains("m=audio 10002 RTP/AVP 0 8 101"),
        "{}",
        refresh.body()
    );
    rig.answers(&refresh, 200, "", "", SDP);
    assert_eq!(rig.words(), ["ACK"]);
    // Many refreshes leave nothing behind.
    let before = rig.calls.counts();
    for _ in 0..5 {
        rig.passes(Duration::from_secs(900));
        let refresh = rig.ours();
        rig.answers(&refresh, 200, "", "", SDP);
        rig.wire();
    }
    assert_eq!(rig.calls.counts(), before);
}

#[test]
fn digits_come_by_info() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    let kind = "Content-Type: application/dtmf-relay";
    assert!(rig.asks(&phone(
        "INFO",
        2,
        &tag,
        &[kind],
        "Signal=5\r\nDuration=160\r\n"
    )));
    let span = Duration::from_millis(160);
    let expected = [
        FromChannel::DigitBegin('5'),
        FromChannel::DigitEnd('5', span),
    ];
    assert_eq!(rig.told(), expected);
    assert!(rig.asks(&phone("INFO", 3, &tag, &[kind], "Signal=x")));
    assert!(rig.asks(&phone("INFO", 4, &tag, &["Content-Type: a/b"], "x")));
    assert!(rig.asks(&phone("INFO", 5, &tag, &[], "")));
    assert_eq!(rig.words(), ["200", "400", "415", "200"]);
    assert!(rig.told().is_empty());
}

#[test]
fn digits_go_as_the_mode_says() {
    let mut rig = Rig::new();
    up(&mut rig, &[]);
    let span = Duration::from_millis(100);
    rig.orders(Order::DigitBegin('1'));
    rig.orders(Order::DigitEnd('1', span));
    assert_eq!(rig.sound.digits, [('1', None), ('1', Some(span))]);
    let mut rig = Rig::with(Endpoint {
        dtmf_mode: DtmfMode::Info,
        ..endpoint()
    });
    up(&mut rig, &[]);
    let agreed = rig.sound.open.values().next().unwrap().clone().unwrap();
    assert_eq!((agreed.digits, agreed.events), (Digits::Signalled, None));
    rig.orders(Order::DigitBegin('#'));
    rig.orders(Order::DigitEnd('#', span));
    let info = rig.ours();
    assert_eq!(info.header("Content-Type"), "application/dtmf-relay");
    assert_eq!(info.body(), "Signal=#\r\nDuration=100\r\n");
    assert!(rig.sound.digits.is_empty());
}

#[test]
fn texts_go_both_ways() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    let kind = "Content-Type: text/plain";
    assert!(rig.asks(&phone("MESSAGE", 2, &tag, &[kind], "hello")));
    assert_eq!(rig.told(), [signal(Signal::Text("hello".into()))]);
    rig.wire();
    rig.orders(Order::Text("grüezi".into()));
    let message = rig.ours();
    assert_eq!(
        (message.request.method, &*message.body()),
        (Method::Message, "grüezi")
    );
}

#[test]
fn rfc_3325_a_new_party_is_told_inside_the_call() {
    let mut rig = Rig::with(Endpoint {
        send_pai: true,
        ..endpoint()
    });
    up(&mut rig, &["Allow: UPDATE"]);
    let party = Party::parse("Bob <6002>");
    rig.orders(Order::Connected(party.clone()));
    let update = rig.ours();
    assert_eq!(update.request.method, Method::Update);
    assert_eq!(
        update.header("P-Asserted-Identity"),
        "\"Bob\" <sip:6002@192.0.2.1>"
    );
    // Nothing new is not said again.
    rig.orders(Order::Connected(party));
    assert!(rig.words().is_empty());
    // One who does not take UPDATE gets an INVITE.
    rig.answers(&update, 501, "", "", "");
    assert_eq!(rig.words(), ["INVITE"]);
}

#[test]
fn rfc_3311_5_2_offers_do_not_cross() {
    let mut rig = Rig::with(Endpoint {
        moh_passthrough: true,
        ..endpoint()
    });
    let tag = up(&mut rig, &[]);
    rig.orders(Order::Hold("default".into()));
    rig.wire();
    assert!(rig.asks(&phone("UPDATE", 2, &tag, &[], SDP)));
    assert!(rig.asks(&phone("UPDATE", 3, &tag, &[], "")));
    assert_eq!(rig.words(), ["491", "200"]);
}

#[test]
fn a_far_end_that_falls_silent_is_hung_up() {
    let mut rig = Rig::new();
    up(&mut rig, &[]);
    rig.does(|calls, cx| calls.silent(cx, CHANNEL));
    assert_eq!(rig.signals(), [hangup(Some(Cause(102)), "408")]);
    let bye = rig.ours();
    rig.answers(&bye, 200, "", "", "");
    rig.is_clean();
}

#[test]
fn byes_that_cross_end_the_call_once() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    rig.orders(Order::Hangup(Cause::NORMAL));
    let bye = rig.ours();
    assert!(rig.asks(&phone("BYE", 2, &tag, &["Reason: Q.850;cause=16"], "")));
    assert_eq!(rig.words(), ["200"]);
    assert_eq!(rig.signals(), [hangup(None, "")]);
    rig.is_clean();
    rig.answers(&bye, 200, "", "", "");
    assert!(rig.words().is_empty());
}

#[test]
fn rfc_3261_12_2_1_1_requests_follow_the_route() {
    let mut rig = Rig::new();
    up(
        &mut rig,
        &["Record-Route: <sip:p1.example.com;lr>, <sip:p2.example.com>"],
    );
    rig.orders(Order::Hangup(Cause::NORMAL));
    let bye = rig.ours();
    assert_eq!(bye.request.uri.to_string(), "sip:6001@192.0.2.9:5071");
    let routes: Vec<&str> = bye
        .request
        .headers
        .iter()
        .filter(|header| header.name() == "Route")
        .map(|header| header.value())
        .collect();
    assert_eq!(routes, ["<sip:p1.example.com;lr>", "<sip:p2.example.com>"]);
    // A proxy of old wants to be asked itself.
    let mut rig = Rig::new();
    up(&mut rig, &["Record-Route: <sip:old.example.com>"]);
    rig.orders(Order::Hangup(Cause::NORMAL));
    let bye = rig.ours();
    assert_eq!(bye.request.uri.to_string(), "sip:old.example.com");
    assert_eq!(bye.header("Route"), "<sip:6001@192.0.2.9:5071>");
}

#[test]
fn a_late_answer_to_our_change_after_the_end_is_acknowledged() {
    let mut rig = Rig::with(Endpoint {
        moh_passthrough: true,
        ..endpoint()
    });
    up(&mut rig, &[]);
    rig.orders(Order::Hold("default".into()));
    let change = rig.ours();
    rig.orders(Order::Hangup(Cause::NORMAL));
    let bye = rig.ours();
    rig.answers(&change, 200, "", "", SDP);
    assert!(matches!(rig.wire().as_slice(), [ToWire::Ack { .. }]));
    rig.answers(&bye, 200, "", "", "");
    rig.is_clean();
}

#[test]
fn requests_go_where_the_far_end_says_that_it_is() {
    use crate::wire::Target;
    let elsewhere = |endpoint: Endpoint| {
        let mut rig = Rig::with(endpoint);
        let text = phone("INVITE", 1, "", &[], SDP).replace("192.0.2.9:5071>", "192.0.2.77:5099>");
        rig.invite(&text);
        rig.takes();
        rig.wire();
        rig.orders(Order::Answer);
        let tag = our_tag(&rig.answered());
        rig.acks(&phone("ACK", 1, &tag, &[], ""));
        rig.orders(Order::Hangup(Cause::NORMAL));
        rig.ours().target
    };
    assert!(matches!(elsewhere(endpoint()), Target::Named { .. }));
    // One behind a NAT is where its messages come from.
    let behind = Endpoint {
        rewrite_contact: true,
        ..endpoint()
    };
    assert_eq!(elsewhere(behind), Target::Flow(flow()));
    let mut rig = Rig::new();
    up(&mut rig, &[]);
    rig.orders(Order::Hangup(Cause::NORMAL));
    assert_eq!(rig.ours().target, Target::Flow(flow()));
}

#[test]
fn orders_that_come_too_late_change_nothing() {
    let mut rig = Rig::new();
    up(&mut rig, &[]);
    for order in [
        Order::Ringing,
        Order::Progress,
        Order::Proceeding,
        Order::Busy,
        Order::Congestion,
        Order::Answer,
    ] {
        rig.orders(order);
    }
    assert!(rig.words().is_empty());
    assert!(rig.told().is_empty());
    assert_eq!(rig.calls.counts().calls, 1);
    let mut rig = Rig::new();
    rig.calls_out("6001");
    rig.told();
    rig.orders(Order::Answer);
    rig.orders(Order::Busy);
    assert!(rig.words().is_empty());
    assert_eq!(rig.calls.counts().calls, 1);
}

#[test]
fn rfc_3261_11_a_quiet_far_end_is_asked_whether_it_is_there() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    rig.passes(Duration::from_secs(100));
    assert!(rig.asks(&phone("INFO", 2, &tag, &[], "")));
    rig.wire();
    rig.passes(Duration::from_secs(179));
    assert!(rig.words().is_empty());
    rig.passes(Duration::from_secs(1));
    let probe = rig.ours();
    assert_eq!(probe.request.method, Method::Options);
    rig.answers(&probe, 405, "", "", "");
    rig.passes(Duration::from_secs(180));
    let probe = rig.ours();
    assert!(rig.told().is_empty());
    rig.is_silent(&probe, Unanswered::Timeout);
    assert_eq!(rig.signals(), [hangup(Some(Cause(102)), "408")]);
    let bye = rig.ours();
    rig.is_silent(&bye, Unanswered::Timeout);
    rig.is_clean();
    // A session timer does that otherwise.
    let mut rig = Rig::new();
    up(
        &mut rig,
        &["Supported: timer", "Session-Expires: 600;refresher=uac"],
    );
    rig.passes(Duration::from_secs(500));
    assert!(rig.words().is_empty());
}

#[test]
fn the_dialplan_changes_how_digits_travel() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    let set = |name, value: &str| Order::Set {
        name,
        value: value.into(),
    };
    rig.orders(set("dtmf_mode", "info"));
    // At once for what we send, and the far end is asked anew without telephone events.
    let change = rig.ours();
    assert_eq!(change.request.method, Method::Invite);
    assert!(!change.body().contains("telephone-event"));
    let mode = |rig: &Rig| {
        let agreed = rig.sound.open.values().next().unwrap().as_ref().unwrap();
        (agreed.digits, agreed.events)
    };
    assert_eq!(mode(&rig).0, Digits::Signalled);
    let plain = SDP
        .replace(" 0 101", " 0")
        .replace("a=rtpmap:101 telephone-event/8000\r\n", "");
    rig.answers(&change, 200, "", "", &plain);
    assert_eq!(rig.words(), ["ACK"]);
    assert_eq!(mode(&rig), (Digits::Signalled, None));
    rig.orders(set("dtmf_mode", "info"));
    assert!(rig.words().is_empty(), "nothing has changed");
    rig.orders(set("dtmf_mode", "rfc4733"));
    let change = rig.ours();
    assert!(change.body().contains("101 telephone-event"));
    rig.answers(&change, 200, "", "", SDP);
    assert_eq!(mode(&rig), (Digits::Events, Some(101)));
    assert!(rig.asks(&phone("BYE", 9, &tag, &[], "")));
}

#[test]
fn the_dialplan_has_the_sound_agreed_on_anew() {
    let mut rig = Rig::new();
    up(&mut rig, &["Allow: INVITE, UPDATE"]);
    let set = |name, value: &str| Order::Set {
        name,
        value: value.into(),
    };
    rig.orders(set("media_offer", "!all,alaw"));
    assert!(rig.words().is_empty(), "only the next offer says it");
    rig.orders(set("session_refresh", "update"));
    let update = rig.ours();
    assert_eq!(update.request.method, Method::Update);
    assert!(update.body().contains("RTP/AVP 8 101"), "{}", update.body());
    let answer = SDP.replace("AVP 0 101", "AVP 8 101");
    rig.answers(&update, 200, "", "", &answer);
    assert!(rig.words().is_empty(), "UPDATE has no ACK");
    assert_eq!(rig.told(), [FromChannel::Format("alaw".into())]);
    rig.orders(set("session_refresh", "invite"));
    assert_eq!(rig.ours().request.method, Method::Invite);
}

#[test]
fn what_the_dialplan_cannot_change_is_warned_of() {
    let mut rig = Rig::new();
    up(&mut rig, &[]);
    for (name, value) in [
        ("dtmf_mode", "smoke"),
        ("media_offer", "smoke"),
        ("session_refresh", "smoke"),
        ("transfer_handling", "ari-only"),
        ("smoke", ""),
    ] {
        let value = value.into();
        rig.orders(Order::Set { name, value });
        let told = std::mem::take(&mut rig.out.engine);
        assert!(!told.is_empty(), "{name}");
        for told in told {
            assert!(matches!(told, Input::Saw(Fact::Log { .. })), "{told:?}");
        }
    }
    assert!(rig.words().is_empty());
    let set = |name, value: &str| Order::Set {
        name,
        value: value.into(),
    };
    rig.orders(set("transfer_handling", "core"));
    rig.orders(set("moh_passthrough", "yes"));
    assert!(rig.out.engine.is_empty());
    rig.orders(Order::Hold("default".into()));
    assert!(rig.ours().body().contains("a=sendonly"));
}

#[test]
fn a_notify_goes_inside_the_call() {
    let mut rig = Rig::new();
    up(&mut rig, &[]);
    let lines = [
        ("Event", "talk"),
        ("Via", "x"),
        ("Content-Type", "a/b"),
        ("Content", "1"),
    ];
    let lines = lines.map(|(name, value)| (name.into(), value.into()));
    let order = |content| Order::Notify {
        to: "".into(),
        content,
    };
    rig.orders(order(Notification::Lines(lines.into())));
    let notify = rig.ours();
    assert_eq!(notify.request.method, Method::Notify);
    assert_eq!(notify.header("Event"), "talk");
    assert_eq!(notify.header("Subscription-State"), "terminated");
    assert_eq!(notify.header("Content-Type"), "a/b");
    assert_eq!(
        notify.header("Via"),
        "",
        "what a message is made of stays ours"
    );
    assert_eq!(notify.body(), "1");
    rig.answers(&notify, 489, "", "", "");
    assert!(
        rig.told().is_empty(),
        "a phone that does not know it talks on"
    );
    rig.orders(order(Notification::Named("none".into())));
    assert!(rig.words().is_empty());
}

#[test]
fn rfc_3261_14_2_a_change_without_an_offer_is_answered_with_ours() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    let remote = |rig: &Rig| {
        let agreed = rig.sound.open.values().next().unwrap().as_ref().unwrap();
        agreed.remote.unwrap().port()
    };
    assert!(rig.asks(&phone("INVITE", 2, &tag, &[], "")));
    let offer = String::from_utf8(rig.answered().body).unwrap();
    assert!(offer.contains("m=audio "), "{offer}");
    // Nothing may be asked of them before that is answered.
    rig.orders(Order::Set {
        name: "session_refresh",
        value: "invite".into(),
    });
    assert!(rig.words().is_empty());
    rig.acks(&phone("ACK", 2, &tag, &[], &SDP.replace("17000", "19000")));
    assert_eq!(remote(&rig), 19000);
    assert_eq!(rig.words(), ["INVITE"]);
    // Without an answer what was agreed on holds.
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    assert!(rig.asks(&phone("INVITE", 2, &tag, &[], "")));
    rig.acks(&phone("ACK", 2, &tag, &[], ""));
    assert_eq!(remote(&rig), 17000);
    assert_eq!(rig.words(), ["200"]);
    assert!(rig.told().is_empty());
}

#[test]
fn rfc_2543_a_hold_of_old_is_one() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    let nowhere = SDP.replace("c=IN IP4 192.0.2.9", "c=IN IP4 0.0.0.0");
    assert!(rig.asks(&phone("INVITE", 2, &tag, &[], &nowhere)));
    assert_eq!(rig.told(), [signal(Signal::Hold("default".into()))]);
}
