//! What phones hear.

use engine::request::{MuteDirection, Request};
use switch::signal::{Order, Stream};
use switch::{ChannelId, Text};

use super::*;

const PLAN: &str = "[default]\n\
    exten => 1,1,Dial(Phone/ann,20)\n\
    exten => 2,1,Dial(Local/1@default,20)\n\
    exten => 3,1,Answer()\n same => n,Playback(hello&world)\n same => n,Echo()\n\
    same => n,Milliwatt()\n\
    exten => 4,1,Answer()\n same => n,PlayTones(busy)\n same => n,Wait(1)\n\
    same => n,StartMusicOnHold(jazz)\n same => n,Dial(Phone/ann,20)\n\
    exten => 5,1,Answer()\n same => n,Dial(Phone/ann,20)\n\
    exten => 6,1,Dial(Phone/ann,20,m(jazz))\n\
    exten => 7,1,Answer()\n same => n,ControlPlayback(long,1500,#,*,0,8,9)\n\
    same => n,UserEvent(Played,Status: ${CPLAYBACKSTATUS},Offset: ${CPLAYBACKOFFSET})\n\
    exten => 8,1,Answer()\n same => n,Record(missing%d.wav,2,10,q)\n\
    same => n,UserEvent(Recorded,File: ${RECORDED_FILE},Status: ${RECORD_STATUS})\n\
    exten => 9,1,Answer()\n same => n,WaitForSilence(500,2,10)\n\
    same => n,UserEvent(Waited,Status: ${WAITSTATUS})\n same => n,WaitForNoise(300,1,5)\n\
    same => n,UserEvent(Waited,Status: ${WAITSTATUS})\n\
    exten => 10,1,BackgroundDetect(long,500)\n\
    exten => talk,1,UserEvent(Talked,For: ${TALK_DETECTED})\n";

fn exchange() -> Exchange {
    let mut exchange = Exchange::new(PLAN);
    exchange.phone("ann", answers(2));
    exchange
}

/// Zoe calls this extension; her channel, and ann's once there is one.
fn call(exten: &str) -> (Exchange, ChannelId) {
    let mut exchange = exchange();
    let zoe = exchange.dial("zoe", exten).unwrap();
    (exchange, zoe)
}

fn id(exchange: &mut Exchange, name: &str) -> ChannelId {
    channel(exchange, name).id
}

#[test]
fn two_that_talk_hear_each_other() {
    let (mut exchange, zoe) = call("1");
    assert_eq!(exchange.hears(zoe), Vec::<String>::new());
    exchange.seconds(3);
    let ann = id(&mut exchange, "Phone/ann");
    assert_eq!(exchange.hears(zoe), ["ann"]);
    assert_eq!(exchange.hears(ann), ["zoe"]);
    exchange.act(ann, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    all_of(exchange);
}

#[test]
fn local_pairs_are_heard_through() {
    let mut exchange = Exchange::new(&PLAN.replace("Local/1@default", "Local/1@default/n"));
    exchange.phone("ann", answers(2));
    let zoe = exchange.dial("zoe", "2").unwrap();
    exchange.seconds(3);
    let ann = id(&mut exchange, "Phone/ann");
    assert_eq!(exchange.channels().len(), 4);
    assert_eq!(exchange.hears(zoe), ["ann"]);
    assert_eq!(exchange.hears(ann), ["zoe"]);
    exchange.act(zoe, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    all_of(exchange);
}

#[test]
fn applications_play_one_after_the_other() {
    let (mut exchange, zoe) = call("3");
    assert_eq!(exchange.hears(zoe), ["files hello world"]);
    exchange.seconds(4);
    assert_eq!(exchange.hears(zoe), ["zoe"]);
    exchange.act(zoe, Duration::ZERO, Act::Digit('#'));
    exchange.seconds(1);
    assert_eq!(exchange.hears(zoe), ["milliwatt"]);
    exchange.act(zoe, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    all_of(exchange);
}

#[test]
fn tones_and_music_end_where_somebody_answers() {
    let (mut exchange, zoe) = call("4");
    assert_eq!(exchange.hears(zoe), ["tones 480+620/500,0/500"]);
    exchange.seconds(2);
    assert_eq!(exchange.hears(zoe), ["music jazz"]);
    exchange.seconds(2);
    assert_eq!(exchange.hears(zoe), ["ann"]);
    exchange.act(zoe, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    all_of(exchange);
}

#[test]
fn whoever_is_up_hears_the_called_ring() {
    let (mut exchange, zoe) = call("5");
    exchange.seconds(1);
    assert_eq!(exchange.hears(zoe), ["tones 440+480/2000,0/4000"]);
    exchange.seconds(2);
    assert_eq!(exchange.hears(zoe), ["ann"]);
    let (mut waiting, zoe) = call("6");
    waiting.seconds(1);
    assert_eq!(waiting.hears(zoe), ["music jazz"]);
}

#[test]
fn early_sound_is_heard_before_the_answer() {
    let mut exchange = Exchange::new(PLAN);
    exchange.phone("ann", [at(500, Act::Progress), at(2000, Act::Busy)]);
    let zoe = exchange.dial("zoe", "1").unwrap();
    exchange.seconds(1);
    let ann = id(&mut exchange, "Phone/ann");
    assert_eq!(exchange.hears(zoe), ["ann"]);
    assert_eq!(exchange.hears(ann), ["zoe"]);
    all_of(exchange);
}

#[test]
fn a_held_phone_hears_music_and_the_one_that_holds_is_silent() {
    let (mut exchange, zoe) = call("2");
    exchange.seconds(3);
    let ann = id(&mut exchange, "Phone/ann");
    exchange.act(ann, Duration::ZERO, Act::Hold);
    assert_eq!(exchange.hears(zoe), ["music default"]);
    assert_eq!(exchange.hears(ann), ["zoe"]);
    exchange.act(ann, Duration::ZERO, Act::Unhold);
    assert_eq!(exchange.hears(zoe), ["ann"]);
    exchange.act(ann, Duration::ZERO, Act::Hold);
    exchange.act(ann, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    all_of(exchange);
}

#[test]
fn who_is_muted_is_not_heard_or_hears_nobody() {
    let (mut exchange, zoe) = call("1");
    exchange.seconds(3);
    let ann = id(&mut exchange, "Phone/ann");
    let mut mute = |direction, on| {
        let channel = Text::from("Phone/zoe-00000000");
        exchange.ask(|reply| Request::MuteAudio {
            channel,
            direction,
            on,
            reply,
        });
        (exchange.hears(zoe).len(), exchange.hears(ann).len())
    };
    assert_eq!(mute(MuteDirection::In, true), (1, 0));
    assert_eq!(mute(MuteDirection::Out, true), (0, 0));
    assert_eq!(mute(MuteDirection::All, false), (1, 1));
}

#[test]
fn a_play_is_steered_by_digits_and_from_outside() {
    let (mut exchange, zoe) = call("7");
    let from = |exchange: &mut Exchange| {
        let orders = exchange.take_orders();
        let plays = orders.into_iter().filter_map(|(_, order)| match order {
            Order::Hear(sources) => sources.into_iter().next(),
            _ => None,
        });
        let from = plays.map(|source| match source {
            switch::sound::Source::Play(play) => play.from.as_millis(),
            switch::sound::Source::Far(_) => 0,
        });
        from.last()
    };
    assert_eq!(from(&mut exchange), Some(0));
    exchange.pass(Duration::from_millis(900));
    exchange.act(zoe, Duration::ZERO, Act::Digit('*'));
    exchange.pass(Duration::from_millis(100));
    assert_eq!(from(&mut exchange), Some(0));
    exchange.act(zoe, Duration::ZERO, Act::Digit('8'));
    exchange.seconds(100);
    assert_eq!(exchange.hears(zoe), Vec::<String>::new());
    let name = Text::from("Phone/zoe-00000000");
    let steered = exchange.ask(|reply| Request::ControlPlayback(name, Stream::Pause, reply));
    assert_eq!(steered.take(), Some(Ok(())));
    assert_eq!(exchange.hears(zoe), ["files long"]);
    exchange.pass(Duration::from_millis(400));
    exchange.act(zoe, Duration::ZERO, Act::Digit('0'));
    let facts = all_of(exchange);
    assert_eq!(
        events(&facts),
        ["event Played Status=USERSTOPPED Offset=600"]
    );
}

#[test]
fn a_recording_ends_with_silence_or_by_a_digit() {
    let (mut exchange, zoe) = call("8");
    exchange.act(zoe, Duration::ZERO, Act::Talk(true));
    exchange.act(zoe, Duration::from_secs(5), Act::Talk(false));
    exchange.seconds(6);
    let orders = exchange.take_orders();
    let sound: Vec<_> = orders
        .iter()
        .map(|(_, order)| order)
        .filter(|order| order.is_sound())
        .collect();
    let [
        Order::Record(recording),
        Order::Listen(Some(_)),
        Order::Listen(None),
        Order::EndRecording(ended),
    ] = &*sound
    else {
        panic!("{sound:?}");
    };
    assert_eq!(recording.id, *ended);
    assert_eq!(recording.sources, [switch::sound::Source::Far(zoe)]);
    let facts = all_of(exchange);
    assert_eq!(
        events(&facts),
        ["event Recorded File=missing0 Status=SILENCE"]
    );
}

#[test]
fn silence_and_noise_are_waited_for() {
    let (mut exchange, zoe) = call("9");
    exchange.act(zoe, Duration::from_millis(100), Act::Talk(true));
    exchange.act(zoe, Duration::from_millis(900), Act::Talk(false));
    exchange.seconds(3);
    exchange.act(zoe, Duration::from_millis(0), Act::Talk(true));
    let facts = all_of(exchange);
    assert_eq!(
        events(&facts),
        ["event Waited Status=SILENCE", "event Waited Status=NOISE"]
    );
}

#[test]
fn talk_interrupts_what_is_played() {
    let (mut exchange, zoe) = call("10");
    exchange.act(zoe, Duration::from_millis(100), Act::Talk(true));
    exchange.act(zoe, Duration::from_millis(1400), Act::Talk(false));
    let facts = all_of(exchange);
    assert_eq!(events(&facts), ["event Talked For=800"]);
}

#[test]
fn calls_without_a_phone_order_no_sound() {
    let mut exchange = exchange();
    exchange.originate("o", "Local/3@default/n", "Playback", "hello");
    exchange.seconds(10);
    assert_eq!(exchange.ears.orders, 0);
}
