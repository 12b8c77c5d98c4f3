//! Events against what Asterisk was seen to send, byte for byte.

mod items;

// Long because every group of events is held against the bytes that were recorded of it.

use std::sync::Arc;

use super::bridging::{BlindTransfer, BridgeEnter};
use super::channel::{Hangup, LocalBridge, NewCallerid, Newchannel};
use super::dial::{DialBegin, OriginateResponse};
use super::dialplan::{Newexten, VarSet};
use super::group::{Bridge, Channel, Security};
use super::record::Cdr;
use super::security::SuccessfulAuth;
use super::session::UserEvent;
use super::state::DeviceStateChange;
use super::*;
use crate::encode::Quoted;

/// Lines as a test writes them, as they stand on the wire. A line ends in `.` where a blank is its last.
fn wire(lines: &str) -> String {
    let lines = lines
        .trim()
        .lines()
        .map(|line| line.trim().replace(":.", ": "));
    lines.map(|line| line + "\r\n").collect::<String>() + "\r\n"
}

fn event(event: &impl Event) -> String {
    let mut out = Vec::new();
    event.write(&mut out, &Extra::NONE);
    String::from_utf8(out).unwrap()
}

fn item(event: &impl Event, action_id: &str) -> String {
    let mut out = Vec::new();
    event.write_item(&mut out, action_id);
    String::from_utf8(out).unwrap()
}

fn half(name: &'static str, uniqueid: &'static str) -> Channel<'static> {
    Channel {
        name,
        state_desc: "Down",
        language: "en",
        context: "default",
        exten: "101",
        priority: 1,
        uniqueid,
        linkedid: "1795418086.14",
        ..Channel::default()
    }
}

const BRIDGE: Bridge<'static> = Bridge {
    uniqueid: "d1f0e1d3-8ff4-44d9-9de6-8d4c9cce0693",
    kind: "agent_hold",
    technology: "holding_bridge",
    creator: "AgentPool",
    name: "",
    num_channels: 1,
    video_source_mode: "none",
};

const CHANNEL: &str = "Channel: Local/101@default-00000007;1
    ChannelState: 0
    ChannelStateDesc: Down
    CallerIDNum: <unknown>
    CallerIDName: <unknown>
    ConnectedLineNum: <unknown>
    ConnectedLineName: <unknown>
    Language: en
    AccountCode:.
    Context: default
    Exten: 101
    Priority: 1
    Uniqueid: 1795418086.14
    Linkedid: 1795418086.14";

fn channel() -> Channel<'static> {
    half("Local/101@default-00000007;1", "1795418086.14")
}

/// The lines of [`CHANNEL`] with a prefix before each key.
fn prefixed(prefix: &str) -> String {
    CHANNEL
        .lines()
        .map(|line| format!("{prefix}{}\n", line.trim()))
        .collect()
}

#[test]
fn a_channel() {
    let expected = format!("Event: Newchannel\nPrivilege: call,all\n{CHANNEL}");
    assert_eq!(event(&Newchannel { channel: channel() }), wire(&expected));
}

#[test]
fn variables_of_a_channel_carry_its_prefix() {
    let variables = [(Arc::from("COLOUR"), Arc::from("green=ish"))];
    let channel = Channel {
        variables: &variables,
        ..channel()
    };
    let begin = DialBegin {
        channel: None,
        dest: channel,
        dial_string: "101@default/n",
    };
    let expected = format!(
        "Event: DialBegin\nPrivilege: call,all\n{}DestChanVariable: COLOUR=green=ish
        DialString: 101@default/n",
        prefixed("Dest")
    );
    assert_eq!(event(&begin), wire(&expected));
}

#[test]
fn two_channels() {
    let second = Channel {
        state: 4,
        state_desc: "Ring",
        ..half("Local/101@default-00000007;2", "1795418086.15")
    };
    let bridge = LocalBridge {
        local_one: channel(),
        local_two: second,
        context: "default",
        exten: "101",
        local_optimization: false,
    };
    let two = prefixed("LocalTwo")
        .replace(";1", ";2")
        .replace("Uniqueid: 1795418086.14", "Uniqueid: 1795418086.15")
        .replace("State: 0", "State: 4")
        .replace("Desc: Down", "Desc: Ring");
    let expected = format!(
        "Event: LocalBridge\nPrivilege: call,all\n{}{two}Context: default\nExten: 101
        LocalOptimization: No",
        prefixed("LocalOne")
    );
    assert_eq!(event(&bridge), wire(&expected));
}

#[test]
fn a_bridge_and_a_channel() {
    let enter = BridgeEnter {
        bridge: BRIDGE,
        channel: channel(),
        swap_uniqueid: None,
    };
    let expected = format!(
        "Event: BridgeEnter
        Privilege: call,all
        BridgeUniqueid: d1f0e1d3-8ff4-44d9-9de6-8d4c9cce0693
        BridgeType: agent_hold
        BridgeTechnology: holding_bridge
        BridgeCreator: AgentPool
        BridgeName: <unknown>
        BridgeNumChannels: 1
        BridgeVideoSourceMode: none
        {CHANNEL}"
    );
    assert_eq!(event(&enter), wire(&expected));
}

#[test]
fn lines_of_their_own_follow_the_group() {
    let step = Newexten {
        channel: channel(),
        extension: "101",
        application: "AppDial2",
        data: "(Outgoing Line)",
    };
    let expected = format!(
        "Event: Newexten\nPrivilege: dialplan,all\n{CHANNEL}
        Extension: 101\nApplication: AppDial2\nAppData: (Outgoing Line)"
    );
    assert_eq!(event(&step), wire(&expected));

    let presentation = "0 (Presentation Allowed, Not Screened)";
    let caller = NewCallerid {
        channel: channel(),
        presentation,
    };
    let expected = format!(
        "Event: NewCallerid\nPrivilege: call,all\n{CHANNEL}
        CID-CallingPres: 0 (Presentation Allowed, Not Screened)"
    );
    assert_eq!(event(&caller), wire(&expected));
}

#[test]
fn an_optional_line_is_there_or_not() {
    let hangup = Hangup {
        channel: channel(),
        cause: 17,
        cause_text: "User busy",
        tech_cause: Some("486"),
    };
    let expected = format!(
        "Event: Hangup\nPrivilege: call,all\n{CHANNEL}
        Cause: 17\nCause-txt: User busy\nTechCause: 486"
    );
    assert_eq!(event(&hangup), wire(&expected));
    let without = Hangup {
        tech_cause: None,
        ..hangup
    };
    assert_eq!(
        event(&without),
        wire(&expected.replace("\nTechCause: 486", ""))
    );
}

#[test]
fn a_global_variable_belongs_to_none() {
    let set = VarSet {
        channel: None,
        variable: "GREETING",
        value: Quoted("say \"hi\""),
    };
    assert_eq!(
        event(&set),
        wire(
            "Event: VarSet
            Privilege: dialplan,all
            Channel: none
            Uniqueid: none
            Variable: GREETING
            Value: say \\\"hi\\\""
        )
    );
}

#[test]
fn a_user_event_keeps_its_lines_as_they_were_sent() {
    let headers = [
        ("ActionID", "u1"),
        ("Number", "42"),
        ("Note", "two words"),
        ("nOTE", "a\r\nb"),
    ]
    .map(|(key, value)| (Arc::from(key), Arc::from(value)));
    let sent = UserEvent {
        channel: None,
        kind: "Ticket",
        headers: &headers,
    };
    assert_eq!(
        event(&sent),
        wire(
            "Event: UserEvent
            Privilege: user,all
            UserEvent: Ticket
            ActionID: u1
            Number: 42
            Note: two words
            nOTE: a\\r\\nb"
        )
    );
    let bare = UserEvent {
        channel: None,
        kind: "",
        headers: &[],
    };
    assert_eq!(
        event(&bare),
        wire("Event: UserEvent\nPrivilege: user,all\nUserEvent:.")
    );
}

#[test]
fn what_is_empty_may_have_a_name() {
    let failed = OriginateResponse {
        action_id: Some("o4"),
        response: "Failure",
        channel: "Local/103@default/n",
        application: Some("Wait"),
        data: Some("5"),
        reason: 5,
        ..OriginateResponse::default()
    };
    assert_eq!(
        event(&failed),
        wire(
            "Event: OriginateResponse
            Privilege: call,all
            ActionID: o4
            Response: Failure
            Channel: Local/103@default/n
            Application: Wait
            Data: 5
            Reason: 5
            Uniqueid: <unknown>
            CallerIDNum: <unknown>
            CallerIDName: <unknown>"
        )
    );
}

#[test]
fn a_transfer() {
    let transfer = BlindTransfer {
        result: "Success",
        transferer: channel(),
        transferee: Some(channel()),
        bridge: Some(BRIDGE),
        is_external: true,
        context: "default",
        extension: "107",
    };
    let text = event(&transfer);
    let start = format!(
        "Event: BlindTransfer\nPrivilege: call,all\nResult: Success\n{}{}",
        prefixed("Transferer"),
        prefixed("Transferee")
    );
    assert!(text.starts_with(wire(&start).trim_end()), "{text}");
    let end =
        wire("BridgeVideoSourceMode: none\nIsExternal: Yes\nContext: default\nExtension: 107");
    assert!(text.ends_with(&end), "{text}");
}

#[test]
fn an_attempt_to_get_in() {
    let auth = SuccessfulAuth {
        attempt: Security {
            time: "2026-11-23T07:14:00.571+0000",
            severity: "Informational",
            service: "AMI",
            account_id: "admin",
            session_id: "0x7f1b78007aa0",
            local_address: "IPV4/TCP/127.0.0.1/5038",
            remote_address: "IPV4/TCP/127.0.0.1/38592",
        },
        using_password: 0,
        module: None,
        session_time: Some("2026-11-23T07:14:00.571+0000"),
    };
    assert_eq!(
        event(&auth),
        wire(
            "Event: SuccessfulAuth
            Privilege: security,all
            EventTV: 2026-11-23T07:14:00.571+0000
            Severity: Informational
            Service: AMI
            EventVersion: 1
            AccountID: admin
            SessionID: 0x7f1b78007aa0
            LocalAddress: IPV4/TCP/127.0.0.1/5038
            RemoteAddress: IPV4/TCP/127.0.0.1/38592
            UsingPassword: 0
            SessionTV: 2026-11-23T07:14:00.571+0000"
        )
    );
}

#[test]
fn a_call_record() {
    let cdr = Cdr {
        destination: "120",
        destination_context: "default",
        caller_id: "\"\" <>",
        channel: "Local/120@default-00000000;2",
        last_application: "AgentLogin",
        last_data: "3001",
        start_time: "2026-11-23 07:18:43",
        answer_time: "2026-11-23 07:18:43",
        end_time: "2026-11-23 07:18:45",
        duration: 2,
        billable_seconds: 2,
        disposition: "ANSWERED",
        ama_flags: "DOCUMENTATION",
        uniqueid: "1795418323.1",
        ..Cdr::default()
    };
    assert_eq!(
        event(&cdr),
        wire(
            "Event: Cdr
            Privilege: cdr,all
            AccountCode:.
            Source:.
            Destination: 120
            DestinationContext: default
            CallerID: \"\" <>
            Channel: Local/120@default-00000000;2
            DestinationChannel:.
            LastApplication: AgentLogin
            LastData: 3001
            StartTime: 2026-11-23 07:18:43
            AnswerTime: 2026-11-23 07:18:43
            EndTime: 2026-11-23 07:18:45
            Duration: 2
            BillableSeconds: 2
            Disposition: ANSWERED
            AMAFlags: DOCUMENTATION
            UniqueID: 1795418323.1
            UserField:."
        )
    );
}

#[test]
fn configuration_adds_lines_after_the_privilege() {
    let timestamp = Some(Timestamp {
        seconds: 1_795_418_081,
        micros: 31_373,
    });
    let extra = Extra {
        timestamp,
        system_name: Some("east"),
    };
    let mut out = Vec::new();
    DeviceStateChange {
        device: "d",
        state: "INUSE",
    }
    .write(&mut out, &extra);
    assert_eq!(
        String::from_utf8(out).unwrap(),
        wire(
            "Event: DeviceStateChange
            Privilege: call,all
            Timestamp: 1795418081.031373
            SystemName: east
            Device: d
            State: INUSE"
        )
    );
}

#[test]
fn the_old_dialect_has_the_channel_after_the_privilege() {
    let hangup = old::Hangup {
        channel: "SIP/6001-00000001",
        uniqueid: "1795418086.14",
        caller_id_num: "6001",
        caller_id_name: "",
        cause: 16,
        cause_text: "Normal Clearing",
    };
    assert_eq!(
        event(&hangup),
        wire(
            "Event: Hangup
            Privilege: call,all
            Channel: SIP/6001-00000001
            Uniqueid: 1795418086.14
            CallerIDNum: 6001
            CallerIDName: <unknown>
            Cause: 16
            Cause-txt: Normal Clearing"
        )
    );
}

/// A privilege is printed by the derive and by `Permission`: the two must agree.
#[test]
fn heads_follow_from_the_declaration() {
    fn agrees<E: Event>() {
        let spec = E::SPEC;
        assert_eq!(
            E::HEAD,
            format!("Event: {}\r\nPrivilege: {}", spec.name, spec.class)
        );
    }
    agrees::<Newchannel<'_>>();
    agrees::<Newexten<'_>>();
    agrees::<SuccessfulAuth<'_>>();
    agrees::<old::Dtmf<'_>>();
}
