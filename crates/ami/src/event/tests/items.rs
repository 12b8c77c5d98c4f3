//! Items of lists and their ends.

use super::super::bridging::BridgeInfoComplete;
use super::super::channel::{ChannelHungup, CoreShowChannel, Status, StatusComplete};
use super::super::database::DbGetResponse;
use super::super::dialplan::ListDialplan;
use super::super::state::DeviceStateChange;
use super::*;

#[test]
fn items_carry_the_action_id_second_or_last() {
    let shown = CoreShowChannel {
        channel: channel(),
        application: "Wait",
        application_data: "600",
        duration: "00:00:02",
        bridge_id: "",
    };
    let expected = format!(
        "Event: CoreShowChannel\nActionID: s1\n{CHANNEL}
        Application: Wait\nApplicationData: 600\nDuration: 00:00:02\nBridgeId:."
    );
    assert_eq!(item(&shown, "s1"), wire(&expected));
    assert_eq!(
        item(&shown, ""),
        wire(&expected.replace("\nActionID: s1", ""))
    );

    let hungup = ChannelHungup {
        channel: "Local/101@default-00000005;2",
    };
    let expected = "Event: ChannelHungup\nChannel: Local/101@default-00000005;2\nActionID: h1";
    assert_eq!(item(&hungup, "h1"), wire(expected));

    let entry = DbGetResponse {
        family: "test",
        key: "one",
        value: "1",
    };
    let expected = "Event: DBGetResponse\nFamily: test\nKey: one\nVal: 1\nActionID: 4";
    assert_eq!(item(&entry, "4"), wire(expected));
}

#[test]
fn a_status_item_has_a_privilege_of_its_own() {
    let variables = [("TICKET", "42"), ("DEEP", "yes")];
    let status = Status {
        channel: channel(),
        technology: "Local",
        application: "Wait",
        data: "600",
        native_formats: "(slin)",
        read_format: "slin",
        write_format: "slin",
        seconds: 1,
        variables: &variables,
        ..Status::default()
    };
    let expected = format!(
        "Event: Status\nPrivilege: Call\n{CHANNEL}
        Type: Local
        DNID:.
        EffectiveConnectedLineNum: <unknown>
        EffectiveConnectedLineName: <unknown>
        TimeToHangup: 0
        BridgeID:.
        Application: Wait
        Data: 600
        Nativeformats: (slin)
        Readformat: slin
        Readtrans:.
        Writeformat: slin
        Writetrans:.
        Callgroup: 0
        Pickupgroup: 0
        Seconds: 1
        Variable: TICKET=42
        Variable: DEEP=yes
        ActionID: s2"
    );
    assert_eq!(item(&status, "s2"), wire(&expected));
}

#[test]
fn the_end_of_a_list() {
    assert_eq!(
        item(
            &StatusComplete {
                items: 1,
                channels: 1
            },
            "2"
        ),
        wire("Event: StatusComplete\nActionID: 2\nEventList: Complete\nListItems: 1\nItems: 1")
    );
    let text = item(
        &BridgeInfoComplete {
            items: 2,
            bridge: BRIDGE,
        },
        "b2",
    );
    let start = "Event: BridgeInfoComplete\nActionID: b2\nEventList: Complete\nListItems: 2\nBridgeUniqueid: d1";
    assert!(text.starts_with(wire(start).trim_end()), "{text}");
}

#[test]
fn an_event_may_be_an_item_too() {
    let change = DeviceStateChange {
        device: "MWI:2002@default",
        state: "NOT_INUSE",
    };
    let lines = "Device: MWI:2002@default\nState: NOT_INUSE";
    let told = format!("Event: DeviceStateChange\nPrivilege: call,all\n{lines}");
    assert_eq!(event(&change), wire(&told));
    let listed = format!("Event: DeviceStateChange\nActionID: 1\n{lines}");
    assert_eq!(item(&change, "1"), wire(&listed));
}

#[test]
fn a_step_of_the_dialplan() {
    let step = ListDialplan {
        context: "default",
        extension: Some("555"),
        priority: Some("1"),
        application: Some("NoOp"),
        data: Some("added"),
        registrar: Some("pbx_config"),
        ..ListDialplan::default()
    };
    assert_eq!(
        item(&step, "3"),
        wire(
            "Event: ListDialplan
            ActionID: 3
            Context: default
            Extension: 555
            Priority: 1
            Application: NoOp
            AppData: added
            Registrar: pbx_config"
        )
    );
}
