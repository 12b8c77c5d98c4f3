use std::sync::mpsc::Receiver;
use std::time::Duration;

use switch::ChannelId;

use super::rig::*;
use crate::codec::Codec;
use crate::dtmf::{Event, Finder, Heard};
use crate::plane::Report;
use crate::session::Digits;

fn digit(reports: &Receiver<Report>) -> (char, Option<Duration>) {
    next(reports, |report| match report {
        Report::DigitBegin(ChannelId(1), digit) => Some((*digit, None)),
        Report::DigitEnd(ChannelId(1), digit, span) => Some((*digit, Some(*span))),
        _ => None,
    })
}

#[test]
fn events_are_told_once_and_not_relayed() {
    let (plane, reports) = plane();
    let mut one = Phone::new(&plane, 1, Codec::Ulaw);
    let two = Phone::new(&plane, 2, Codec::Ulaw);
    hears(&plane, 2, &[1]);
    one.say(&[1; 160]);
    let before = two.hear().0;
    for (duration, end) in [
        (160, false),
        (320, false),
        (800, true),
        (800, true),
        (800, true),
    ] {
        let event = Event {
            number: 11,
            end,
            volume: 10,
            duration,
        };
        let header = one.header(EVENTS);
        one.send(header, &event.to_bytes());
    }
    one.timestamp = one.timestamp.wrapping_add(960);
    one.say(&[2; 160]);
    let (after, payload) = two.hear();
    assert_eq!(payload, [2; 160]);
    assert_eq!(after.sequence, before.sequence.wrapping_add(1));
    assert_eq!(after.timestamp, before.timestamp.wrapping_add(160 + 960));
    assert_eq!(digit(&reports), ('#', None));
    assert_eq!(digit(&reports), ('#', Some(Duration::from_millis(100))));
}

#[test]
fn digits_go_out_as_events() {
    let (plane, _reports) = plane();
    let one = Phone::new(&plane, 1, Codec::Ulaw);
    plane.digit(one.session, '7', Some(Duration::from_millis(100)));
    let mut packets = Vec::new();
    while packets
        .last()
        .is_none_or(|(_, event): &(_, Event)| !event.end)
        || packets.len() < 8
    {
        let (header, payload) = one.hear();
        assert_eq!(header.payload_type, EVENTS);
        packets.push((header, Event::parse(&payload).unwrap()));
    }
    assert_eq!(packets.len(), 8);
    assert!(packets[0].0.marker && packets[1..].iter().all(|(header, _)| !header.marker));
    let durations: Vec<u16> = packets.iter().map(|(_, event)| event.duration).collect();
    assert_eq!(durations, [160, 320, 480, 640, 800, 800, 800, 800]);
    let ends: Vec<bool> = packets.iter().map(|(_, event)| event.end).collect();
    assert_eq!(ends, [false, false, false, false, false, true, true, true]);
    assert!(packets.iter().all(|(header, event)| {
        event.number == 7 && header.timestamp == packets[0].0.timestamp
    }));
    for pair in packets.windows(2) {
        assert_eq!(pair[1].0.sequence, pair[0].0.sequence.wrapping_add(1));
    }
}

#[test]
fn digits_go_out_as_tones_where_that_was_agreed() {
    let (plane, _reports) = plane();
    let mut one = Phone::with(&plane, 1, Codec::Alaw, |agreed| {
        agreed.digits = Digits::EventsOrTones;
        agreed.events = None;
    });
    plane.digit(one.session, '9', Some(Duration::from_millis(100)));
    let mut finder = Finder::default();
    let mut heard = Vec::new();
    for _ in 0..5 {
        finder.take(&one.listen().1, |digit| heard.push(digit));
    }
    assert_eq!(heard, [Heard::Begin('9')]);
}

#[test]
fn tones_are_found_where_that_was_agreed() {
    let (plane, reports) = plane();
    let mut one = Phone::with(&plane, 1, Codec::Slin, |agreed| {
        agreed.digits = Digits::Tones
    });
    let mut tone = crate::tone::Digit::new('5').unwrap();
    // Sent while the buffer is asked for it: it is told where it comes whole.
    loop {
        let mut samples = [0; 160];
        tone.fill(8_000, &mut samples);
        let payload: Vec<u8> = samples.iter().flat_map(|s| s.to_be_bytes()).collect();
        one.say(&payload);
        if let Ok(Report::DigitBegin(_, digit)) = reports.recv_timeout(Duration::from_millis(20)) {
            assert_eq!(digit, '5');
            break;
        }
    }
    assert_eq!(digit(&reports).0, '5');
}

#[test]
fn nothing_goes_out_where_digits_are_signalled() {
    let (plane, _reports) = plane();
    let one = Phone::with(&plane, 1, Codec::Ulaw, |agreed| {
        agreed.digits = Digits::Signalled
    });
    let mut two = Phone::new(&plane, 2, Codec::Ulaw);
    hears(&plane, 1, &[2]);
    plane.digit(one.session, '1', Some(Duration::from_millis(100)));
    two.say(&[5; 160]);
    assert_eq!(one.hear().1, [5; 160]);
    assert_eq!(plane.close(one.session).packets[1], 1);
}
