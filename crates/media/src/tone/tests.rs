use std::time::Duration;

use super::{Digit, Tones};
use crate::codec::{Codec, Encoder};
use crate::dtmf;

const RATE: u32 = 8_000;

fn played(tones: &mut Tones, millis: u32) -> Vec<i16> {
    let mut sound = vec![7; (millis * RATE / 1_000) as usize];
    tones.fill(RATE, &mut sound);
    sound
}

fn heard(text: &str, millis: u32) -> Vec<i16> {
    played(&mut Tones::parse(text).unwrap(), millis)
}

/// The peak of a frequency in a sound: Goertzel's one bin of the spectrum.
fn peak(sound: &[i16], frequency: f64, rate: u32) -> f64 {
    let turn = std::f64::consts::TAU * frequency / f64::from(rate);
    let (mut re, mut im) = (0.0, 0.0);
    for (n, sample) in sound.iter().enumerate() {
        re += f64::from(*sample) * (turn * n as f64).cos();
        im += f64::from(*sample) * (turn * n as f64).sin();
    }
    2.0 * re.hypot(im) / sound.len() as f64
}

/// In dBm0.
fn level(sound: &[i16], frequency: f64, rate: u32) -> f64 {
    20.0 * (peak(sound, frequency, rate) / 22_775.0).log10()
}

fn is_silent(sound: &[i16]) -> bool {
    sound.iter().all(|s| *s == 0)
}

#[test]
fn a_frequency_sounds_at_its_level_at_every_rate() {
    for rate in [8_000, 16_000, 48_000] {
        let mut tones = Tones::parse("350+440").unwrap();
        let mut sound = vec![0; rate as usize];
        for piece in sound.chunks_mut(rate as usize / 50) {
            tones.fill(rate, piece);
        }
        assert!((level(&sound, 350.0, rate) + 10.0).abs() < 0.01);
        assert!((level(&sound, 440.0, rate) + 10.0).abs() < 0.01);
        assert!(level(&sound, 395.0, rate) < -60.0);
        assert!(!tones.is_over());
    }
}

#[test]
fn parts_follow_each_other_to_the_sample_and_are_repeated() {
    let sound = heard("425/480,0/480", 10 * 960);
    for round in sound.chunks(960 * 8) {
        let (tone, silence) = round.split_at(480 * 8);
        assert!((level(tone, 425.0, RATE) + 10.0).abs() < 0.1);
        assert_ne!(tone[tone.len() - 1], 0);
        assert!(is_silent(silence));
    }
}

#[test]
fn parts_with_a_mark_are_played_once() {
    let mut tones = Tones::parse("!950/100, !1400/100|!0/50,600/50,0/50").unwrap();
    let sound = played(&mut tones, 450);
    let at = |from: usize, to: usize| &sound[from * 8..to * 8];
    assert!(level(at(0, 100), 950.0, RATE) > -11.0);
    assert!(level(at(100, 200), 1_400.0, RATE) > -11.0);
    assert!(is_silent(at(200, 250)));
    for round in [250, 350] {
        assert!(level(at(round, round + 50), 600.0, RATE) > -11.0);
        assert!(is_silent(at(round + 50, round + 100)));
    }
    assert!(!tones.is_over());
}

#[test]
fn a_list_that_is_not_repeated_ends() {
    let mut tones = Tones::parse("!950/330,!1400/330").unwrap();
    played(&mut tones, 659);
    assert!(!tones.is_over());
    let end = played(&mut tones, 20);
    assert!(tones.is_over());
    assert!(!is_silent(&end[..8]));
    assert!(is_silent(&end[8..]));

    let mut silent = Tones::parse("!950/330,0").unwrap();
    played(&mut silent, 330);
    assert!(is_silent(&played(&mut silent, 1_000)));
    assert!(!silent.is_over());
}

#[test]
fn a_tone_goes_on_without_a_break_in_its_phase() {
    let whole = heard("425", 400);
    assert_eq!(heard("425/55,425/45", 400), whole);
    let mut pieces = Tones::parse("425").unwrap();
    let mut sound = vec![0; whole.len()];
    sound
        .chunks_mut(77)
        .for_each(|piece| pieces.fill(RATE, piece));
    assert_eq!(sound, whole);
    // Behind a silence it begins at zero.
    assert_eq!(heard("425/33,0/20", 200)[53 * 8], 0);
}

#[test]
fn loudness_swings() {
    let sound = heard("1000*20", 1_000);
    assert!(level(&sound, 1_000.0, RATE) > -16.0);
    let (below, above) = (peak(&sound, 980.0, RATE), peak(&sound, 1_020.0, RATE));
    assert!((below - above).abs() < 10.0);
    // Each side band has half of the depth.
    assert!((below / peak(&sound, 1_000.0, RATE) - 0.45).abs() < 0.01);
    assert!(sound.iter().all(|s| s.unsigned_abs() <= 7_202));
}

#[test]
fn notes_are_those_of_midi() {
    assert_eq!(heard("M69/200", 200), heard("440/200", 200));
    assert!(level(&heard("M60+m81", 2_000), 261.625_6, RATE) > -10.1);
    assert!(level(&heard("!M60*M0/0", 2_000), 261.625_6, RATE) > -16.0);
}

#[test]
fn a_change_of_rate_keeps_the_time() {
    let mut tones = Tones::parse("!425/100,0").unwrap();
    tones.fill(8_000, &mut [0; 400]);
    let mut rest = [9; 4_800];
    tones.fill(48_000, &mut rest);
    assert!(!is_silent(&rest[2_300..2_400]));
    assert!(is_silent(&rest[2_400..]));
}

#[test]
fn what_is_left_out_is_not_heard() {
    let text = "!950/100,440/300,0/200";
    for (skipped, place) in [
        (0, 0),
        (50, 50),
        (100, 100),
        (650, 150),
        (3_000_000_150, 150),
    ] {
        let mut tones = Tones::parse(text).unwrap();
        tones.skip(Duration::from_millis(skipped));
        let heard = played(&mut tones, 1_000);
        let whole = self::heard(text, 1_200);
        let silent = |sound: &[i16]| -> Vec<bool> { sound.chunks(80).map(is_silent).collect() };
        assert_eq!(
            silent(&heard),
            silent(&whole[place * 8..(place + 1_000) * 8]),
            "{skipped}"
        );
    }
    let mut ended = Tones::parse("!950/100").unwrap();
    ended.skip(Duration::from_millis(40));
    ended.skip(Duration::from_millis(60));
    assert!(ended.is_over());
    let mut endless = Tones::parse("!950/100,440").unwrap();
    endless.skip(Duration::MAX);
    assert!(!is_silent(&played(&mut endless, 10)));
}

#[test]
fn frequencies_that_a_rate_cannot_carry_are_left_out() {
    assert!(is_silent(&heard("4000", 100)));
    assert!(is_silent(&heard("24000", 100)));
    let mut high = [0; 4_800];
    Tones::parse("4000").unwrap().fill(48_000, &mut high);
    assert!(level(&high, 4_000.0, 48_000) > -10.1);
    // A rate that nobody has is survived.
    Tones::parse("440/1,0/1").unwrap().fill(0, &mut high);
    assert!(is_silent(&high));
}

#[test]
fn what_cannot_be_read_is_refused() {
    for (text, why) in [
        ("", "tone '': a frequency is missing"),
        ("425,", "tone '': a frequency is missing"),
        ("425/x", "tone '425/x': no such time"),
        ("425/-1", "tone '425/-1': no such time"),
        ("abc/100", "tone 'abc/100': no such frequency"),
        ("350+", "tone '350+': a frequency is missing"),
        ("350+440+480", "tone '350+440+480': no such frequency"),
        ("440*", "tone '440*': a frequency is missing"),
        ("!!440", "tone '!!440': no such frequency"),
        ("M200", "tone 'M200': no such note"),
        ("24001", "tone '24001': nobody hears such a frequency"),
        ("99999999999", "tone '99999999999': no such frequency"),
        (
            &"440/1,".repeat(300),
            "tone '440/1': too many parts in one list",
        ),
    ] {
        assert_eq!(Tones::parse(text).unwrap_err().to_string(), why);
    }
}

#[test]
fn the_milliwatt_is_a_milliwatt() {
    let sound = played(&mut Tones::milliwatt(), 1_000);
    assert!(level(&sound, 1_004.0, RATE).abs() < 0.01);

    let sound = played(&mut Tones::digital_milliwatt(), 1_000);
    assert!(level(&sound, 1_000.0, RATE).abs() < 0.01);
    let mut codes = Vec::new();
    Encoder::new(Codec::Ulaw).encode(&sound, &mut codes);
    assert_eq!(codes[..8], [0x9e, 0x8b, 0x8b, 0x9e, 0x1e, 0x0b, 0x0b, 0x1e]);
    assert_eq!(codes[7_992..], codes[..8]);
    codes.clear();
    Encoder::new(Codec::Alaw).encode(&sound, &mut codes);
    assert_eq!(codes[..8], [0xb4, 0xa1, 0xa1, 0xb4, 0x34, 0x21, 0x21, 0x34]);
}

#[test]
fn digits_are_found_by_who_listens_for_them() {
    for digit in "0123456789*#ABCD".chars() {
        let mut sound = [0; 1_600];
        Digit::new(digit).unwrap().fill(RATE, &mut sound[..800]);
        let mut found = Vec::new();
        dtmf::Finder::default().take(&sound, |heard| found.push(heard));
        assert!(
            matches!(found[0], dtmf::Heard::Begin(heard) if heard == digit),
            "{digit}"
        );
    }
    for rate in [8_000, 16_000, 48_000] {
        let mut five = vec![0; rate as usize];
        Digit::new('5').unwrap().fill(rate, &mut five);
        assert!((level(&five, 770.0, rate) + 10.0).abs() < 0.01);
        assert!((level(&five, 1_336.0, rate) + 10.0).abs() < 0.01);
    }
    assert!(Digit::new('x').is_none());
}
