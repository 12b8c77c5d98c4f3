use super::*;
use crate::mix::{Resampler, frame_len};

/// How much of a sound's energy is at a frequency, between 0 and 1.
fn share(samples: &[i16], frequency: f32, rate: u32) -> f32 {
    let step = std::f32::consts::TAU * frequency / rate as f32;
    let (mut re, mut im, mut all) = (0.0_f32, 0.0_f32, 1.0_f32);
    for (n, sample) in samples.iter().enumerate() {
        let sample = f32::from(*sample);
        re += sample * (step * n as f32).cos();
        im += sample * (step * n as f32).sin();
        all += sample * sample;
    }
    2.0 * (re * re + im * im) / samples.len() as f32 / all
}

fn tone(rate: u32, frames: usize) -> Vec<i16> {
    let step = std::f32::consts::TAU * 1_000.0 / rate as f32;
    (0..frames * frame_len(rate))
        .map(|n| (10_000.0 * (step * n as f32).sin()) as i16)
        .collect()
}

fn through(codec: Codec, sound: &[i16]) -> Vec<i16> {
    let mut encoder = Encoder::new(codec);
    let mut decoder = Decoder::new(codec);
    let mut out = Vec::new();
    for frame in sound.chunks(frame_len(codec.sample_rate())) {
        let mut packet = Vec::new();
        assert!(encoder.encode(frame, &mut packet), "{codec:?}");
        assert!(decoder.decode(&packet, &mut out), "{codec:?}");
    }
    out
}

#[test]
fn a_tone_is_a_tone_through_each_pair() {
    for first in Codec::ALL {
        let heard = through(first, &tone(first.sample_rate(), 50));
        for second in Codec::ALL {
            let mut resampler = Resampler::new(first.sample_rate(), second.sample_rate());
            let mut between = Vec::new();
            resampler.run(&heard, &mut between);
            let out = through(second, &between);
            let rate = second.sample_rate();
            let share = share(&out[out.len() / 2..], 1_000.0, rate);
            assert!(share > 0.97, "{first:?} {second:?}: {share}");
            let loudest = out[out.len() / 2..].iter().max().unwrap();
            assert!(
                (8_000..13_000).contains(loudest),
                "{first:?} {second:?}: {loudest}"
            );
        }
    }
}

/// ITU-T G.711, table 2a: the value of a code at 14 bits, made 16.
fn ulaw(code: u8) -> i16 {
    let code = !code;
    let (segment, step) = ((code >> 4) & 7, i32::from(code & 15));
    let value = (((2 * step + 33) << segment) - 33) * 4;
    (if code & 0x80 == 0 { value } else { -value }) as i16
}

/// ITU-T G.711, table 1a: the value of a code at 13 bits, made 16.
fn alaw(code: u8) -> i16 {
    let code = code ^ 0x55;
    let (segment, step) = ((code >> 4) & 7, i32::from(code & 15));
    let value = match segment {
        0 => 2 * step + 1,
        _ => (2 * step + 33) << (segment - 1),
    } * 8;
    (if code & 0x80 != 0 { value } else { -value }) as i16
}

#[test]
fn g711_is_that_of_the_tables() {
    for (codec, table) in [(Codec::Ulaw, ulaw as fn(u8) -> i16), (Codec::Alaw, alaw)] {
        for code in 0..=255 {
            let mut linear = Vec::new();
            assert!(Decoder::new(codec).decode(&[code], &mut linear));
            assert_eq!(linear, [table(code)], "{codec:?} {code:#x}");
            let mut again = Vec::new();
            assert!(Encoder::new(codec).encode(&linear, &mut again));
            // µ-law has two zeros.
            let zero = codec == Codec::Ulaw && code == 0x7f;
            assert!(
                again == [code] || zero && again == [0xff],
                "{codec:?} {code:#x}"
            );
        }
        // What is louder never becomes quieter, and nothing is off by more than a step.
        let mut before = i32::MIN;
        for sample in (i16::MIN..=i16::MAX).step_by(7) {
            let mut code = Vec::new();
            assert!(Encoder::new(codec).encode(&[sample], &mut code));
            let (value, wanted) = (i32::from(table(code[0])), i32::from(sample));
            assert!(value >= before, "{codec:?} {sample}");
            before = value;
            assert!(
                (value - wanted).abs() <= 16 + wanted.abs() / 24,
                "{codec:?} {sample}"
            );
        }
    }
}

#[test]
fn names_and_payload_types_find_their_codec() {
    for codec in Codec::ALL {
        assert_eq!(Codec::from_name(codec.name()), Some(codec));
        let found = Codec::from_encoding(codec.encoding(), codec.clock_rate(), codec.channels());
        assert_eq!(found, Some(codec));
        if let Some(number) = codec.payload_type() {
            assert_eq!(Codec::from_payload_type(number), Some(codec));
        }
    }
    assert_eq!(Codec::from_name("ULAW"), Some(Codec::Ulaw));
    assert_eq!(Codec::from_name("g729"), None);
}

#[test]
fn packets_that_are_none_add_nothing() {
    let mut out = vec![1];
    assert!(!Decoder::new(Codec::Opus).decode(&[0xff; 3], &mut out));
    assert!(!Decoder::new(Codec::Opus).decode(&[], &mut out));
    assert!(!Decoder::new(Codec::Ulaw).decode(&[], &mut out));
    assert_eq!(out, [1]);
    assert!(!Encoder::new(Codec::Opus).encode(&[0; 7], &mut Vec::new()));
    let mut state = 1_u32;
    let mut decoder = Decoder::new(Codec::Opus);
    for length in 1..500 {
        let noise: Vec<u8> = (0..length)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            })
            .collect();
        decoder.decode(&noise, &mut out);
        out.clear();
    }
}

#[test]
fn opus_makes_up_what_is_lost() {
    let mut encoder = Encoder::new(Codec::Opus);
    let mut decoder = Decoder::new(Codec::Opus);
    let mut out = Vec::new();
    for frame in tone(48_000, 20).chunks(960) {
        let mut packet = Vec::new();
        encoder.encode(frame, &mut packet);
        decoder.decode(&packet, &mut out);
    }
    out.clear();
    assert!(decoder.conceal(960, &mut out));
    assert_eq!(out.len(), 960);
    assert!(!Decoder::new(Codec::Ulaw).conceal(160, &mut out));
}
