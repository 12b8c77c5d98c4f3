//! Texts that come.

use engine::Input;
use engine::message::{Incoming, Reception};
use engine::request::Responder;

use super::*;

const TYPE: &str = "Content-Type: text/plain;charset=UTF-8\n";

fn text(more: &str, body: &str) -> String {
    format!(
        "MESSAGE sip:100@127.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.9:5090;branch=z9hG4bK{}\n\
         From: \"The \\\"Boss\\\"\" <sip:trunk@127.0.0.9>;tag=1\nTo: <sip:100@127.0.0.1>\n\
         Call-ID: x\nCSeq: 1 MESSAGE\nX-Kind: test\n{more}Content-Length: {}\n\n{body}",
        body.len(),
        body.len(),
    )
}

/// What the engine is asked.
fn asked(world: &mut World) -> (Incoming, Responder<Reception>) {
    let inputs = std::mem::take(&mut world.inputs);
    let found = inputs.into_iter().find_map(|input| match input {
        Input::Message(incoming, reply) => Some((*incoming, reply)),
        _ => None,
    });
    found.expect("the engine is asked")
}

fn answered(world: &mut World, reply: Responder<Reception>, reception: Reception) -> u16 {
    reply.send(reception);
    let back = std::mem::take(&mut *world.back.lock().unwrap());
    for back in back {
        world.core.back(world.now, back);
    }
    world.gather();
    world.code()
}

#[test]
fn the_dialplan_says_what_becomes_of_a_text() {
    for (reception, code) in [
        (Reception::Taken, 202),
        (Reception::NoExtension, 404),
        (Reception::Refused, 503),
    ] {
        let mut world = World::new(CONF);
        world.from = "127.0.0.9:5090".parse().unwrap();
        world.say(&text(TYPE, "hello"));
        assert!(world.answers.is_empty());
        let (incoming, reply) = asked(&mut world);
        assert_eq!((&*incoming.context, &*incoming.exten), ("default", "100"));
        let message = incoming.message;
        assert_eq!(
            (&*message.to, &*message.from, &*message.body),
            (
                "pjsip:100@127.0.0.1",
                "\"The \\\"Boss\\\"\" <sip:trunk@127.0.0.9>",
                "hello"
            )
        );
        let datum = |name| message.datum(name).map(|value| &**value);
        assert_eq!(datum("x-kind"), Some("test"));
        assert_eq!(datum("PJSIP_RECVADDR"), Some("127.0.0.9:5090"));
        assert_eq!(datum("PJSIP_TRANSPORT"), Some("UDP"));
        assert_eq!(message.outbound(), []);
        assert_eq!(answered(&mut world, reply, reception), code);
        assert_eq!(world.answers.len(), 1);
    }
}

#[test]
fn texts_have_a_context_of_their_own_where_it_is_named() {
    let conf = CONF.replace("aors = open", "aors = open\nmessage_context = texts");
    let mut world = World::new(&conf);
    world.from = "127.0.0.9:5090".parse().unwrap();
    world.say(&text("", "hello"));
    assert_eq!(&*asked(&mut world).0.context, "texts");
}

#[test]
fn what_is_no_text_or_too_long_is_refused_at_once() {
    for (more, body, code) in [
        (
            "Content-Type: application/im-iscomposing+xml\n",
            "<x/>",
            415,
        ),
        (TYPE, &*"x".repeat(crate::limits::TEXT + 1), 413),
    ] {
        let mut world = World::new(CONF);
        world.from = "127.0.0.9:5090".parse().unwrap();
        world.say(&text(more, body));
        assert_eq!(world.code(), code);
        assert!(
            world
                .inputs
                .iter()
                .all(|input| !matches!(input, Input::Message(..)))
        );
    }
}

#[test]
fn nobody_sends_texts_without_a_proof() {
    let mut world = World::new(CONF);
    world.say(&text(TYPE, "hello").replace("sip:trunk@127.0.0.9", "sip:6001@127.0.0.1"));
    assert_eq!(world.code(), 401);
    assert!(
        world
            .inputs
            .iter()
            .all(|input| !matches!(input, Input::Message(..)))
    );
}

#[test]
fn a_text_s_own_headers_are_not_forged() {
    let mut world = World::new(CONF);
    let message = directory::Message {
        to: "open".into(),
        to_header: "".into(),
        from: "".into(),
        body: "hello".into(),
        headers: vec![
            ("Call-ID".into(), "mine".into()),
            ("content-length".into(), "99".into()),
            ("X-Kind".into(), "test".into()),
        ],
        reply: Responder::ignore(),
    };
    let request = directory::Request::Message(Box::new(message));
    world.core.request(world.now, request);
    world.gather();
    let sent = world.sent[0].1.to_string();
    assert!(sent.contains("X-Kind: test"), "{sent}");
    assert!(!sent.contains("mine") && !sent.contains("99\r"), "{sent}");
}
