mod originate;
mod variable;

// Long because each action of the domain is held against its recorded replies here.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use engine::request::{
    NoChannel, OptimizeFailed, RedirectFailed, Request, SendTextFailed, Target, Trust,
};
use switch::fact::Snap;
use switch::{Cause, Snapshot, State, Text};

use crate::action::testing::Bench;
use crate::tell::testing::{NOON, channel, party};

const ONE: &str = "Local/101@default-0000000a;1";

/// A channel that waits, as the transcripts have it.
fn waiting() -> Snap {
    Arc::new(Snapshot {
        state: State::Up,
        caller: party("5551000", "Click To Call"),
        connected: party("5551000", "Click To Call"),
        account: "acme".into(),
        application: "Wait".into(),
        data: "600".into(),
        ..channel(20, ONE)
    })
}

fn error(message: &str) -> String {
    format!("Response: Error\nActionID: 1\nMessage: {message}\n\n")
}

fn success(message: &str) -> String {
    format!("Response: Success\nActionID: 1\nMessage: {message}\n\n")
}

#[test]
fn absolute_timeout() {
    let unasked = Bench::unasked();
    let no_channel = unasked.ask("Action: AbsoluteTimeout\nActionID: 1\nTimeout: 1");
    assert_eq!(no_channel, error("No channel specified"));
    for timeout in ["", "0", "-1", "soon", "NaN"] {
        let request =
            format!("Action: AbsoluteTimeout\nActionID: 1\nChannel: x\nTimeout: {timeout}");
        assert_eq!(unasked.ask(&request), error("No timeout specified"));
    }
    let bench = Bench::new(|request| {
        let Request::AbsoluteTimeout(name, after, answer) = request else {
            panic!("{request:?}")
        };
        assert_eq!(after, Some(Duration::from_millis(1500)));
        answer.send(if &*name == ONE {
            Ok(())
        } else {
            Err(NoChannel)
        });
    });
    let request =
        |channel| format!("Action: AbsoluteTimeout\nActionID: 1\nChannel: {channel}\nTimeout: 1.5");
    assert_eq!(bench.ask(&request(ONE)), success("Timeout Set"));
    assert_eq!(bench.ask(&request("none")), error("No such channel"));
}

#[test]
fn hangup_by_name() {
    let unasked = Bench::unasked();
    assert_eq!(
        unasked.ask("Action: Hangup\nActionID: 1"),
        error("No channel specified")
    );
    let causes = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&causes);
    let bench = Bench::new(move |request| {
        let Request::Hangup(Target::Name(name), cause, answer) = request else {
            panic!()
        };
        seen.lock().unwrap().push(cause);
        answer.send(if &*name == ONE {
            vec![name]
        } else {
            Vec::new()
        });
    });
    let hangup = |channel: &str, cause: &str| {
        bench.ask(&format!(
            "Action: Hangup\nActionID: 1\nChannel: {channel}\nCause: {cause}"
        ))
    };
    assert_eq!(
        hangup("Local/nobody-00000000;1", ""),
        error("No such channel")
    );
    assert_eq!(hangup(ONE, "17"), success("Channel Hungup"));
    assert_eq!(hangup(ONE, "128"), success("Channel Hungup"));
    assert_eq!(*causes.lock().unwrap(), [Cause(0), Cause::BUSY, Cause(0)]);
}

#[test]
fn hangup_by_expression() {
    let bench = Bench::new(|request| {
        let Request::Hangup(Target::Matching(test), _, answer) = request else {
            panic!()
        };
        let names = [
            "Local/101@default-00000007;1",
            "Local/101@default-00000007;2",
            "PJSIP/101",
        ];
        answer.send(
            names
                .into_iter()
                .filter(|name| (test.0)(name))
                .map(Text::from)
                .collect(),
        );
    });
    assert_eq!(
        bench.ask("Action: Hangup\nActionID: h2\nChannel: /^Local\\/101.*$/"),
        "Response: Success\nActionID: h2\nEventList: start\nMessage: Channels hung up will follow\n\
         \nEvent: ChannelHungup\nChannel: Local/101@default-00000007;1\nActionID: h2\n\
         \nEvent: ChannelHungup\nChannel: Local/101@default-00000007;2\nActionID: h2\n\
         \nEvent: ChannelsHungupListComplete\nActionID: h2\nEventList: Complete\nListItems: 2\n\n"
    );
    let hangup = |channel| bench.ask(&format!("Action: Hangup\nActionID: 1\nChannel: {channel}"));
    let format = error("Regex format invalid, Channel param should be /regex/");
    assert_eq!(hangup("/^Local"), format);
    assert_eq!(hangup("/"), format);
    assert_eq!(hangup("/(/"), error("Regex compile failed on: ("));
}

#[test]
fn channels_are_listed() {
    let bench = Bench::new(|request| {
        let Request::Channels(answer) = request else {
            panic!("{request:?}")
        };
        answer.send(vec![waiting()]);
    });
    assert_eq!(
        bench.ask("Action: CoreShowChannels\nActionID: s1"),
        "Response: Success\nActionID: s1\nEventList: start\nMessage: Channels will follow\n\
         \nEvent: CoreShowChannel\nActionID: s1\nChannel: Local/101@default-0000000a;1\n\
         ChannelState: 6\nChannelStateDesc: Up\nCallerIDNum: 5551000\nCallerIDName: Click To Call\n\
         ConnectedLineNum: 5551000\nConnectedLineName: Click To Call\nLanguage: en\n\
         AccountCode: acme\nContext: default\nExten: 101\nPriority: 1\nUniqueid: 1795418110.20\n\
         Linkedid: 1795418110.20\nApplication: Wait\nApplicationData: 600\nDuration: 00:01:01\n\
         BridgeId: \n\
         \nEvent: CoreShowChannelsComplete\nActionID: s1\nEventList: Complete\nListItems: 1\n\n"
    );
}

#[test]
fn a_channel_is_described_with_its_variables() {
    let bench = Bench::new(|request| match request {
        Request::Channel(name, answer) => answer.send((&*name == ONE).then(waiting)),
        Request::GetVariables(id, names, Trust::Outside, answer) => {
            assert_eq!(&*id, "1795418110.20");
            assert_eq!(names, [Text::from("TICKET"), Text::from("DEEP")]);
            answer.send(Ok(vec!["42".into(), "yes".into()]));
        }
        other => panic!("{other:?}"),
    });
    assert_eq!(
        bench.ask(&format!(
            "Action: Status\nActionID: s2\nChannel: {ONE}\nVariables: TICKET,DEEP"
        )),
        "Response: Success\nActionID: s2\nEventList: start\nMessage: Channel status will follow\n\
         \nEvent: Status\nPrivilege: Call\nChannel: Local/101@default-0000000a;1\n\
         ChannelState: 6\nChannelStateDesc: Up\nCallerIDNum: 5551000\nCallerIDName: Click To Call\n\
         ConnectedLineNum: 5551000\nConnectedLineName: Click To Call\nLanguage: en\n\
         AccountCode: acme\nContext: default\nExten: 101\nPriority: 1\nUniqueid: 1795418110.20\n\
         Linkedid: 1795418110.20\nType: Local\nDNID: \nEffectiveConnectedLineNum: 5551000\n\
         EffectiveConnectedLineName: Click To Call\nTimeToHangup: 0\nBridgeID: \nApplication: Wait\n\
         Data: 600\nNativeformats: (slin)\nReadformat: slin\nReadtrans: \nWriteformat: slin\n\
         Writetrans: \nCallgroup: 0\nPickupgroup: 0\nSeconds: 61\nVariable: TICKET=42\n\
         Variable: DEEP=yes\nActionID: s2\n\
         \nEvent: StatusComplete\nActionID: s2\nEventList: Complete\nListItems: 1\nItems: 1\n\n"
    );
    let none = bench.ask("Action: Status\nActionID: 1\nChannel: Local/nobody-00000000;1");
    assert_eq!(none, error("No such channel"));
}

#[test]
fn a_channel_that_ends_while_it_is_listed_is_left_out() {
    let bench = Bench::new(|request| match request {
        Request::Channels(answer) => answer.send(vec![waiting()]),
        Request::ChannelVariables(_, answer) => answer.send(Err(NoChannel)),
        other => panic!("{other:?}"),
    });
    let list = bench.ask("Action: Status\nActionID: 1\nAllVariables: true");
    assert!(list.contains("\nEvent: StatusComplete\n") && !list.contains("\nEvent: Status\n"));
}

#[test]
fn who_is_connected_with_whom() {
    let bench = Bench::new(|request| {
        let Request::ChannelMap(name, answer) = request else {
            panic!("{request:?}")
        };
        answer.send(if &*name == ONE {
            Ok(vec!["PJSIP/1".into()])
        } else {
            Err(NoChannel)
        });
    });
    assert_eq!(
        bench.ask(&format!(
            "Action: CoreShowChannelMap\nActionID: 1\nChannel: {ONE}"
        )),
        "Response: Success\nActionID: 1\nEventList: start\nMessage: Channel map will follow\n\
         \nEvent: CoreShowChannelMapChannel\nActionID: 1\nConnectedChannel: PJSIP/1\n\
         \nEvent: CoreShowChannelMapComplete\nActionID: 1\nEventList: Complete\nListItems: 1\n\n"
    );
    let map = |rest| bench.ask(&format!("Action: CoreShowChannelMap\nActionID: 1\n{rest}"));
    assert_eq!(map(""), error("CoreShowChannelMap requires a channel."));
    assert_eq!(map("Channel: x"), error("Could not get channel snapshot"));
}

#[test]
fn redirect() {
    let unasked = Bench::unasked();
    let redirect = |rest: &str| unasked.ask(&format!("Action: Redirect\nActionID: 1\n{rest}"));
    assert_eq!(redirect(""), error("Channel not specified"));
    assert_eq!(redirect("Channel: x"), error("Context not specified"));
    assert_eq!(
        redirect("Channel: x\nContext: c"),
        error("Exten not specified")
    );
    assert_eq!(
        redirect("Channel: x\nContext: c\nExten: e"),
        error("Priority not specified")
    );
    let place = "Channel: x\nContext: c\nExten: e\nPriority: 1";
    assert_eq!(
        redirect("Channel: x\nContext: c\nExten: e\nPriority: 0"),
        error("Priority is invalid")
    );
    let unasked_with =
        |rest: &str| redirect(&format!("{place}\nExtraChannel: y\nExtraContext: d{rest}"));
    assert_eq!(unasked_with(""), error("ExtraExten not specified"));
    assert_eq!(
        unasked_with("\nExtraExten: f"),
        error("ExtraPriority not specified")
    );
    assert_eq!(
        unasked_with("\nExtraExten: f\nExtraPriority: -1"),
        error("ExtraPriority is invalid")
    );

    let bench = Bench::new(|request| {
        let Request::Redirect(order, answer) = request else {
            panic!("{request:?}")
        };
        answer.send(match (&*order.channel, order.extra) {
            ("x", None) => Ok(()),
            ("x", Some((other, place))) if &*other == "y" => {
                // Without a context of its own it goes where the first does.
                assert_eq!(place, order.to);
                Ok(())
            }
            ("x", Some(_)) => Err(RedirectFailed::NoExtraChannel),
            ("ending", _) => Err(RedirectFailed::NotUp),
            _ => Err(RedirectFailed::NoChannel),
        });
    });
    let redirect = |channel: &str, rest: &str| {
        bench.ask(&format!(
            "Action: Redirect\nActionID: 1\nChannel: {channel}\nContext: c\nExten: e\nPriority: 1\n{rest}"
        ))
    };
    assert_eq!(redirect("x", ""), success("Redirect successful"));
    assert_eq!(
        redirect("x", "ExtraChannel: y"),
        success("Dual Redirect successful")
    );
    assert_eq!(
        redirect("x", "ExtraChannel: z"),
        error("ExtraChannel does not exist: z")
    );
    assert_eq!(
        redirect("ending", ""),
        error("Redirect failed, channel not up.")
    );
    assert_eq!(
        redirect("Local/nobody-00000000;1", ""),
        error("Channel does not exist: Local/nobody-00000000;1")
    );
}

#[test]
fn a_digit_is_played() {
    let bench = Bench::new(|request| match request {
        Request::Channel(name, answer) => answer.send((&*name == ONE).then(waiting)),
        Request::PlayDigit {
            digit,
            duration,
            receive,
            reply,
            ..
        } => {
            let expected = match digit {
                '1' => (Some(Duration::from_millis(120)), false),
                _ => (None, true),
            };
            assert_eq!((duration, receive), expected);
            reply.send(Ok(()));
        }
        other => panic!("{other:?}"),
    });
    let play = |channel: &str, rest: &str| {
        bench.ask(&format!(
            "Action: PlayDTMF\nActionID: 1\nChannel: {channel}\n{rest}"
        ))
    };
    assert_eq!(
        play(ONE, "Digit: 1\nDuration: 120"),
        success("DTMF successfully queued")
    );
    assert_eq!(
        play(ONE, "Digit: xx\nReceive: true"),
        success("DTMF successfully queued")
    );
    assert_eq!(play("none", "Digit: 1"), error("Channel not found"));
    assert_eq!(play(ONE, ""), error("No digit specified"));
    let wrong = play(ONE, "Digit: 1\nDuration: long");
    assert_eq!(wrong, error("Could not convert Duration parameter"));
}

#[test]
fn text_is_sent() {
    let unasked = Bench::unasked();
    let send = |rest| unasked.ask(&format!("Action: SendText\nActionID: 1\n{rest}"));
    assert_eq!(send(""), error("No channel specified"));
    assert_eq!(send("Channel: x"), error("No Message specified"));
    let bench = Bench::new(|request| {
        let Request::SendText(name, _, answer) = request else {
            panic!("{request:?}")
        };
        answer.send(match &*name {
            "x" => Ok(()),
            "deaf" => Err(SendTextFailed::Unsupported),
            _ => Err(SendTextFailed::NoChannel),
        });
    });
    let send = |name| {
        bench.ask(&format!(
            "Action: SendText\nActionID: 1\nChannel: {name}\nMessage: hi"
        ))
    };
    assert_eq!(send("x"), success("Success"));
    assert_eq!(send("deaf"), error("Failure"));
    assert_eq!(send("none"), error("No such channel"));
}

#[test]
fn sound_is_muted() {
    let bench = Bench::new(|request| {
        let Request::MuteAudio {
            channel, on, reply, ..
        } = request
        else {
            panic!()
        };
        assert!(on);
        reply.send(if &*channel == "x" {
            Ok(())
        } else {
            Err(NoChannel)
        });
    });
    let mute = |rest| bench.ask(&format!("Action: MuteAudio\nActionID: 1\n{rest}"));
    assert_eq!(mute(""), error("Channel not specified"));
    assert_eq!(
        mute("Channel: x\nDirection: in"),
        error("State not specified")
    );
    assert_eq!(
        mute("Channel: x\nState: on"),
        error("Direction not specified")
    );
    assert_eq!(
        mute("Channel: x\nState: on\nDirection: up"),
        error("Direction is invalid")
    );
    let done = "Response: Success\nActionID: 1\n\n";
    assert_eq!(mute("Channel: x\nState: on\nDirection: ALL"), done);
    assert_eq!(
        mute("Channel: y\nState: on\nDirection: in"),
        error("Channel not found")
    );
}

#[test]
fn a_local_pair_is_taken_out() {
    let bench = Bench::new(|request| {
        let Request::LocalOptimizeAway(name, answer) = request else {
            panic!("{request:?}")
        };
        answer.send(match &*name {
            ONE => Ok(()),
            "PJSIP/1" => Err(OptimizeFailed::NotLocal),
            _ => Err(OptimizeFailed::NoChannel),
        });
    });
    let optimize = |name| {
        bench.ask(&format!(
            "Action: LocalOptimizeAway\nActionID: 1\nChannel: {name}"
        ))
    };
    assert_eq!(
        optimize(ONE),
        success("Queued channel to be optimized away")
    );
    assert_eq!(optimize("PJSIP/1"), error("Unable to find channel"));
    assert_eq!(optimize("none"), error("Channel does not exist."));
    assert_eq!(optimize(""), error("'Channel' not specified."));
}

#[test]
fn an_instant_to_hang_up_at_is_shown() {
    let limited = Arc::new(Snapshot {
        hangup_at: Some(NOON),
        ..channel(20, ONE)
    });
    let bench = Bench::new(move |request| {
        let Request::Channels(answer) = request else {
            panic!("{request:?}")
        };
        answer.send(vec![limited.clone()]);
    });
    assert!(
        bench
            .ask("Action: Status")
            .contains("\nTimeToHangup: 1795418110\n")
    );
}
