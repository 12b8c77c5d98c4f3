use std::sync::Arc;
use std::time::Duration;

use switch::ChannelId;
use switch::signal::Order;
use switch::sound::{Play, Source, What};

use super::rig::*;
use crate::codec::Codec;
use crate::plane::Report;

/// Lets both talk for so many packets, each when the other was heard, and returns what the second heard.
fn heard(speakers: &mut [(&mut Phone, f32)], listener: &mut Phone, packets: usize) -> Vec<i16> {
    let mut samples = Vec::new();
    for n in 0..packets {
        for (speaker, frequency) in speakers.iter_mut() {
            // The buffer wants a packet or two ahead.
            for _ in 0..if n == 0 { 3 } else { 1 } {
                speaker.hum(*frequency);
            }
        }
        samples.extend(listener.listen().1);
    }
    samples
}

#[test]
fn a_tone_is_a_tone_in_every_codec_pair() {
    for from in Codec::ALL {
        let (plane, _reports) = plane();
        let mut one = Phone::new(&plane, 1, from);
        let mut listeners: Vec<Phone> = (2..)
            .zip(Codec::ALL.into_iter().filter(|to| *to != from))
            .map(|(channel, to)| {
                hears(&plane, channel, &[1]);
                Phone::new(&plane, channel, to)
            })
            .collect();
        let mut samples = vec![Vec::new(); listeners.len()];
        for n in 0..50 {
            for _ in 0..if n == 0 { 3 } else { 1 } {
                one.hum(1_000.0);
            }
            for (listener, samples) in listeners.iter_mut().zip(&mut samples) {
                samples.extend(listener.listen().1);
            }
        }
        for (listener, samples) in listeners.iter().zip(samples) {
            let rate = listener.codec.sample_rate();
            // A busy machine makes holes; the packets between them are the tone.
            let best = samples
                .chunks_exact(rate as usize / 50)
                .map(|packet| share(packet, 1_000.0, rate))
                .fold(0.0, f32::max);
            assert!(best > 0.9, "{from:?} {:?}: {best}", listener.codec);
        }
    }
}

#[test]
fn three_hear_each_other_and_not_themselves() {
    let (plane, _reports) = plane();
    let mut one = Phone::new(&plane, 1, Codec::Ulaw);
    let mut two = Phone::new(&plane, 2, Codec::Alaw);
    let mut three = Phone::new(&plane, 3, Codec::G722);
    hears(&plane, 3, &[1, 2]);
    hears(&plane, 1, &[2, 3]);
    let samples = heard(
        &mut [(&mut one, 500.0), (&mut two, 1_500.0)],
        &mut three,
        40,
    );
    let both = samples[samples.len() / 3..]
        .chunks_exact(320)
        .any(|chunk| share(chunk, 500.0, 16_000) > 0.3 && share(chunk, 1_500.0, 16_000) > 0.3);
    assert!(both);
}

#[test]
fn packets_follow_each_other_without_a_hole() {
    let (plane, _reports) = plane();
    let two = Phone::new(&plane, 2, Codec::Ulaw);
    let play = Play {
        id: 1,
        what: What::Milliwatt,
        from: Duration::ZERO,
        language: "en".into(),
    };
    plane.order(
        ChannelId(2),
        Order::Hear(vec![Source::Play(Arc::new(play))]),
    );
    let headers: Vec<_> = (0..20).map(|_| two.hear().0).collect();
    assert!(headers[0].marker);
    for pair in headers.windows(2) {
        assert_eq!(pair[1].sequence, pair[0].sequence.wrapping_add(1));
        let step = pair[1].timestamp.wrapping_sub(pair[0].timestamp);
        // A machine that is too busy makes a new stretch of it, which the marker shows.
        assert!(step == 160 || pair[1].marker, "{step}");
    }
    plane.order(ChannelId(2), Order::Hear(Vec::new()));
    assert_eq!(plane.counts().plays, 0);
}

#[test]
fn packets_are_as_long_as_was_agreed() {
    for (codec, millis, octets) in [
        (Codec::Ulaw, 30, 240),
        (Codec::G722, 10, 80),
        (Codec::Alaw, 60, 480),
    ] {
        let (plane, _reports) = plane();
        let two = Phone::with(&plane, 2, codec, |agreed| {
            agreed.packet = Duration::from_millis(millis);
        });
        let play = Play {
            id: 1,
            what: What::Tones("425".into()),
            from: Duration::ZERO,
            language: "en".into(),
        };
        plane.order(
            ChannelId(2),
            Order::Hear(vec![Source::Play(Arc::new(play))]),
        );
        for _ in 0..5 {
            assert_eq!(two.hear().1.len(), octets);
        }
    }
}

#[test]
fn who_talks_is_told() {
    let (plane, reports) = plane();
    let mut one = Phone::new(&plane, 1, Codec::Alaw);
    plane.order(
        ChannelId(1),
        Order::Listen(Some(Duration::from_millis(200))),
    );
    for _ in 0..200 {
        one.hum(400.0);
        if let Ok(Report::Talking(..)) = reports.recv_timeout(Duration::from_millis(20)) {
            break;
        }
    }
    let talks = next(&reports, |report| match report {
        Report::Talking(ChannelId(1), talks) => Some(*talks),
        _ => None,
    });
    assert!(!talks, "silence ends it");
}

#[test]
fn a_phone_is_made_louder_or_softer_and_relayed_no_more() {
    use switch::sound::Loudness;

    let (plane, _reports) = plane();
    let mut one = Phone::new(&plane, 1, Codec::Ulaw);
    let mut two = Phone::new(&plane, 2, Codec::Ulaw);
    hears(&plane, 2, &[1]);
    let peak = |samples: &[i16]| samples.iter().map(|s| s.unsigned_abs()).max().unwrap_or(0);
    one.hum(1_000.0);
    let as_it_is = peak(&two.listen().1);
    assert!((7_500..8_500).contains(&as_it_is), "{as_it_is}");
    for (channel, loudness, wanted) in [
        (
            1,
            Loudness {
                says: 0.25,
                hears: 1.0,
            },
            1_500..2_500,
        ),
        (
            2,
            Loudness {
                says: 1.0,
                hears: 8.0,
            },
            14_000..18_000,
        ),
        (
            1,
            Loudness {
                says: 100.0,
                hears: 1.0,
            },
            30_000..32_768,
        ),
    ] {
        plane.order(ChannelId(channel), Order::Loudness(loudness));
        // Until what was said before is through.
        let came = (0..200).any(|n| {
            for _ in 0..if n == 0 { 3 } else { 1 } {
                one.hum(1_000.0);
            }
            wanted.contains(&peak(&two.listen().1))
        });
        assert!(came, "{loudness:?}");
    }
}
