use super::*;

fn subscribe(cseq: u32, to: &str, event: &str, more: &str) -> String {
    format!(
        "SUBSCRIBE sip:100@127.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.9:5090;branch=z9hG4bKs{cseq}\n\
         From: <sip:open@127.0.0.9>;tag=watcher\nTo: <sip:100@127.0.0.1>{to}\nCall-ID: watch\n\
         CSeq: {cseq} SUBSCRIBE\nContact: <sip:open@127.0.0.9:5090>\nEvent: {event}\n{more}"
    )
}

fn watching(event: &str, more: &str) -> World {
    let mut world = World::new(CONF);
    world.from = "127.0.0.9:5090".parse().unwrap();
    world.say(&subscribe(1, "", event, more));
    world
}

fn value(headers: &rsipstack::sip::Headers, name: &str) -> String {
    crate::carrier::message::value(headers, name)
        .unwrap_or_default()
        .to_owned()
}

fn body(request: &Request) -> String {
    String::from_utf8(request.body.clone()).unwrap()
}

#[test]
fn a_watcher_is_told_in_sequence() {
    let mut world = watching(
        "dialog",
        "Accept: application/dialog-info+xml\nExpires: 600\n",
    );
    // The engine is asked first.
    assert!(world.answers.is_empty() && world.sent.is_empty());
    world
        .core
        .back(world.now, Back::Hint(1, Some(ExtensionState::Idle)));
    world.gather();
    assert_eq!(world.code(), 200);
    assert_eq!(value(&world.last().headers, "Expires"), "600");
    let tag = reply::to_tag(&world.last().headers).unwrap().to_owned();
    assert_eq!(world.sent.len(), 1);
    let first = &world.sent[0].1;
    assert_eq!(
        value(&first.headers, "Subscription-State"),
        "active;expires=600"
    );
    assert!(body(first).contains("<state>terminated</state>"));
    assert_eq!(reply::from_tag(&first.headers), Some(&*tag));
    assert_eq!(reply::to_tag(&first.headers), Some("watcher"));
    // Two changes while the first is under way are told as one, after it.
    let change = |world: &mut World, state| {
        world.core.hint_changed(world.now, "default", "100", state);
        world.gather();
    };
    change(&mut world, ExtensionState::Ringing);
    change(&mut world, ExtensionState::InUse);
    assert_eq!(world.sent.len(), 1);
    world.answer(0, 200, &[]);
    assert_eq!(world.sent.len(), 1);
    let second = &world.sent[0].1;
    assert!(body(second).contains("version=\"1\"") && body(second).contains("confirmed"));
    assert_eq!(value(&second.headers, "CSeq"), "2 NOTIFY");
    world.answer(0, 200, &[]);
    assert!(world.sent.is_empty());
    change(&mut world, ExtensionState::InUse);
    assert!(world.sent.is_empty());
    assert_eq!(world.directory.subscriptions().len(), 1);
    // A refresh is answered and told.
    world.pass(Duration::from_secs(500));
    world.say(&subscribe(
        2,
        &format!(";tag={tag}"),
        "dialog",
        "Expires: 600\n",
    ));
    assert_eq!(world.code(), 200);
    world.answer(0, 200, &[]);
    world.pass(Duration::from_secs(500));
    assert!(world.sent.is_empty());
    // One that is old is not.
    world.say(&subscribe(
        2,
        &format!(";tag={tag}"),
        "dialog",
        "Expires: 600\n",
    ));
    assert_eq!(world.code(), 500);
    world.pass(Duration::from_secs(101));
    let last = &world.sent[0].1;
    assert_eq!(
        value(&last.headers, "Subscription-State"),
        "terminated;reason=timeout"
    );
    world.answer(0, 200, &[]);
    assert_eq!(world.core.counts().subscriptions, 0);
    assert!(world.directory.subscriptions().is_empty());
}

#[test]
fn a_watcher_that_is_gone_is_forgotten() {
    let mut world = watching("presence", "");
    world
        .core
        .back(world.now, Back::Hint(1, Some(ExtensionState::Unavailable)));
    world.gather();
    assert!(body(&world.sent[0].1).contains("<basic>closed</basic>"));
    world.answer(0, 481, &[]);
    assert_eq!(world.core.counts().subscriptions, 0);
    world
        .core
        .hint_changed(world.now, "default", "100", ExtensionState::Idle);
    world.gather();
    assert!(world.sent.is_empty());
}

#[test]
fn what_cannot_be_watched_is_refused() {
    for (event, more, code) in [
        ("nonsense", "", 489),
        ("presence", "Accept: text/html\n", 406),
        ("presence", "Expires: x\n", 400),
    ] {
        let world = watching(event, more);
        assert_eq!(world.code(), code, "{event} {more}");
        assert_eq!(world.core.counts().subscriptions, 0);
    }
    let mut world = watching("presence", "");
    world.core.back(world.now, Back::Hint(1, None));
    world.gather();
    assert_eq!(world.code(), 404);
    assert_eq!(world.core.counts().subscriptions, 0);
}

#[test]
fn somebody_who_looks_once_is_told_once() {
    let mut world = watching("presence", "Expires: 0\n");
    world
        .core
        .back(world.now, Back::Hint(1, Some(ExtensionState::Idle)));
    world.gather();
    let notify = &world.sent[0].1;
    assert_eq!(
        value(&notify.headers, "Subscription-State"),
        "terminated;reason=timeout"
    );
    assert!(body(notify).contains("<basic>open</basic>"));
    world.answer(0, 200, &[]);
    assert_eq!(world.core.counts().subscriptions, 0);
}

#[test]
fn all_are_told_when_the_switch_goes_down() {
    let mut world = watching("presence", "");
    world
        .core
        .back(world.now, Back::Hint(1, Some(ExtensionState::Idle)));
    world.gather();
    world.core.stop(world.now);
    world.gather();
    world.answer(0, 200, &[]);
    assert_eq!(
        value(&world.sent[0].1.headers, "Subscription-State"),
        "terminated;reason=deactivated"
    );
    world.answer(0, 200, &[]);
    assert_eq!(world.core.counts().subscriptions, 0);
}

#[test]
fn states_are_told_in_the_form_that_was_asked_for() {
    use ExtensionState as S;
    const PIDF: &str = "Accept: application/pidf+xml\n";
    const CPIM: &str = "Accept: application/cpim-pidf+xml\n";
    const XPIDF: &str = "Accept: text/plain, application/xpidf+xml\n";
    const DIALOGS: &str = "Accept: application/dialog-info+xml\n";
    for (event, accept, state, kind, says) in [
        ("presence", PIDF, S::Idle, "pidf", "<note>Ready</note>"),
        ("presence", PIDF, S::InUse, "pidf", "<basic>open</basic>"),
        ("presence", PIDF, S::InUse, "pidf", "<rpid:busy/>"),
        ("presence", PIDF, S::Busy, "pidf", "<basic>closed</basic>"),
        ("presence", PIDF, S::Hold, "pidf", "<note>On hold</note>"),
        ("presence", PIDF, S::Unavailable, "pidf", "<rpid:away/>"),
        (
            "presence",
            CPIM,
            S::Idle,
            "cpim-pidf",
            "<basic>open</basic>",
        ),
        ("presence", XPIDF, S::Idle, "xpidf", "substatus=\"online\""),
        ("presence", XPIDF, S::InUse, "xpidf", "status=\"inuse\""),
        (
            "presence",
            XPIDF,
            S::Unavailable,
            "xpidf",
            "status=\"closed\"",
        ),
        ("presence", DIALOGS, S::Idle, "dialog-info", "terminated"),
        (
            "dialog",
            "",
            S::Ringing,
            "dialog-info",
            "direction=\"recipient\"><state>early",
        ),
        (
            "dialog",
            "",
            S::InUseRinging,
            "dialog-info",
            "<state>confirmed",
        ),
        ("dialog", "", S::InUseHold, "dialog-info", "pvalue=\"no\""),
    ] {
        let mut world = watching(event, accept);
        world.core.back(world.now, Back::Hint(1, Some(state)));
        world.gather();
        let notify = &world.sent[0].1;
        assert_eq!(
            value(&notify.headers, "Content-Type"),
            format!("application/{kind}+xml")
        );
        assert!(body(notify).contains(says), "{state:?}: {}", body(notify));
    }
}
