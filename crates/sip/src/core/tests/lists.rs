//! Lists of resources (RFC 4662).

use super::*;

const LISTS: &str = "
[sales]
type = resource_list
event = presence
list_item = 101,team,102

[team]
type = resource_list
event = presence
list_item = 103
list_item = 101,sales

[all]
type = resource_list
event = presence
full_state = yes
list_item = 101,102

[slow]
type = resource_list
event = presence
notification_batch_interval = 500
list_item = 101,102

[boxes]
type = resource_list
event = message-summary
list_item = 6002,open
";

fn subscribe(to: &str, event: &str, more: &str) -> String {
    format!(
        "SUBSCRIBE sip:{to}@127.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.9:5090;branch=z9hG4bKl\n\
         From: <sip:open@127.0.0.9>;tag=watcher\nTo: <sip:{to}@127.0.0.1>\nCall-ID: lists\n\
         CSeq: 1 SUBSCRIBE\nContact: <sip:open@127.0.0.9:5090>\nEvent: {event}\n{more}"
    )
}

const TAKES: &str = "Supported: eventlist\nAccept: application/pidf+xml, application/rlmi+xml\n";

fn watching(to: &str) -> World {
    let mut world = World::new(&format!("{CONF}{LISTS}"));
    world.from = "127.0.0.9:5090".parse().unwrap();
    world.say(&subscribe(to, "presence", TAKES));
    world
}

/// The engine says how an item stands.
fn know(world: &mut World, at: usize, state: Option<ExtensionState>) {
    world.core.back(world.now, Back::ListItem(1, at, state));
    world.gather();
}

fn change(world: &mut World, exten: &str, state: ExtensionState) {
    world.core.hint_changed(world.now, "default", exten, state);
    world.gather();
}

/// What was told, answered: resources by their names, and how many documents came with the list.
fn told(world: &mut World) -> (String, Vec<String>, usize) {
    assert_eq!(world.sent.len(), 1);
    let request = &world.sent[0].1;
    let value = |name| crate::carrier::message::value(&request.headers, name).unwrap_or_default();
    assert_eq!(value("Require"), "eventlist");
    let kind = value("Content-Type").to_owned();
    assert!(kind.starts_with("multipart/related;type=\"application/rlmi+xml\";start=\"<list."));
    let boundary = kind.rsplit("boundary=").next().unwrap().trim_matches('"');
    let body = String::from_utf8(request.body.clone()).unwrap();
    assert!(body.ends_with(&format!("--{boundary}--\r\n")));
    let parts = body.matches(&format!("--{boundary}\r\n")).count();
    let (list, _) = body.split_once("</list>").unwrap();
    let mut resources = Vec::new();
    for resource in list.split("<resource uri=\"sip:").skip(1) {
        let name = resource.split('@').next().unwrap();
        let id = resource
            .split("cid=\"")
            .nth(1)
            .map(|rest| rest.split('"').next().unwrap());
        if let Some(id) = id {
            assert!(body.contains(&format!("Content-ID: <{id}>\r\n")), "{body}");
        }
        resources.push(name.to_owned());
    }
    world.answer(0, 200, &[]);
    (body, resources, parts - 1)
}

#[test]
fn rfc_4662_a_list_is_told_whole_then_what_changed() {
    let mut world = watching("sales");
    assert!(world.answers.is_empty());
    know(&mut world, 0, Some(ExtensionState::Idle));
    know(&mut world, 1, None);
    know(&mut world, 2, Some(ExtensionState::InUse));
    assert_eq!(world.code(), 200);
    assert!(
        world
            .last()
            .headers
            .iter()
            .any(|header| header.to_string() == "Require: eventlist")
    );
    // 103 has no hint, and is none of the list.
    let (body, resources, documents) = told(&mut world);
    assert_eq!(
        (resources, documents),
        (vec!["101".into(), "102".into()], 2)
    );
    assert!(body.contains("uri=\"sip:sales@127.0.0.1\" version=\"0\" fullState=\"true\""));
    assert!(body.contains("Content-Type: application/pidf+xml\r\n"));
    change(&mut world, "103", ExtensionState::InUse);
    change(&mut world, "102", ExtensionState::InUse);
    assert!(world.sent.is_empty());
    change(&mut world, "102", ExtensionState::Idle);
    let (body, resources, documents) = told(&mut world);
    assert_eq!((resources, documents), (vec!["102".into()], 1));
    assert!(body.contains("version=\"1\" fullState=\"false\""));
    change(&mut world, "101", ExtensionState::Removed);
    let (body, resources, documents) = told(&mut world);
    assert_eq!((resources, documents), (vec!["101".into()], 0));
    assert!(body.contains("state=\"terminated\" reason=\"noresource\""));
    world.pass(Duration::from_secs(3601));
    told(&mut world);
    assert_eq!(world.core.counts().subscriptions, 0);
    assert!(world.core.subscriptions.watches_nothing());
}

#[test]
fn a_list_of_full_state_is_always_whole() {
    let mut world = watching("all");
    know(&mut world, 0, Some(ExtensionState::Idle));
    know(&mut world, 1, Some(ExtensionState::Idle));
    assert_eq!(told(&mut world).2, 2);
    change(&mut world, "102", ExtensionState::InUse);
    let (body, _, documents) = told(&mut world);
    assert_eq!(documents, 2);
    assert!(body.contains("fullState=\"true\""));
}

#[test]
fn changes_are_gathered() {
    let mut world = watching("slow");
    know(&mut world, 0, Some(ExtensionState::Idle));
    know(&mut world, 1, Some(ExtensionState::Idle));
    told(&mut world);
    change(&mut world, "101", ExtensionState::InUse);
    change(&mut world, "102", ExtensionState::Ringing);
    world.pass(Duration::from_millis(499));
    assert!(world.sent.is_empty());
    world.pass(Duration::from_millis(1));
    assert_eq!(told(&mut world).2, 2);
    world.pass(Duration::from_secs(1));
    assert!(world.sent.is_empty());
}

#[test]
fn mailboxes_may_be_a_list() {
    let mut world = World::new(&format!("{CONF}{LISTS}"));
    world.from = "127.0.0.9:5090".parse().unwrap();
    let all = vec![("100@default".into(), Mailbox { new: 3, old: 0 })];
    world.core.back(world.now, Back::Mailboxes(all));
    world.say(&subscribe(
        "boxes",
        "message-summary",
        "Supported: eventlist\n",
    ));
    assert_eq!(world.code(), 200);
    // The other item has no mailboxes.
    let (body, resources, _) = told(&mut world);
    assert_eq!(resources, ["6002"]);
    assert!(body.contains("Voice-Message: 3/0 (0/0)"));
    let none = Mailbox::default();
    world
        .core
        .mailbox_changed(world.now, &"100@default".into(), none);
    world.gather();
    assert!(told(&mut world).0.contains("Voice-Message: 0/0 (0/0)"));
}

#[test]
fn who_cannot_take_lists_is_told_so() {
    let mut world = World::new(&format!("{CONF}{LISTS}"));
    world.from = "127.0.0.9:5090".parse().unwrap();
    world.say(&subscribe("sales", "presence", ""));
    assert_eq!(world.code(), 421);
    let mut world = watching("all");
    know(&mut world, 0, None);
    know(&mut world, 1, None);
    assert_eq!(world.code(), 404);
    assert_eq!(world.core.counts().subscriptions, 0);
    assert!(world.core.subscriptions.watches_nothing());
    // Another package's list of that name is none.
    world.say(&subscribe("boxes", "presence", TAKES).replace("branch=z9hG4bKl", "branch=z9hG4bKm"));
    assert_eq!(world.core.counts().subscriptions, 1);
}
