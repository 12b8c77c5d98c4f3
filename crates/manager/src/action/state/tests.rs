use std::sync::Arc;

use ami::Dialect;
use engine::request::{HintState, Request};
use switch::device::{DeviceState, ExtensionState};
use switch::presence::{Presence, PresenceState};

use crate::action::testing::Bench;

fn lamp(state: ExtensionState) -> HintState {
    HintState {
        exten: "7000".into(),
        context: "default".into(),
        hint: "Custom:lamp1".into(),
        state,
        presence: bob(),
        watchers: 1,
    }
}

fn bob() -> Arc<Presence> {
    Arc::new(Presence {
        state: PresenceState::Away,
        subtype: "lunch".into(),
        message: "back at one".into(),
    })
}

fn switch() -> Bench {
    Bench::new(|request| match request {
        Request::ExtensionState(exten, context, answer) => {
            assert_eq!(&*context, "default");
            answer.send(if &*exten == "7000" {
                lamp(ExtensionState::InUse)
            } else {
                HintState {
                    hint: "".into(),
                    ..lamp(ExtensionState::NoHint)
                }
            });
        }
        Request::Hints(answer) => answer.send(vec![lamp(ExtensionState::Idle)]),
        Request::Devices(answer) => {
            answer.send(vec![("Custom:lamp1".into(), DeviceState::InUse)]);
        }
        Request::Presence(provider, answer) => {
            answer.send((&*provider == "CustomPresence:bob").then(bob));
        }
        Request::Presences(answer) => answer.send(vec![("CustomPresence:bob".into(), bob())]),
        other => panic!("{other:?}"),
    })
}

#[test]
fn an_extension() {
    assert_eq!(
        switch().ask("Action: ExtensionState\nActionID: 5\nExten: 7000\nContext: default"),
        "Response: Success\nActionID: 5\nMessage: Extension Status\nExten: 7000\nContext: default\n\
         Hint: Custom:lamp1\nStatus: 1\nStatusText: InUse\n\n"
    );
    assert_eq!(
        switch().ask("Action: ExtensionState\nActionID: 3\nExten: 101"),
        "Response: Success\nActionID: 3\nMessage: Extension Status\nExten: 101\nContext: default\n\
         Hint: \nStatus: -1\nStatusText: Unknown\n\n"
    );
    assert_eq!(
        switch().ask("Action: ExtensionState"),
        "Response: Error\nMessage: Extension not specified\n\n"
    );
}

#[test]
fn all_extensions() {
    assert_eq!(
        switch().ask("Action: ExtensionStateList\nActionID: 6"),
        "Response: Success\nActionID: 6\nEventList: start\nMessage: Extension Statuses will follow\n\
         \nEvent: ExtensionStatus\nActionID: 6\nExten: 7000\nContext: default\n\
         Hint: Custom:lamp1\nStatus: 0\nStatusText: Idle\n\
         \nEvent: ExtensionStateListComplete\nActionID: 6\nEventList: Complete\nListItems: 1\n\n"
    );
    let mut old = switch();
    old.dialect = Dialect::Old;
    assert!(!old.ask("Action: ExtensionStateList").contains("StatusText"));
}

#[test]
fn all_devices() {
    assert_eq!(
        switch().ask("Action: DeviceStateList\nActionID: 1"),
        "Response: Success\nActionID: 1\nEventList: start\n\
         Message: Device State Changes will follow\n\
         \nEvent: DeviceStateChange\nActionID: 1\nDevice: Custom:lamp1\nState: INUSE\n\
         \nEvent: DeviceStateListComplete\nActionID: 1\nEventList: Complete\nListItems: 1\n\n"
    );
}

#[test]
fn a_presence() {
    assert_eq!(
        switch().ask("Action: PresenceState\nActionID: 8\nProvider: CustomPresence:bob"),
        "Response: Success\nActionID: 8\nMessage: Presence State\nState: away\nSubtype: lunch\n\
         Message: back at one\nPresenceMessage: back at one\n\n"
    );
    assert_eq!(
        switch().ask("Action: PresenceState\nProvider: x"),
        "Response: Error\nMessage: Invalid provider x or provider in invalid state\n\n"
    );
    assert_eq!(
        switch().ask("Action: PresenceState"),
        "Response: Error\nMessage: No provider specified\n\n"
    );
}

#[test]
fn all_presences() {
    assert_eq!(
        switch().ask("Action: PresenceStateList\nActionID: 9"),
        "Response: Success\nActionID: 9\nEventList: start\n\
         Message: Presence State Changes will follow\n\
         \nEvent: PresenceStateChange\nActionID: 9\nPresentity: CustomPresence:bob\nStatus: away\n\
         Subtype: lunch\nMessage: back at one\n\
         \nEvent: PresenceStateListComplete\nActionID: 9\nEventList: Complete\nListItems: 1\n\n"
    );
}
