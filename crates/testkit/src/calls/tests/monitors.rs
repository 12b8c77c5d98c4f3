//! What goes into the files of `MixMonitor`.

use engine::request::{MonitorFailed, MuteDirection, Request};
use switch::ChannelId;
use switch::signal::Order;

use super::*;

const PLAN: &str = "[default]\n\
    exten => 1,1,Answer()\n same => n,MixMonitor(both.wav,r(says.wav)t(hears.wav)i(ID))\n\
    same => n,Playback(hello)\n same => n,Dial(Phone/ann,20)\n\
    exten => 2,1,Answer()\n same => n,MixMonitor(/tmp/bridged.wav,b)\n same => n,Dial(Phone/ann,20)\n\
    exten => 3,1,Dial(Phone/ann,20)\n\
    exten => 4,1,Answer()\n same => n,MixMonitor(a.wav,i(ONE))\n same => n,MixMonitor(b.wav,i(TWO))\n\
    same => n,StopMixMonitor(${TWO})\n same => n,UserEvent(Left)\n same => n,Wait(100)\n";

fn exchange() -> Exchange {
    let mut exchange = Exchange::new(PLAN);
    exchange.phone("ann", answers(2));
    exchange
}

fn mute(exchange: &mut Exchange, name: &str, direction: MuteDirection, on: bool) {
    let channel = name.into();
    let done = exchange.ask(|reply| Request::MuteMonitors {
        channel,
        direction,
        on,
        reply,
    });
    assert_eq!(done.take(), Some(Ok(())));
}

fn monitored(facts: &[Fact]) -> Vec<String> {
    let line = |fact: &Fact| match fact {
        Fact::MonitorStarted(channel) => Some(format!("start {}", channel.name)),
        Fact::MonitorStopped(channel) => Some(format!("stop {}", channel.name)),
        Fact::MonitorMuted { direction, on, .. } => Some(format!("mute {direction} {on}")),
        Fact::VariableSet { name, value, .. } if &**name == "MIXMONITOR_FILENAME" => {
            Some(value.to_string())
        }
        _ => None,
    };
    facts.iter().filter_map(line).collect()
}

#[test]
fn both_sides_go_into_files() {
    let mut exchange = exchange();
    let zoe = exchange.dial("zoe", "1").unwrap();
    assert_eq!(
        exchange.recorded(zoe),
        [&["zoe", "files hello"][..], &["zoe"], &["files hello"]]
    );
    exchange.seconds(5);
    assert_eq!(
        exchange.recorded(zoe),
        [&["zoe", "ann"][..], &["zoe"], &["ann"]]
    );
    let name = "Phone/zoe-00000000";
    mute(&mut exchange, name, MuteDirection::In, true);
    assert_eq!(exchange.recorded(zoe), [&["ann"][..], &[], &["ann"]]);
    mute(&mut exchange, name, MuteDirection::Out, true);
    assert_eq!(exchange.recorded(zoe), [&[] as &[&str], &[], &[]]);
    mute(&mut exchange, name, MuteDirection::All, false);
    assert_eq!(
        exchange.recorded(zoe),
        [&["zoe", "ann"][..], &["zoe"], &["ann"]]
    );
    let stop = |reply| Request::StopMonitor(name.into(), None, reply);
    assert_eq!(exchange.ask(stop).take(), Some(Ok(())));
    assert_eq!(exchange.recorded(zoe), Vec::<Vec<String>>::new());
    assert_eq!(exchange.ask(stop).take(), Some(Err(MonitorFailed::Refused)));
    exchange.act(zoe, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    assert_eq!(
        monitored(&all_of(exchange)),
        [
            "/var/spool/asterisk/monitor/both.wav",
            "start Phone/zoe-00000000",
            "mute read true",
            "mute write true",
            "mute both false",
            "stop Phone/zoe-00000000",
        ]
    );
}

#[test]
fn files_end_with_their_channel() {
    let mut exchange = exchange();
    let zoe = exchange.dial("zoe", "2").unwrap();
    assert_eq!(exchange.recorded(zoe), [&[] as &[&str]]);
    exchange.seconds(3);
    assert_eq!(exchange.recorded(zoe), [&["zoe", "ann"]]);
    exchange.act(zoe, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    assert_eq!(
        monitored(&all_of(exchange)),
        ["/tmp/bridged.wav", "start Phone/zoe-00000000"]
    );
}

#[test]
fn local_channels_have_both_sides_too() {
    let mut exchange = exchange();
    exchange.phone("bob", answers(1));
    exchange.originate_to("o", "Local/3@default/n", "3");
    exchange.seconds(4);
    let one = channel(&mut exchange, "Local/3@default-00000000;1");
    let start = |channel: &str| {
        let channel = channel.into();
        move |reply| Request::StartMonitor {
            channel,
            file: "x.wav".into(),
            options: "".into(),
            command: "".into(),
            reply,
        }
    };
    assert_eq!(exchange.ask(start(&one.name)).take(), Some(Ok(())));
    let heard = exchange.recorded(one.id);
    assert_eq!(heard.len(), 1);
    // Ann is behind both halves here: she answers the pair, and the pair calls her.
    assert!(heard[0].contains(&"ann".to_owned()), "{heard:?}");
    assert_eq!(
        exchange.ask(start("none")).take(),
        Some(Err(MonitorFailed::NoChannel))
    );
    let hang_up = |reply| {
        let all = engine::request::Target::Matching(engine::request::NameTest(Box::new(|_| true)));
        Request::Hangup(all, Cause::NORMAL, reply)
    };
    exchange.ask(hang_up);
    all_of(exchange);
}

#[test]
fn one_of_several_is_ended_by_its_name() {
    let mut exchange = exchange();
    let zoe = exchange.dial("zoe", "4").unwrap();
    let ended = |orders: Vec<(ChannelId, Order)>| {
        let paths: Vec<_> = orders
            .iter()
            .filter_map(|(_, order)| match order {
                Order::Record(recording) => Some((recording.id, recording.path.to_string())),
                _ => None,
            })
            .collect();
        let ended = orders.iter().find_map(|(_, order)| match order {
            Order::EndRecording(id) => Some(*id),
            _ => None,
        });
        let path = paths.into_iter().find(|(id, _)| Some(*id) == ended);
        path.map(|(_, path)| path)
    };
    assert_eq!(
        ended(exchange.take_orders()).as_deref(),
        Some("/var/spool/asterisk/monitor/b")
    );
    exchange.act(zoe, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    all_of(exchange);
}
