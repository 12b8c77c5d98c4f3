//! What is told of calls between phones, in its order: as the recorded sessions of a reference server
//! have it.

use engine::request::Request;
use engine::{FarEnd, FromChannel, Input};
use switch::signal::Order;
use switch::{Party, State, Text};

use super::*;

const PLAN: &str = "[default]\n\
    exten => 100,1,Answer()\n same => n,Echo()\n\
    exten => 105,1,Ringing()\n same => n,Wait(600)\n\
    exten => 6001,hint,Phone/ann\n\
    exten => 6002,hint,Phone/bob\n\
    exten => 6002,1,Dial(Phone/bob,20)\n\
    exten => h,1,NoOp(hungup ${HANGUPCAUSE})\n";

fn desk() -> Exchange {
    let mut exchange = Exchange::new(PLAN);
    for (device, name, number) in [("ann", "Alice", "6001"), ("bob", "Bob", "6002")] {
        let far = FarEnd {
            device: Text::from(device),
            caller: Party {
                number: Text::from(number),
                name: Text::from(name),
                ..Party::default()
            },
            context: Text::from("default"),
            ..FarEnd::default()
        };
        exchange.know(far, &["here"]);
    }
    exchange.take_facts();
    exchange
}

/// All that events are made of, a word or two each.
fn told(facts: &[Fact]) -> Vec<String> {
    let who = |channel: &Snap| {
        let name = channel.name.trim_start_matches("Phone/");
        name.split('-').next().unwrap_or_default().to_owned()
    };
    let line = |fact: &Fact| {
        Some(match fact {
            Fact::ChannelCreated(of) => format!("Newchannel {} {}", who(of), of.exten),
            Fact::StateChanged(of) => format!("Newstate {} {}", who(of), of.state.word()),
            Fact::Answered(of) => format!("ANSWER {} ani {}", who(of), of.ani),
            Fact::ApplicationBegan(of) => format!("Newexten {} {}", who(of), of.application),
            Fact::ConnectedChanged(of) => {
                format!("NewConnectedLine {} {}", who(of), of.connected.name)
            }
            Fact::CallerChanged(of) => format!("NewCallerid {}", who(of)),
            Fact::DialBegan { dest, .. } => format!("DialBegin {}", who(dest)),
            Fact::DialProgressed { dest, status, .. } => {
                format!("DialState {} {status}", who(dest))
            }
            Fact::DialEnded { dest, status, .. } => format!("DialEnd {} {status}", who(dest)),
            Fact::BridgeEntered { channel, .. } => format!("BridgeEnter {}", who(channel)),
            Fact::BridgeLeft { channel, bridge } => {
                format!("BridgeLeave {} {}", who(channel), bridge.technology)
            }
            Fact::DeviceChanged { device, state } => {
                format!("DeviceStateChange {device} {}", state.word())
            }
            Fact::ExtensionChanged { exten, state, .. } => {
                format!("ExtensionStatus {exten} {}", state.word())
            }
            Fact::HangupRequested { channel, cause } => {
                let cause = cause.map_or_else(String::new, |cause| format!(" {}", cause.0));
                format!("HangupRequest {}{cause}", who(channel))
            }
            Fact::SoftHangupRequested { channel, .. } => {
                format!("SoftHangupRequest {}", who(channel))
            }
            Fact::HungUp(of) => format!("Hangup {} {} {}", who(of), of.cause.0, of.hangup_source),
            Fact::Held { channel, music } => format!("Hold {} {music}", who(channel)),
            Fact::Unheld(channel) => format!("Unhold {}", who(channel)),
            Fact::Cdr(_) => "Cdr".to_owned(),
            _ => return None,
        })
    };
    facts.iter().filter_map(line).collect()
}

#[test]
fn phone_to_phone() {
    let mut exchange = desk();
    exchange.phone("bob", [at(0, Act::Ring), at(400, Act::Answer)]);
    let ann = exchange.dial("ann", "6002").unwrap();
    exchange.seconds(1);
    assert_eq!(
        told(&exchange.take_facts()),
        [
            "Newchannel ann 6002",
            "ExtensionStatus 6001 InUse",
            "DeviceStateChange Phone/ann INUSE",
            "Newexten ann Dial",
            "Newchannel bob s",
            "Newexten bob AppDial",
            "NewConnectedLine bob Alice",
            "DialBegin bob",
            "Newstate bob Ringing",
            "ExtensionStatus 6002 Ringing",
            "DeviceStateChange Phone/bob RINGING",
            "NewConnectedLine ann Bob",
            "DialState bob RINGING",
            "Newstate bob Up",
            "ANSWER bob ani 6002",
            "DialEnd bob ANSWER",
            "Newstate ann Up",
            "ANSWER ann ani 6001",
            "Newexten bob AppDial",
            "BridgeEnter bob",
            "BridgeEnter ann",
            "ExtensionStatus 6002 InUse",
            "DeviceStateChange Phone/bob INUSE",
        ]
    );
    exchange.act(ann, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    assert_eq!(
        told(&all_of(exchange)),
        [
            "HangupRequest ann 16",
            "BridgeLeave ann native_rtp",
            "SoftHangupRequest ann",
            "Newexten ann NoOp",
            "Hangup ann 16 Phone/ann-00000000",
            "Cdr",
            "BridgeLeave bob native_rtp",
            "Hangup bob 16 Phone/ann-00000000",
            "ExtensionStatus 6001 Idle",
            "DeviceStateChange Phone/ann NOT_INUSE",
            "ExtensionStatus 6002 Idle",
            "DeviceStateChange Phone/bob NOT_INUSE",
        ]
    );
}

#[test]
fn a_phone_that_nobody_can_reach_is_in_use_while_it_calls() {
    let mut exchange = desk();
    let far = FarEnd {
        device: Text::from("ann"),
        ..FarEnd::default()
    };
    exchange.know(far, &[]);
    let unreachable = told(&exchange.take_facts());
    assert_eq!(
        unreachable,
        [
            "ExtensionStatus 6001 Unavailable",
            "DeviceStateChange Phone/ann UNAVAILABLE"
        ]
    );
    let ann = exchange.dial("ann", "100").unwrap();
    exchange.act(ann, Duration::from_secs(1), Act::HangUp(Cause::UNKNOWN));
    let states = told(&all_of(exchange));
    let states: Vec<_> = states
        .into_iter()
        .filter(|line| line.starts_with("Device"))
        .collect();
    assert_eq!(
        states,
        [
            "DeviceStateChange Phone/ann INUSE",
            "DeviceStateChange Phone/ann UNAVAILABLE"
        ]
    );
}

#[test]
fn a_busy_phone() {
    let mut exchange = desk();
    let hangs_up = at(100, Act::HangUp(Cause::BUSY));
    exchange.phone("bob", [at(0, Act::Ring), hangs_up]);
    exchange.originate("o", "Phone/bob", "Wait", "5");
    assert_eq!(
        told(&all_of(exchange)),
        [
            "Newchannel bob s",
            "Newexten bob AppDial2",
            "DialBegin bob",
            "Newstate bob Ringing",
            "ExtensionStatus 6002 Ringing",
            "DeviceStateChange Phone/bob RINGING",
            "DialState bob RINGING",
            "HangupRequest bob 17",
            "DialEnd bob BUSY",
            "Hangup bob 17 Phone/bob-00000000",
            "Cdr",
            "ExtensionStatus 6002 Idle",
            "DeviceStateChange Phone/bob NOT_INUSE",
        ]
    );
}

#[test]
fn a_phone_that_holds() {
    let mut exchange = desk();
    let ann = exchange.dial("ann", "100").unwrap();
    exchange.act(ann, Duration::ZERO, Act::Hold);
    exchange.act(ann, Duration::ZERO, Act::Unhold);
    assert_eq!(channel(&mut exchange, "Phone/ann").state, State::Up);
    let facts = exchange.take_facts();
    let told = told(&facts);
    assert_eq!(told[told.len() - 2..], ["Hold ann default", "Unhold ann"]);
}

#[test]
fn an_extension_that_is_not_there_has_no_channel() {
    let mut exchange = desk();
    assert_eq!(exchange.dial("ann", "1"), None);
    assert_eq!(exchange.dial("ann", "nobody"), None);
    assert!(exchange.take_facts().is_empty());
}

#[test]
fn what_is_known_of_a_phone_is_on_its_channels() {
    let text = Text::from;
    let mut exchange = Exchange::new(
        "[default]\nexten => 1,1,Dial(Phone/55@ann&Phone/ann/sip:5@here&Phone/none,5)\n\
         same => n,UserEvent(Dialled,Status: ${DIALSTATUS})\n",
    );
    let far = FarEnd {
        device: text("ann"),
        caller: Party::parse("Alice <6001>"),
        context: text("desk"),
        language: text("de"),
        account: text("acme"),
        music_class: text("jazz"),
        variables: vec![(text("DESK"), text("4"))],
        formats: text("(ulaw|alaw)"),
        format: text("ulaw"),
        ..FarEnd::default()
    };
    exchange.know(far, &["here"]);
    exchange.originate("o", "Phone/ann", "Wait", "1");
    let ann = channel(&mut exchange, "Phone/ann");
    assert_eq!((&*ann.language, &*ann.account), ("de", "acme"));
    assert_eq!((&*ann.context, &*ann.exten), ("desk", "s"));
    assert_eq!((&*ann.ani, &*ann.formats), ("6001", "(ulaw|alaw)"));
    let asked = exchange.ask(|reply| Request::ChannelVariables(ann.name.clone(), reply));
    assert_eq!(asked.take().unwrap().unwrap(), [(text("DESK"), text("4"))]);
    exchange.act(ann.id, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    exchange.dial("zoe", "1").unwrap();
    let called = exchange.take_orders().into_iter();
    let called: Vec<_> = called
        .filter_map(|(_, order)| match order {
            Order::Call { destination, .. } => Some(destination.to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(called, ["ann", "55@ann", "ann/sip:5@here"]);
    let facts = all_of(exchange);
    assert_eq!(events(&facts), ["event Dialled Status=NOANSWER"]);
}

#[test]
fn a_phone_is_busy_on_hold_or_ringing_by_its_calls() {
    let mut exchange = desk();
    exchange.phone("bob", answers(1));
    let states = |exchange: &mut Exchange| {
        let told = told(&exchange.take_facts()).into_iter();
        let of_bob = told.filter(|line| line.starts_with("DeviceStateChange Phone/bob"));
        let states = of_bob.map(|line| line.rsplit(' ').next().unwrap().to_owned());
        states.collect::<Vec<_>>().join(" ")
    };
    let ann = exchange.dial("ann", "6002").unwrap();
    exchange.seconds(2);
    assert_eq!(states(&mut exchange), "RINGING INUSE");
    exchange.dial("zoe", "6002").unwrap();
    assert_eq!(states(&mut exchange), "RINGINUSE");
    exchange.seconds(2);
    assert_eq!(states(&mut exchange), "INUSE");
    exchange.act(ann, Duration::ZERO, Act::Hold);
    assert_eq!(states(&mut exchange), "");
    let far = FarEnd {
        device: Text::from("bob"),
        busy_at: 2,
        ..FarEnd::default()
    };
    exchange.know(far, &["here"]);
    assert_eq!(states(&mut exchange), "BUSY");
    exchange.act(ann, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    assert_eq!(states(&mut exchange), "INUSE");
}

#[test]
fn how_the_sound_of_a_call_fared_is_said_before_it_ends() {
    let mut exchange = desk();
    let say = |_| vec![(Text::from("RTPAUDIOQOS"), Text::from("lp=0"))];
    exchange.say_at_the_end(switch::Farewell(Box::new(say)));
    exchange.phone("bob", answers(1));
    let ann = exchange.dial("ann", "6002").unwrap();
    exchange.seconds(2);
    let fared = FromChannel::Variable(Text::from("RTPAUDIOQOS"), Text::from("lp=1"));
    exchange.handle(Input::Channel(ann, fared));
    exchange.act(ann, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    let facts = all_of(exchange);
    let said = facts.iter().filter_map(|fact| match fact {
        Fact::VariableSet {
            channel: Some(channel),
            name,
            value,
        } if name.starts_with("RTP") => Some(format!("{} {name} {value}", channel.caller.name)),
        _ => None,
    });
    assert_eq!(
        said.collect::<Vec<_>>(),
        [
            "Alice RTPAUDIOQOS lp=1",
            "Bob RTPAUDIOQOSBRIDGED lp=1",
            "Bob RTPAUDIOQOS lp=0",
        ]
    );
}
