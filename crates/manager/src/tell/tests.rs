//! Facts in, packets out, compared with what Asterisk was seen to send.

mod reach;
mod record;

use std::sync::Arc;

use ami::Dialect;
use switch::device::{DeviceState, ExtensionState};
use switch::fact::{Direction, Fact, OriginateTarget, Originated, Snap};
use switch::module::Modules;
use switch::presence::{Presence, PresenceState};
use switch::{Cause, Snapshot, Text};

use super::testing::{NOON, bridge, channel, party};
use super::{Settings, Teller};
use crate::rendered::Rendered;

/// Nothing but the events themselves.
fn plain() -> Teller {
    Teller::new(Settings::default(), Arc::new(Modules::new([])))
}

/// What one dialect hears, with bare line feeds.
fn heard(teller: &mut Teller, dialect: Dialect, facts: &[Fact]) -> String {
    let mut rendered = Rendered::default();
    for fact in facts {
        teller.tell(NOON, fact, &mut rendered);
    }
    let batch = rendered.take();
    let packets: Vec<u8> = batch
        .iter()
        .filter(|told| told.dialect.is_none_or(|only| only == dialect))
        .flat_map(|told| told.packet.to_vec())
        .collect();
    String::from_utf8(packets).unwrap().replace("\r\n", "\n")
}

fn told(fact: Fact) -> String {
    heard(&mut plain(), Dialect::Current, &[fact])
}

fn told_of_old(facts: &[Fact]) -> String {
    heard(&mut plain(), Dialect::Old, facts)
}

/// The half of a Local channel that a program's order called, as the transcripts have it.
fn called() -> Snapshot {
    channel(20, "Local/101@default-0000000a;1")
}

fn snap(of: Snapshot) -> Snap {
    Arc::new(of)
}

const CHANNEL: &str = "\
Channel: Local/101@default-0000000a;1
ChannelState: 0
ChannelStateDesc: Down
CallerIDNum: <unknown>
CallerIDName: <unknown>
ConnectedLineNum: <unknown>
ConnectedLineName: <unknown>
Language: en
AccountCode: \n\
Context: default
Exten: 101
Priority: 1
Uniqueid: 1795418110.20
Linkedid: 1795418110.20
";

#[test]
fn a_channel_is_born_and_dies() {
    assert_eq!(
        told(Fact::ChannelCreated(snap(called()))),
        format!("Event: Newchannel\nPrivilege: call,all\n{CHANNEL}\n")
    );
    let dead = Snapshot {
        cause: Cause::NORMAL,
        ..called()
    };
    assert_eq!(
        told(Fact::HungUp(snap(dead))),
        format!(
            "Event: Hangup\nPrivilege: call,all\n{CHANNEL}Cause: 16\nCause-txt: Normal Clearing\n\n"
        )
    );
}

#[test]
fn what_a_channel_does() {
    let runs = Snapshot {
        application: "AppDial2".into(),
        data: "(Outgoing Line)".into(),
        ..called()
    };
    assert_eq!(
        told(Fact::ApplicationBegan(snap(runs))),
        format!(
            "Event: Newexten\nPrivilege: dialplan,all\n{CHANNEL}Extension: 101\n\
             Application: AppDial2\nAppData: (Outgoing Line)\n\n"
        )
    );
    assert!(
        told(Fact::CallerChanged(snap(called())))
            .ends_with("\nCID-CallingPres: 0 (Presentation Allowed, Not Screened)\n\n")
    );
    let account = Snapshot {
        account: "acme".into(),
        ..called()
    };
    assert!(
        told(Fact::AccountChanged {
            channel: snap(account),
            old: Text::default()
        })
        .ends_with("\nOldAccountCode: \n\n")
    );
    let request = Fact::HangupRequested {
        channel: snap(called()),
        cause: Some(Cause(0)),
    };
    assert!(told(request).ends_with("\nCause: 0\n\n"));
    let request = Fact::SoftHangupRequested {
        channel: snap(called()),
        cause: Cause::NORMAL,
    };
    assert_eq!(
        told(request),
        format!("Event: SoftHangupRequest\nPrivilege: call,all\n{CHANNEL}Cause: 16\n\n")
    );
}

#[test]
fn variables_are_escaped_and_global_ones_have_no_channel() {
    let set = Fact::VariableSet {
        channel: None,
        name: "A".into(),
        value: "say \"hi\"\n".into(),
    };
    assert_eq!(
        told(set),
        "Event: VarSet\nPrivilege: dialplan,all\nChannel: none\nUniqueid: none\nVariable: A\n\
         Value: say \\\"hi\\\"\\n\n\n"
    );
    let set = Fact::VariableSet {
        channel: Some(snap(called())),
        name: "__A".into(),
        value: "1".into(),
    };
    assert!(told(set).ends_with("\nLinkedid: 1795418110.20\nVariable: __A\nValue: 1\n\n"));
}

#[test]
fn digits() {
    let began = Fact::DigitBegan {
        channel: snap(called()),
        digit: '1',
        direction: Direction::Received,
    };
    assert!(told(began).ends_with("\nDigit: 1\nDirection: Received\n\n"));
    let ended = Fact::DigitEnded {
        channel: snap(called()),
        digit: '1',
        duration: 120,
        direction: Direction::Received,
    };
    let ended = told(ended);
    assert!(ended.starts_with("Event: DTMFEnd\nPrivilege: dtmf,all\nChannel: "));
    assert!(ended.ends_with("\nDigit: 1\nDurationMs: 120\nDirection: Received\n\n"));
}

#[test]
fn a_dial_without_a_caller_names_none() {
    let began = Fact::DialBegan {
        caller: None,
        dest: snap(called()),
        dial_string: "101@default/n".into(),
    };
    let began = told(began);
    assert!(began.starts_with("Event: DialBegin\nPrivilege: call,all\nDestChannel: Local/"));
    assert!(began.ends_with("\nDestLinkedid: 1795418110.20\nDialString: 101@default/n\n\n"));
    let ended = Fact::DialEnded {
        caller: Some(snap(called())),
        dest: snap(channel(21, "Local/2")),
        status: "ANSWER",
        forward: Text::default(),
    };
    let ended = told(ended);
    assert!(ended.starts_with("Event: DialEnd\nPrivilege: call,all\nChannel: Local/101@"));
    assert!(ended.contains("\nLinkedid: 1795418110.20\nDestChannel: Local/2\n"));
    assert!(ended.ends_with("\nDialStatus: ANSWER\n\n"));
    let sent_on = Fact::DialEnded {
        caller: Some(snap(called())),
        dest: snap(channel(21, "Local/2")),
        status: "CANCEL",
        forward: "200".into(),
    };
    let sent_on = told(sent_on);
    assert!(sent_on.ends_with("\nDialStatus: CANCEL\nForward: 200\n\n"));
}

#[test]
fn an_order_is_answered() {
    let failed = Originated {
        success: false,
        channel: None,
        dialed: "Local/103@default/n".into(),
        action_id: "o1".into(),
        target: OriginateTarget::Application {
            application: "Wait".into(),
            data: "5".into(),
        },
        reason: 5,
        caller: party("", ""),
    };
    assert_eq!(
        told(Fact::Originated(Box::new(failed.clone()))),
        "Event: OriginateResponse\nPrivilege: call,all\nActionID: o1\nResponse: Failure\n\
         Channel: Local/103@default/n\nApplication: Wait\nData: 5\nReason: 5\n\
         Uniqueid: <unknown>\nCallerIDNum: <unknown>\nCallerIDName: <unknown>\n\n"
    );
    let answered = Originated {
        success: true,
        channel: Some(snap(called())),
        target: OriginateTarget::Extension {
            context: "default".into(),
            exten: "101".into(),
            priority: 1,
        },
        reason: 4,
        ..failed
    };
    assert_eq!(
        told(Fact::Originated(Box::new(answered))),
        "Event: OriginateResponse\nPrivilege: call,all\nActionID: o1\nResponse: Success\n\
         Channel: Local/101@default-0000000a;1\nContext: default\nExten: 101\nReason: 4\n\
         Uniqueid: 1795418110.20\nCallerIDNum: <unknown>\nCallerIDName: <unknown>\n\n"
    );
}

#[test]
fn bridges() {
    assert_eq!(
        told(Fact::BridgeCreated(bridge(&[]))),
        "Event: BridgeCreate\nPrivilege: call,all\n\
         BridgeUniqueid: f74d0c0d-95a6-4a3c-9df6-68ff4bf3b0a1\nBridgeType: basic\n\
         BridgeTechnology: simple_bridge\nBridgeCreator: <unknown>\nBridgeName: <unknown>\n\
         BridgeNumChannels: 0\nBridgeVideoSourceMode: none\n\n"
    );
    let entered = Fact::BridgeEntered {
        bridge: bridge(&[20]),
        channel: snap(called()),
        swap: None,
    };
    let entered = told(entered);
    assert!(
        entered.contains("\nBridgeNumChannels: 1\nBridgeVideoSourceMode: none\nChannel: Local")
    );
    assert!(entered.ends_with("\nLinkedid: 1795418110.20\n\n"));
}

#[test]
fn states() {
    let state = DeviceState::InUse;
    assert_eq!(
        told(Fact::DeviceChanged {
            device: "Custom:lamp1".into(),
            state
        }),
        "Event: DeviceStateChange\nPrivilege: call,all\nDevice: Custom:lamp1\nState: INUSE\n\n"
    );
    let changed = Fact::ExtensionChanged {
        exten: "7000".into(),
        context: "default".into(),
        hint: "Custom:lamp1".into(),
        state: ExtensionState::InUse,
    };
    assert_eq!(
        told(changed.clone()),
        "Event: ExtensionStatus\nPrivilege: call,all\nExten: 7000\nContext: default\n\
         Hint: Custom:lamp1\nStatus: 1\nStatusText: InUse\n\n"
    );
    assert_eq!(
        told_of_old(&[changed]),
        "Event: ExtensionStatus\nPrivilege: call,all\nExten: 7000\nContext: default\n\
         Hint: Custom:lamp1\nStatus: 1\n\n"
    );
    let presence = Presence {
        state: PresenceState::Away,
        subtype: "lunch".into(),
        message: "back at one".into(),
    };
    let presentity = "CustomPresence:bob".into();
    assert_eq!(
        told(Fact::PresenceChanged {
            presentity,
            presence: Arc::new(presence)
        }),
        "Event: PresenceStateChange\nPrivilege: call,all\nPresentity: CustomPresence:bob\n\
         Status: away\nSubtype: lunch\nMessage: back at one\n\n"
    );
}

#[test]
fn events_of_ones_own_making() {
    let event = Fact::UserEvent {
        channel: None,
        name: "Ticket".into(),
        headers: vec![("Note".into(), "one".into()), ("nOTE".into(), "two".into())],
    };
    let expected =
        "Event: UserEvent\nPrivilege: user,all\nUserEvent: Ticket\nNote: one\nnOTE: two\n\n";
    assert_eq!(told(event.clone()), expected);
    assert_eq!(told_of_old(&[event]), expected);
}

#[test]
fn the_switch_itself() {
    let reloaded = Fact::Reloaded {
        module: "nothing".into(),
        status: 2,
    };
    let expected = "Event: Reload\nPrivilege: system,all\nModule: nothing\nStatus: 2\n\n";
    assert_eq!(told(reloaded), expected);
    let down = Fact::ShuttingDown {
        cleanly: true,
        restart: false,
    };
    let expected = "Event: Shutdown\nPrivilege: system,all\nShutdown: Cleanly\nRestart: False\n\n";
    assert_eq!(told(down), expected);
}

#[test]
fn old_clients_find_channel_and_uniqueid_by_line() {
    let dead = Snapshot {
        cause: Cause::NORMAL,
        caller: party("5551000", "Ann"),
        ..called()
    };
    assert_eq!(
        told_of_old(&[Fact::HungUp(snap(dead))]),
        "Event: Hangup\nPrivilege: call,all\nChannel: Local/101@default-0000000a;1\n\
         Uniqueid: 1795418110.20\nCallerIDNum: 5551000\nCallerIDName: Ann\nCause: 16\n\
         Cause-txt: Normal Clearing\n\n"
    );
}

#[test]
fn old_clients_hear_who_talks_with_whom() {
    let (one, two) = (
        snap(called()),
        snap(channel(21, "Local/101@default-0000000a;2")),
    );
    let into = |channels: &[u64], channel: &Snap| Fact::BridgeEntered {
        bridge: bridge(channels),
        channel: channel.clone(),
        swap: None,
    };
    let linked = told_of_old(&[into(&[20], &one), into(&[20, 21], &two)]);
    assert_eq!(
        linked,
        "Event: Bridge\nPrivilege: call,all\nBridgestate: Link\nBridgetype: core\n\
         Channel1: Local/101@default-0000000a;1\nChannel2: Local/101@default-0000000a;2\n\
         Uniqueid1: 1795418110.20\nUniqueid2: 1795418110.21\nCallerID1: \nCallerID2: \n\n"
    );
    let leave = |channels: &[u64], channel: &Snap| Fact::BridgeLeft {
        bridge: bridge(channels),
        channel: channel.clone(),
    };
    let apart = told_of_old(&[
        into(&[20], &one),
        into(&[20, 21], &two),
        leave(&[21], &one),
        leave(&[], &two),
    ]);
    assert_eq!(apart.matches("Event: Unlink\n").count(), 1);
    assert_eq!(apart.matches("Event: ").count(), 2);
}
