//! Call records and the channel event log.

use std::sync::Arc;

use ami::Dialect;
use switch::cdr::{Cdr, Disposition};
use switch::fact::{BlindTransfer, Fact, Snap};
use switch::module::{ModuleSpec, Modules};
use switch::{AmaFlags, Cause, Snapshot, State, Text};

use super::{called, heard, snap, told};
use crate::tell::cdr::CdrSettings;
use crate::tell::cel::{CelSettings, Kinds};
use crate::tell::testing::{NOON, bridge, channel, party};
use crate::tell::{Settings, Teller};

/// Records too.
fn recording() -> Teller {
    let modules = ["cdr_manager", "cel_manager"].map(|name| ModuleSpec {
        name,
        summary: "records",
    });
    let modules = Modules::new(modules);
    modules.set("cdr_manager", true);
    modules.set("cel_manager", true);
    let cel = CelSettings {
        enabled: true,
        kinds: Kinds::parse("ALL"),
        applications: vec!["dial".to_owned(), "park".to_owned()],
        manager: true,
        ..CelSettings::default()
    };
    let cdr = CdrSettings {
        enabled: true,
        ..CdrSettings::default()
    };
    Teller::new(
        Settings {
            cdr,
            cel,
            ..Settings::default()
        },
        Arc::new(modules),
    )
}

/// The values of these keys in each `CEL` event.
fn logged(teller: &mut Teller, keys: &[&str], facts: &[Fact]) -> Vec<String> {
    let text = heard(teller, Dialect::Current, facts);
    text.split("\n\n")
        .filter(|packet| packet.starts_with("Event: CEL\n"))
        .map(|packet| {
            let value = |key: &&str| {
                let line = packet
                    .lines()
                    .find_map(|line| line.strip_prefix(&format!("{key}: ")));
                line.unwrap_or("?").to_owned()
            };
            keys.iter().map(value).collect::<Vec<_>>().join(" | ")
        })
        .collect()
}

#[test]
fn a_call_record() {
    let mut record = Cdr {
        account: "acme".into(),
        source: "5551000".into(),
        destination: "101".into(),
        context: "default".into(),
        caller: "\"Click To Call\" <5551000>".into(),
        channel: "Local/101@default-0000000a;1".into(),
        peer: Text::default(),
        application: "Wait".into(),
        data: "600".into(),
        start: NOON,
        answer: Some(NOON),
        end: NOON + std::time::Duration::from_millis(3_400),
        disposition: Disposition::Answered,
        ama_flags: AmaFlags::Documentation,
        uniqueid: "1795418110.20".into(),
        linkedid: "1795418110.20".into(),
        peer_account: Text::default(),
        userfield: Text::default(),
        sequence: 1,
        variables: Vec::new(),
        round_up: false,
    };
    let fact = Fact::Cdr(Arc::new(record.clone()));
    assert_eq!(
        heard(
            &mut recording(),
            Dialect::Current,
            std::slice::from_ref(&fact)
        ),
        "Event: Cdr\nPrivilege: cdr,all\nAccountCode: acme\nSource: 5551000\nDestination: 101\n\
         DestinationContext: default\nCallerID: \"Click To Call\" <5551000>\n\
         Channel: Local/101@default-0000000a;1\nDestinationChannel: \nLastApplication: Wait\n\
         LastData: 600\nStartTime: 2026-11-23 07:15:10\nAnswerTime: 2026-11-23 07:15:10\n\
         EndTime: 2026-11-23 07:15:13\nDuration: 3\nBillableSeconds: 3\nDisposition: ANSWERED\n\
         AMAFlags: DOCUMENTATION\nUniqueID: 1795418110.20\nUserField: \n\n"
    );
    assert_eq!(told(fact), "");

    let mut teller = recording();
    teller.settings.cdr.mappings = vec![("rate".to_owned(), "Rate".into())];
    record.variables = vec![("rate".into(), "7".into())];
    let mapped = heard(
        &mut teller,
        Dialect::Current,
        &[Fact::Cdr(Arc::new(record))],
    );
    assert!(mapped.ends_with("\nUserField: \nRate: 7\n\n"));
}

#[test]
fn a_line_of_the_channel_event_log() {
    let answered = Snapshot {
        state: State::Up,
        caller: party("5551000", "Click To Call"),
        ani: "5551000".into(),
        account: "acme".into(),
        peer_account: "acme".into(),
        application: "AppDial2".into(),
        data: "(Outgoing Line)".into(),
        ..called()
    };
    assert_eq!(
        heard(
            &mut recording(),
            Dialect::Current,
            &[Fact::Answered(snap(answered))]
        ),
        "Event: CEL\nPrivilege: call,all\nEventName: ANSWER\nAccountCode: acme\n\
         CallerIDnum: 5551000\nCallerIDname: Click To Call\nCallerIDani: 5551000\n\
         CallerIDrdnis: \nCallerIDdnid: \nExten: 101\nContext: default\n\
         Channel: Local/101@default-0000000a;1\nApplication: AppDial2\nAppData: (Outgoing Line)\n\
         EventTime: 2026-11-23 07:15:10\nAMAFlags: DOCUMENTATION\nUniqueID: 1795418110.20\n\
         LinkedID: 1795418110.20\nUserfield: \nPeer: \nPeerAccount: acme\nExtra: \n\n"
    );
}

#[test]
fn the_log_of_a_call_that_was_bridged() {
    let one = snap(called());
    let two = snap(Snapshot {
        linkedid: one.linkedid.clone(),
        application: "Dial".into(),
        data: "Local/101@default,20".into(),
        ..channel(21, "Local/108@default-00000004;2")
    });
    let extra = r#"{"bridge_id":"f74d0c0d-95a6-4a3c-9df6-68ff4bf3b0a1","bridge_technology":"simple_bridge"}"#;
    let entered = |channels: &[u64], channel: &Snap| Fact::BridgeEntered {
        bridge: bridge(channels),
        channel: channel.clone(),
        swap: None,
    };
    let left = |channels: &[u64], channel: &Snap| Fact::BridgeLeft {
        bridge: bridge(channels),
        channel: channel.clone(),
    };
    let status = Fact::VariableSet {
        channel: Some(two.clone()),
        name: "DIALSTATUS".into(),
        value: "ANSWER".into(),
    };
    let gone = snap(Snapshot {
        cause: Cause::NORMAL,
        application: Text::default(),
        ..(*two).clone()
    });
    let lines = logged(
        &mut recording(),
        &["EventName", "Channel", "Peer", "Extra"],
        &[
            Fact::ChannelCreated(one.clone()),
            Fact::ChannelCreated(two.clone()),
            Fact::ApplicationBegan(two.clone()),
            entered(&[20], &one),
            status,
            entered(&[20, 21], &two),
            left(&[21], &one),
            Fact::HungUp(one.clone()),
            left(&[], &two),
            Fact::ApplicationEnded(two.clone()),
            Fact::HungUp(gone),
        ],
    );
    let (a, b) = (
        "Local/101@default-0000000a;1",
        "Local/108@default-00000004;2",
    );
    assert_eq!(
        lines,
        [
            format!("CHAN_START | {a} |  | "),
            format!("CHAN_START | {b} |  | "),
            format!("APP_START | {b} |  | "),
            format!("BRIDGE_ENTER | {a} |  | {extra}"),
            format!("BRIDGE_ENTER | {b} | {a} | {extra}"),
            format!("BRIDGE_EXIT | {a} | {b} | {extra}"),
            format!("HANGUP | {a} |  | {}", hangup(0, "")),
            format!("CHAN_END | {a} |  | "),
            format!("BRIDGE_EXIT | {b} |  | {extra}"),
            format!("APP_END | {b} |  | "),
            format!("HANGUP | {b} |  | {}", hangup(16, "ANSWER")),
            format!("CHAN_END | {b} |  | "),
            format!("LINKEDID_END | {b} |  | "),
        ]
    );
}

fn hangup(cause: u16, status: &str) -> String {
    format!(r#"{{"hangupcause":{cause},"hangupsource":"","dialstatus":"{status}"}}"#)
}

#[test]
fn a_call_that_joins_an_older_one_ends_its_own() {
    let (older, younger) = (called(), channel(22, "Local/2"));
    let joined = Snapshot {
        linkedid: older.linkedid.clone(),
        ..younger.clone()
    };
    let lines = logged(
        &mut recording(),
        &["EventName", "LinkedID"],
        &[
            Fact::ChannelCreated(snap(older.clone())),
            Fact::ChannelCreated(snap(younger)),
            Fact::BridgeEntered {
                bridge: bridge(&[22]),
                channel: snap(joined.clone()),
                swap: None,
            },
            Fact::HungUp(snap(joined)),
            Fact::HungUp(snap(older)),
        ],
    );
    let ends: Vec<&String> = lines
        .iter()
        .filter(|line| line.starts_with("LINKEDID_END"))
        .collect();
    assert_eq!(
        ends,
        [
            "LINKEDID_END | 1795418110.22",
            "LINKEDID_END | 1795418110.20"
        ]
    );
}

#[test]
fn a_transfer_in_the_log() {
    let transferer = snap(called());
    let transfer = |result| {
        Fact::BlindTransferred(Box::new(BlindTransfer {
            result,
            transferer: transferer.clone(),
            transferee: Some(snap(channel(21, "Local/101@default-00000016;1"))),
            bridge: Some(bridge(&[20, 21])),
            external: true,
            context: "default".into(),
            exten: "107".into(),
        }))
    };
    let lines = logged(
        &mut recording(),
        &["EventName", "Extra"],
        &[transfer("Success")],
    );
    assert_eq!(
        lines,
        [concat!(
            r#"BLINDTRANSFER | {"extension":"107","context":"default","#,
            r#""bridge_id":"f74d0c0d-95a6-4a3c-9df6-68ff4bf3b0a1","#,
            r#""transferee_channel_name":"Local/101@default-00000016;1","#,
            r#""transferee_channel_uniqueid":"1795418110.21"}"#
        )]
    );
    assert!(logged(&mut recording(), &["EventName"], &[transfer("Fail")]).is_empty());
    let told = told(transfer("Success"));
    assert!(told.ends_with("\nIsExternal: Yes\nContext: default\nExtension: 107\n\n"));
}

#[test]
fn only_the_kinds_asked_for_are_logged() {
    let mut teller = recording();
    let mut settings = teller.settings.clone();
    settings.cel.kinds = Kinds::parse("hangup, nonsense");
    teller.configure(settings);
    let facts = [
        Fact::ChannelCreated(snap(called())),
        Fact::HungUp(snap(called())),
    ];
    assert_eq!(logged(&mut teller, &["EventName"], &facts), ["HANGUP"]);
}

#[test]
fn the_dialplan_writes_a_line_of_its_own() {
    let own = || Fact::ChannelEvent {
        channel: snap(called()),
        name: "Tick".into(),
        extra: "tock".into(),
    };
    let keys = ["EventName", "UserDefType", "Extra"];
    let lines = logged(&mut recording(), &keys, &[own()]);
    assert_eq!(lines, [r#"USER_DEFINED | Tick | {"extra":"tock"}"#]);
    let mut teller = recording();
    teller.settings.cel.show_user_defined = true;
    assert_eq!(
        logged(&mut teller, &keys, &[own()]),
        [r#"Tick | ? | {"extra":"tock"}"#]
    );
}
