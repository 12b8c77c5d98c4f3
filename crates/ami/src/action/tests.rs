use super::channel::{Hangup, Originate};
use super::config::UpdateConfig;
use super::session::{Ping, UserEvent};
use super::*;
use crate::Permission;

#[test]
fn headers_become_fields() {
    let packet = Packet::new()
        .with("variable", "a=1")
        .with("ACTION", "originate")
        .with("callerid", "Click <100>")
        .with("Channel", "Local/101@default")
        .with("Variable", "b=2,c=3");
    let originate = Originate::decode(&packet);
    assert_eq!(originate.channel, "Local/101@default");
    assert_eq!(originate.caller_id, "Click <100>");
    assert_eq!(originate.variables, ["a=1", "b=2,c=3"]);
    assert_eq!(originate.exten, "");
}

#[test]
fn what_is_encoded_decodes_to_itself() {
    let originate = Originate {
        channel: "Local/101@default".into(),
        variables: vec!["a=1".into(), "b=2".into()],
        r#async: "true".into(),
        ..Originate::default()
    };
    let packet = originate.to_packet();
    assert_eq!(packet.iter().next(), Some(("Action", "Originate")));
    assert_eq!(packet.find("Async"), Some("true"));
    assert_eq!(packet.find("Exten"), None);
    assert_eq!(Originate::decode(&packet), originate);
    assert_eq!(Ping.to_packet().len(), 1);
}

#[test]
fn the_rest_keeps_order_and_case() {
    let packet = Packet::new()
        .with("Action", "UserEvent")
        .with("ActionID", "u1")
        .with("UserEvent", "Ticket")
        .with("nOTE", "one")
        .with("Note", "two");
    let sent = UserEvent::decode(&packet);
    let rest: Vec<_> = sent
        .rest
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    assert_eq!(rest, [("ActionID", "u1"), ("nOTE", "one"), ("Note", "two")]);
    assert_eq!(UserEvent::decode(&sent.to_packet()), sent);
}

#[test]
fn the_declaration_is_data() {
    let spec = Hangup::SPEC;
    assert_eq!((spec.name, spec.module), ("Hangup", "core"));
    assert_eq!(spec.privilege, Permission::SYSTEM.union(Permission::CALL));
    assert_eq!(spec.privilege.to_string(), "system,call,all");
    assert!(spec.summary.starts_with("Hangs up one channel"));
    assert!(!spec.summary.contains("confirmed") && spec.details.contains("confirmed"));
    let names: Vec<_> = spec
        .parameters
        .iter()
        .map(|p| (p.name, p.required))
        .collect();
    assert_eq!(names, [("Channel", true), ("Cause", false)]);
    let changes = UpdateConfig::SPEC
        .parameters
        .iter()
        .find(|p| p.name == "*")
        .unwrap();
    assert!(changes.repeated);
}
