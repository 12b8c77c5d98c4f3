use std::sync::Arc;

use engine::request::{JoinFailed, KickFailed, NoBridge, NoTechnology, Request, TransferFailed};
use switch::Snapshot;
use switch::bridge::Technology;

use crate::action::testing::Bench;
use crate::tell::testing::{bridge, channel};

const BRIDGE: &str = "f74d0c0d-95a6-4a3c-9df6-68ff4bf3b0a1";

fn error(message: &str) -> String {
    format!("Response: Error\nActionID: 1\nMessage: {message}\n\n")
}

fn success(message: &str) -> String {
    format!("Response: Success\nActionID: 1\nMessage: {message}\n\n")
}

#[test]
fn blind_transfer() {
    let bench = Bench::new(|request| match request {
        Request::Channel(_, answer) => answer.send(Some(Arc::new(Snapshot {
            context: "its-own".into(),
            ..channel(20, "x")
        }))),
        Request::BlindTransfer {
            channel,
            context,
            reply,
            ..
        } => {
            reply.send(match (&*channel, &*context) {
                ("x", "default" | "its-own") => Ok(()),
                ("alone", _) => Err(TransferFailed::Invalid),
                ("held", _) => Err(TransferFailed::NotPermitted),
                ("lost", _) => Err(TransferFailed::NoExtension),
                _ => Err(TransferFailed::NoChannel),
            });
        }
        other => panic!("{other:?}"),
    });
    let transfer = |rest: &str| bench.ask(&format!("Action: BlindTransfer\nActionID: 1\n{rest}"));
    let to = |channel: &str| transfer(&format!("Channel: {channel}\nContext: default\nExten: 107"));
    assert_eq!(transfer("Exten: 107"), error("No channel specified"));
    assert_eq!(transfer("Channel: x"), error("No extension specified"));
    assert_eq!(
        transfer("Channel: x\nExten: 107"),
        success("Transfer succeeded")
    );
    assert_eq!(to("x"), success("Transfer succeeded"));
    assert_eq!(to("none"), error("Channel specified does not exist"));
    assert_eq!(to("alone"), error("Transfer invalid"));
    assert_eq!(to("held"), error("Transfer not permitted"));
    assert_eq!(to("lost"), error("Transfer failed"));
}

#[test]
fn two_channels_are_joined() {
    let bench = Bench::new(|request| {
        let Request::JoinChannels(one, two, answer) = request else {
            panic!("{request:?}")
        };
        answer.send(match (&*one, &*two) {
            ("a", "b") => Ok(()),
            ("a", _) => Err(JoinFailed::NoSecond),
            _ => Err(JoinFailed::NoFirst),
        });
    });
    let join = |one: &str, two: &str| {
        bench.ask(&format!(
            "Action: Bridge\nActionID: 1\nChannel1: {one}\nChannel2: {two}"
        ))
    };
    assert_eq!(join("a", "b"), success("Channels have been bridged"));
    assert_eq!(join("a", ""), error("Missing channel parameter in request"));
    assert_eq!(join("a", "x"), error("Channel2 does not exists: x"));
    assert_eq!(join("x", "b"), error("Channel1 does not exists: x"));
}

#[test]
fn bridges_are_listed() {
    let bench = Bench::new(|request| {
        let Request::Bridges(answer) = request else {
            panic!("{request:?}")
        };
        answer.send(vec![bridge(&[20, 21])]);
    });
    assert_eq!(
        bench.ask("Action: BridgeList\nActionID: b1"),
        "Response: Success\nActionID: b1\nEventList: start\nMessage: Bridge listing will follow\n\
         \nEvent: BridgeListItem\nActionID: b1\nBridgeUniqueid: f74d0c0d-95a6-4a3c-9df6-68ff4bf3b0a1\n\
         BridgeType: basic\nBridgeTechnology: simple_bridge\nBridgeCreator: <unknown>\n\
         BridgeName: <unknown>\nBridgeNumChannels: 2\nBridgeVideoSourceMode: none\n\
         \nEvent: BridgeListComplete\nActionID: b1\nEventList: Complete\nListItems: 1\n\n"
    );
    let parking = bench.ask("Action: BridgeList\nBridgeType: parking");
    assert!(parking.ends_with("\nListItems: 0\n\n"));
}

#[test]
fn a_bridge_and_its_channels() {
    let bench = Bench::new(|request| {
        let Request::Bridge(id, answer) = request else {
            panic!("{request:?}")
        };
        let found = (
            bridge(&[20]),
            vec![Arc::new(channel(20, "Local/108@default-00000004;2"))],
        );
        answer.send((&*id == BRIDGE).then_some(found));
    });
    let info = bench.ask(&format!(
        "Action: BridgeInfo\nActionID: b2\nBridgeUniqueid: {BRIDGE}"
    ));
    assert!(info.starts_with(
        "Response: Success\nActionID: b2\nEventList: start\nMessage: Bridge channel listing will follow\n\
         \nEvent: BridgeInfoChannel\nActionID: b2\nChannel: Local/108@default-00000004;2\n"
    ));
    assert!(info.ends_with(
        "\nEvent: BridgeInfoComplete\nActionID: b2\nEventList: Complete\nListItems: 1\n\
         BridgeUniqueid: f74d0c0d-95a6-4a3c-9df6-68ff4bf3b0a1\nBridgeType: basic\n\
         BridgeTechnology: simple_bridge\nBridgeCreator: <unknown>\nBridgeName: <unknown>\n\
         BridgeNumChannels: 1\nBridgeVideoSourceMode: none\n\n"
    ));
    let info = |rest| bench.ask(&format!("Action: BridgeInfo\nActionID: 1\n{rest}"));
    assert_eq!(info(""), error("BridgeUniqueid must be provided"));
    assert_eq!(
        info("BridgeUniqueid: x"),
        error("Bridge specified by BridgeUniqueid not found")
    );
}

#[test]
fn channels_are_kicked_and_bridges_destroyed() {
    let bench = Bench::new(|request| match request {
        Request::BridgeKick(bridge, channel, answer) => {
            answer.send(match (bridge.as_deref(), &*channel) {
                (None | Some(BRIDGE), "x") => Ok(()),
                (Some(_), "x") => Err(KickFailed::NoBridge),
                (_, "alone") => Err(KickFailed::NotInBridge),
                _ => Err(KickFailed::NoChannel),
            });
        }
        Request::BridgeDestroy(id, answer) => {
            answer.send(if &*id == BRIDGE {
                Ok(())
            } else {
                Err(NoBridge)
            });
        }
        other => panic!("{other:?}"),
    });
    let kick = |rest: &str| bench.ask(&format!("Action: BridgeKick\nActionID: 1\n{rest}"));
    assert_eq!(kick("Channel: x"), success("Channel has been kicked"));
    assert_eq!(kick(""), error("Channel must be provided"));
    assert_eq!(
        kick("Channel: x\nBridgeUniqueid: y"),
        error("Bridge not found")
    );
    assert_eq!(kick("Channel: alone"), error("Channel not in a bridge"));
    assert_eq!(kick("Channel: none"), error("Channel not found"));
    let destroy = |id| {
        bench.ask(&format!(
            "Action: BridgeDestroy\nActionID: 1\nBridgeUniqueid: {id}"
        ))
    };
    assert_eq!(destroy(BRIDGE), success("Bridge has been destroyed"));
    assert_eq!(destroy(""), error("BridgeUniqueid must be provided"));
    assert_eq!(
        destroy("y"),
        error("Bridge specified by BridgeUniqueid not found")
    );
}

#[test]
fn ways_of_mixing() {
    let bench = Bench::new(|request| match request {
        Request::BridgeTechnologies(answer) => answer.send(vec![Technology {
            name: "simple_bridge",
            kind: "1to1Mix",
            priority: 50,
            suspended: true,
        }]),
        Request::SuspendTechnology(name, _, answer) => {
            answer.send(if &*name == "simple_bridge" {
                Ok(())
            } else {
                Err(NoTechnology)
            });
        }
        other => panic!("{other:?}"),
    });
    let list = bench.ask("Action: BridgeTechnologyList\nActionID: 1");
    assert!(list.contains(
        "\nEvent: BridgeTechnologyListItem\nActionID: 1\nBridgeTechnology: simple_bridge\n\
         BridgeType: 1to1Mix\nBridgePriority: 50\nBridgeSuspended: Yes\n\n"
    ));
    let ask = |action: &str, name: &str| {
        bench.ask(&format!(
            "Action: {action}\nActionID: 1\nBridgeTechnology: {name}"
        ))
    };
    let suspended = ask("BridgeTechnologySuspend", "simple_bridge");
    assert_eq!(suspended, success("Suspended bridge technology"));
    let back = ask("BridgeTechnologyUnsuspend", "simple_bridge");
    assert_eq!(back, success("Unsuspended bridge technology"));
    assert_eq!(
        ask("BridgeTechnologySuspend", "x"),
        error("Bridge technology not found")
    );
    assert_eq!(
        ask("BridgeTechnologyUnsuspend", ""),
        error("BridgeTechnology must be provided")
    );
}
