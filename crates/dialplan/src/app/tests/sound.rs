use std::time::Duration;

use switch::State;
use switch::fact::{Direction, Fact};
use switch::signal::Order;

use super::{Bench, SOUND};
use crate::world::Question;

/// The sound files that were asked for, in order.
fn played(bench: &Bench) -> Vec<String> {
    let files = bench.asked.iter().filter_map(|question| match question {
        Question::SoundLength { name, language } => Some(format!("{language}:{name}")),
        _ => None,
    });
    files.collect()
}

#[test]
fn playback_answers_and_takes_as_long_as_its_files() {
    let lines = "exten => s,1,Playback(one&two)
        same => n,NoOp(${PLAYBACKSTATUS})
        same => n,Playback(missing&one)
        same => n,NoOp(${PLAYBACKSTATUS})";
    let (mut bench, id) = Bench::with_call(lines);
    assert_eq!(bench.orders(), [Order::Answer]);
    bench.pass(SOUND * 2 - Duration::from_millis(1));
    assert!(bench.ran("NoOp").is_empty());
    bench.pass(SOUND * 2);
    assert_eq!(bench.ran("NoOp"), ["SUCCESS", "FAILED"]);
    assert_eq!(played(&bench), ["en:one", "en:two", "en:missing", "en:one"]);
    assert!(!bench.is_there(id));
}

#[test]
fn playback_options() {
    let lines = "exten => s,1,Playback(one,skip)
        same => n,Playback(one,noanswer)
        same => n,Playback(digits:12,noanswer,say)
        same => n,Playback(colour:red,noanswer,say)
        same => n,NoOp(${PLAYBACKSTATUS})
        same => n,Wait(100)";
    let (mut bench, id) = Bench::with_call(lines);
    bench.seconds(20);
    assert_eq!(played(&bench), ["en:one", "en:digits/1", "en:digits/2"]);
    assert_eq!(
        bench.shared.borrow().switch.channel(id).unwrap().state(),
        State::Ring
    );
    assert_eq!(bench.ran("NoOp"), ["FAILED"]);
}

#[test]
fn a_hangup_fails_the_playback() {
    let (mut bench, id) =
        Bench::with_call("exten => s,1,Playback(one)\nexten => h,1,NoOp(${PLAYBACKSTATUS})");
    bench.shared.borrow_mut().switch.hangup_requested(id, None);
    bench.run();
    assert_eq!(bench.ran("NoOp"), ["FAILED"]);
}

#[test]
fn background_ends_with_a_digit() {
    let lines = "exten => s,1,Set(CHANNEL(language)=fr)
        same => n,BackGround(menu)
        same => n,WaitExten(3)
        exten => 1,1,NoOp(one)
        exten => 22,1,NoOp(two)
        exten => t,1,NoOp(late)";
    let (mut bench, id) = Bench::with_call(lines);
    bench.digit(id, '1');
    assert_eq!(bench.ran("NoOp"), ["one"]);
    assert_eq!(played(&bench), ["fr:menu"]);

    let (mut bench, id) = Bench::with_call(lines);
    bench.digit(id, '2');
    assert!(bench.ran("NoOp").is_empty());
    bench.digit(id, '2');
    assert_eq!(bench.ran("NoOp"), ["two"]);

    let (mut bench, _) = Bench::with_call(lines);
    bench.seconds(6);
    assert_eq!(bench.ran("NoOp"), ["late"]);
}

#[test]
fn background_options() {
    let lines = "exten => s,1,BackGround(a,s)
        same => n,BackGround(b,n,de)
        same => n,BackGround(c,m,,other)
        same => n,NoOp(next)
        same => n,Wait(100)
        [other]
        exten => 5,1,NoOp(five)";
    let (mut bench, id) = Bench::with_call(lines);
    assert_eq!(played(&bench), ["de:b"]);
    assert!(bench.orders().is_empty());
    bench.pass(SOUND);
    assert_eq!(played(&bench), ["de:b", "en:c"]);
    bench.digit(id, '4');
    assert!(bench.ran("NoOp").is_empty());
    bench.digit(id, '5');
    assert_eq!(bench.ran("NoOp"), ["five"]);
}

#[test]
fn read_stops_at_the_number_the_end_or_the_time() {
    let lines = "exten => s,1,Read(D,prompt,3)
        same => n,NoOp(${D} ${READSTATUS})
        same => n,Read(D,,,,,5)
        same => n,NoOp(${D} ${READSTATUS})
        same => n,Read(D,,,,2,5)
        same => n,NoOp(${D} ${READSTATUS})
        same => n,Read(D,,,t(*)e)
        same => n,NoOp(${D} ${READSTATUS})
        same => n,Wait(100)";
    let (mut bench, id) = Bench::with_call(lines);
    "123".chars().for_each(|digit| bench.digit(id, digit));
    "45#".chars().for_each(|digit| bench.digit(id, digit));
    assert_eq!(bench.ran("NoOp"), ["123 OK", "45 OK"]);
    bench.seconds(9);
    assert_eq!(bench.ran("NoOp").len(), 2);
    bench.seconds(1);
    assert_eq!(bench.ran("NoOp")[2], " TIMEOUT");
    bench.digit(id, '*');
    assert_eq!(bench.ran("NoOp")[3], "* OK");
}

#[test]
fn read_skips_and_needs_a_variable() {
    let lines = "exten => s,1,Read(D,,,s)
        same => n,NoOp(${READSTATUS})
        same => n,Read()
        same => n,NoOp(${READSTATUS})
        same => n,Read(D,dial,,in)
        exten => h,1,NoOp(${D} ${READSTATUS})";
    let (mut bench, id) = Bench::with_call(lines);
    assert_eq!(bench.ran("NoOp"), ["SKIPPED", "ERROR"]);
    let tone = |bench: &Bench| {
        bench
            .shared
            .borrow()
            .switch
            .channel(id)
            .unwrap()
            .sound
            .tone()
            .cloned()
    };
    assert_eq!(tone(&bench).as_deref(), Some("350+440"));
    bench.digit(id, '7');
    assert_eq!(tone(&bench), None);
    bench.shared.borrow_mut().switch.hangup_requested(id, None);
    bench.run();
    assert_eq!(bench.ran("NoOp")[2], "7 HANGUP");
}

#[test]
fn what_is_said_is_put_together() {
    let lines = "exten => s,1,SayDigits(4*)
        same => n,SayNumber(121)
        same => n,SayAlpha(a1)
        same => n,SayPhonetic(b)
        same => n,SayNumber(many)
        same => n,NoOp(end)";
    let (mut bench, _) = Bench::with_call(lines);
    bench.seconds(30);
    let files = "digits/4 digits/star digits/1 digits/hundred digits/20 digits/1 letters/a digits/1 \
        phonetic/b_p";
    let files: Vec<String> = files.split(' ').map(|file| format!("en:{file}")).collect();
    assert_eq!(played(&bench), files);
    assert_eq!(bench.ran("NoOp"), ["end"]);
    assert_eq!(bench.warnings(), 1);
}

#[test]
fn a_digit_interrupts_what_is_said_where_it_may() {
    let lines = "exten => s,1,SayDigits(1)
        same => n,Set(SAY_DTMF_INTERRUPT=true)
        same => n,SayDigits(2)
        exten => 5,1,NoOp(five)";
    let (mut bench, id) = Bench::with_call(lines);
    bench.digit(id, '5');
    assert!(bench.ran("NoOp").is_empty());
    bench.pass(SOUND);
    bench.digit(id, '5');
    assert_eq!(bench.ran("NoOp"), ["five"]);
}

#[test]
fn echo_sends_digits_back_until_the_hash() {
    let (mut bench, id) = Bench::with_call("exten => s,1,Echo()\nsame => n,NoOp(end)");
    bench.digit(id, '5');
    bench.digit(id, '6');
    bench.seconds(1);
    bench.digit(id, '#');
    assert_eq!(bench.ran("NoOp"), ["end"]);
    let sent = |fact: &&Fact| {
        matches!(
            fact,
            Fact::DigitEnded {
                direction: Direction::Sent,
                ..
            }
        )
    };
    assert_eq!(bench.facts.iter().filter(sent).count(), 2);
    let tone = Duration::from_millis(100);
    let orders = bench.orders();
    assert_eq!(
        orders[..4],
        [
            Order::DigitBegin('5'),
            Order::DigitEnd('5', tone),
            Order::DigitBegin('6'),
            Order::DigitEnd('6', tone),
        ]
    );
}

#[test]
fn senddtmf_keeps_its_times() {
    let lines = "exten => s,1,SendDTMF(1wb?,200,50)
        same => n,NoOp(end)
        same => n,Wait(100)";
    let (mut bench, _) = Bench::with_call(lines);
    assert_eq!(bench.orders(), [Order::DigitBegin('1')]);
    bench.pass(Duration::from_millis(50));
    assert_eq!(
        bench.orders(),
        [Order::DigitEnd('1', Duration::from_millis(50))]
    );
    bench.pass(Duration::from_millis(699));
    assert!(bench.orders().is_empty());
    bench.pass(Duration::from_millis(1));
    assert_eq!(bench.orders(), [Order::DigitBegin('B')]);
    bench.seconds(1);
    assert_eq!(bench.ran("NoOp"), ["end"]);
    assert_eq!(bench.warnings(), 1);
}

#[test]
fn senddtmf_reaches_another_channel() {
    let mut bench = Bench::new(
        "exten => other,1,Read(D,,2)
        same => n,NoOp(${D})
        exten => s,1,SendDTMF(1,,,Test/phone-00000000,a)
        same => n,SendDTMF(1,,,Test/nobody)",
    );
    bench.call("other");
    bench.orders();
    bench.call("s");
    assert_eq!(bench.orders(), [Order::DigitBegin('1')]);
    bench.seconds(1);
    assert_eq!(bench.warnings(), 1);
}

#[test]
fn texts_are_sent() {
    let lines = "exten => s,1,SendText(hello there)
        same => n,NoOp(${SENDTEXTSTATUS})
        same => n,SendText()
        same => n,NoOp(${SENDTEXTSTATUS})
        same => n,Wait(9)";
    let (mut bench, _) = Bench::with_call(lines);
    assert_eq!(bench.orders(), [Order::Text("hello there".into())]);
    assert_eq!(bench.ran("NoOp"), ["SUCCESS", "FAILURE"]);
}

#[test]
fn music_plays_and_ends() {
    let lines = "exten => s,1,StartMusicOnHold(jazz)
        same => n,Wait(1)
        same => n,StopMusicOnHold()
        same => n,StopMusicOnHold()
        same => n,Set(CHANNEL(musicclass)=own)
        same => n,MusicOnHold(,5)
        same => n,NoOp(end)
        same => n,MusicOnHold()";
    let (mut bench, id) = Bench::with_call(lines);
    bench.seconds(5);
    assert!(bench.ran("NoOp").is_empty());
    bench.seconds(1);
    assert_eq!(bench.ran("NoOp"), ["end"]);
    bench.shared.borrow_mut().switch.hangup_requested(id, None);
    bench.run();
    let music = bench.facts.iter().filter_map(|fact| match fact {
        Fact::MusicStarted { class, .. } => Some(class.to_string()),
        Fact::MusicStopped(_) => Some("-".to_owned()),
        _ => None,
    });
    assert_eq!(
        music.collect::<Vec<_>>(),
        ["jazz", "-", "own", "-", "own", "-"]
    );
}

#[test]
fn tones_play_until_they_are_stopped() {
    let lines = "exten => s,1,PlayTones(busy)
        same => n,Wait(1)
        same => n,StopPlayTones()
        same => n,Wait(1)
        same => n,Milliwatt(o)";
    let (mut bench, id) = Bench::with_call(lines);
    let tone = |bench: &Bench| {
        bench
            .shared
            .borrow()
            .switch
            .channel(id)
            .unwrap()
            .sound
            .tone()
            .cloned()
    };
    assert_eq!(tone(&bench).as_deref(), Some("480+620/500,0/500"));
    bench.seconds(1);
    assert_eq!(tone(&bench), None);
    bench.seconds(1);
    assert_eq!(tone(&bench).as_deref(), Some("1000/1000"));
    bench.seconds(1000);
    assert!(bench.is_there(id));
}

#[test]
fn backgrounddetect_takes_digits_that_lead_somewhere() {
    let lines = "exten => s,1,BackgroundDetect(menu)
        exten => 12,1,NoOp(twelve)";
    let (mut bench, id) = Bench::with_call(lines);
    "312".chars().for_each(|digit| bench.digit(id, digit));
    assert_eq!(bench.ran("NoOp"), ["twelve"]);
}

#[test]
fn readexten_stops_where_the_extension_is_clear() {
    let lines = "exten => s,1,ReadExten(X)
        same => n,NoOp(${X} ${READEXTENSTATUS})
        same => n,ReadExten(X,prompt,other,,2)
        same => n,NoOp(${X} ${READEXTENSTATUS})
        same => n,ReadExten(X,,,p)
        same => n,NoOp(${X} ${READEXTENSTATUS})
        same => n,ReadExten(X,dial,,i,3)
        same => n,NoOp(${X} ${READEXTENSTATUS})
        same => n,ReadExten()
        same => n,NoOp(${READEXTENSTATUS})
        exten => 12,1,NoOp()
        exten => 123,1,NoOp()
        [other]
        exten => 5,1,NoOp()";
    let (mut bench, id) = Bench::with_call(lines);
    "123".chars().for_each(|digit| bench.digit(id, digit));
    bench.digit(id, '9');
    "12#".chars().for_each(|digit| bench.digit(id, digit));
    assert_eq!(bench.ran("NoOp"), ["123 OK", "i INVALID", "12 OK"]);
    bench.seconds(3);
    assert_eq!(bench.ran("NoOp")[3..], ["t TIMEOUT", "ERROR"]);
    assert_eq!(played(&bench), ["en:prompt"]);
}

#[test]
fn times_are_said() {
    let lines = "exten => s,1,SayUnixTime(1800000000,America/Chicago,IMp)
        same => n,DateTime(,,'now' k,j)
        exten => 5,1,NoOp(five)";
    let (mut bench, id) = Bench::with_call(lines);
    bench.digit(id, '5');
    bench.pass(SOUND * 3);
    assert_eq!(
        played(&bench),
        [
            "en:digits/2",
            "en:digits/oclock",
            "en:digits/a-m",
            "en:now",
            "en:digits/8"
        ]
    );
    bench.digit(id, '5');
    assert_eq!(bench.ran("NoOp"), ["five"]);
}
