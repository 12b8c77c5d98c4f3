//! 3xx, and who sent a call on.

use switch::signal::{Forward, Order, Signal};
use switch::{Cause, Party};

use super::rig::*;
use crate::settings::{Endpoint, RedirectMethod};

fn with(redirect_method: RedirectMethod) -> Rig {
    Rig::with(Endpoint {
        redirect_method,
        ..endpoint()
    })
}

fn forwarded(to: Forward, reason: &str) -> engine::FromChannel {
    let reason = reason.into();
    signal(Signal::Forwarded { to, reason })
}

#[test]
fn rfc_3261_8_1_3_4_the_dialplan_calls_the_user_of_a_302() {
    let mut rig = with(RedirectMethod::User);
    let invite = rig.calls_out("6001");
    let more = "Contact: <sip:300@x>;q=0.2, \"B, C\" <sip:2%2a00@192.0.2.7>;q=0.9\r\n\
        Diversion: <sip:6001@x>;reason=user-busy\r\n";
    rig.answers(&invite, 302, "far", more, "");
    assert_eq!(
        rig.signals(),
        [
            forwarded(Forward::Exten("2*00".into()), "cfb"),
            hangup(Some(Cause::NORMAL), "302")
        ]
    );
    rig.is_clean();
}

#[test]
fn the_dialplan_calls_the_address_of_a_302() {
    let mut rig = with(RedirectMethod::UriCore);
    let invite = rig.calls_out("6001");
    rig.answers(
        &invite,
        301,
        "far",
        "Contact: sip:200@192.0.2.7:5062\r\n",
        "",
    );
    let to = Forward::Dialled("PJSIP/6001/sip:200@192.0.2.7:5062".into());
    assert_eq!(rig.signals()[0], forwarded(to, "cfu"));
    rig.is_clean();
}

#[test]
fn what_names_nobody_to_call_is_a_refusal() {
    for (code, more) in [
        (302, ""),
        (302, "Contact: <mailto:a@x>\r\n"),
        (305, "Contact: <sip:200@x>\r\n"),
        (380, "Contact: <sip:200@x>\r\n"),
    ] {
        for method in [RedirectMethod::User, RedirectMethod::UriPjsip] {
            let mut rig = with(method);
            let invite = rig.calls_out("6001");
            rig.answers(&invite, code, "far", more, "");
            assert_eq!(rig.signals().len(), 1, "{code} {more}");
            rig.is_clean();
        }
    }
}

#[test]
fn rfc_3261_8_1_3_4_an_invite_goes_where_it_is_sent_and_nowhere_twice() {
    let mut rig = with(RedirectMethod::UriPjsip);
    let first = rig.calls_out("6001");
    let more = "Contact: <sip:6001@192.0.2.9:5071>, <sip:200@192.0.2.7:5062>\r\n\
        Record-Route: <sip:proxy.example.com;lr>\r\n";
    rig.answers(&first, 180, "far", more, "");
    rig.signals();
    rig.answers(&first, 302, "far", more, "");
    let second = rig.ours();
    assert!(rig.signals().is_empty());
    assert_eq!(second.request.uri.to_string(), "sip:200@192.0.2.7:5062");
    assert_eq!(second.header("Call-ID"), first.header("Call-ID"));
    assert_eq!(second.header("From"), first.header("From"));
    assert_eq!(second.header("To"), first.header("To"), "without a tag");
    assert_eq!(second.header("Route"), "");
    assert_ne!(second.header("CSeq"), first.header("CSeq"));
    assert_eq!(second.body(), first.body());
    // A loop is cut.
    rig.answers(&second, 302, "other", more, "");
    assert_eq!(rig.signals(), [hangup(Some(Cause::NORMAL), "302")]);
    rig.is_clean();
    // And so is a chain without an end.
    let mut rig = with(RedirectMethod::UriPjsip);
    let mut sent = rig.calls_out("6001");
    let mut times = 0;
    while rig.signals().is_empty() {
        times += 1;
        let more = format!("Contact: <sip:{times}@192.0.2.7>\r\n");
        rig.answers(&sent, 302, "far", &more, "");
        match rig.wire().pop() {
            Some(said) => sent = Ours::of(said),
            None => break,
        }
    }
    assert_eq!(times, 9);
    rig.is_clean();
}

#[test]
fn an_invite_that_was_sent_elsewhere_makes_a_call_there() {
    let mut rig = with(RedirectMethod::UriPjsip);
    let first = rig.calls_out("6001");
    rig.answers(&first, 302, "far", "Contact: <sip:200@192.0.2.7>\r\n", "");
    let second = rig.ours();
    rig.answers(&second, 200, "new", "Contact: <sip:200@192.0.2.7>\r\n", SDP);
    assert_eq!(rig.words(), ["ACK"]);
    assert_eq!(rig.signals(), [signal(Signal::Answer)]);
    rig.orders(Order::Hangup(Cause::NORMAL));
    let bye = rig.ours();
    assert_eq!(bye.request.uri.to_string(), "sip:200@192.0.2.7");
    assert!(bye.header("To").ends_with(";tag=new"));
}

#[test]
fn rfc_5806_who_sent_a_call_on_is_told_where_that_is_wanted() {
    let call = |wanted: bool, from: Party, reason: &str| {
        let mut rig = Rig::with(Endpoint {
            send_diversion: wanted,
            ..endpoint()
        });
        rig.orders(Order::Call {
            destination: "6001".into(),
            caller: Party::parse("Shop <5551000>"),
            diverted: Some((from, reason.into())),
            formats: Default::default(),
        });
        let invite = rig.ours();
        invite.header("Diversion").to_owned()
    };
    let bob = Party::parse("Bob <6002>");
    let line = "\"Bob\" <sip:6002@192.0.2.1>;reason=user-busy";
    assert_eq!(call(true, bob.clone(), "cfb"), line);
    assert!(call(true, bob.clone(), "").ends_with(";reason=unknown"));
    assert_eq!(call(false, bob.clone(), "cfb"), "");
    let hidden = Party {
        presentation: switch::Presentation(0x20),
        ..bob
    };
    assert_eq!(call(true, hidden, "cfb"), "");
}
