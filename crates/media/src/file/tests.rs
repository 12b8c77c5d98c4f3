// Long because each format is read whole, cut short and lied about.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

use super::{Format, Found, NotFound, Reader, Sounds, find};

fn sounds(files: &[(&str, usize)]) -> (TempDir, Sounds) {
    let directory = tempfile::tempdir().unwrap();
    for (name, size) in files {
        let file = directory.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, vec![0; *size]).unwrap();
    }
    let sounds = Sounds {
        directories: vec![directory.path().to_owned()],
    };
    (directory, sounds)
}

fn found(directory: &Path, name: &str, bytes: &[u8]) -> Found {
    let path = directory.join(name);
    fs::write(&path, bytes).unwrap();
    let format = Format::from_ending(name.rsplit_once('.').unwrap().1).unwrap();
    Found { path, format }
}

fn all(reader: &mut Reader) -> Vec<i16> {
    let mut sound = Vec::new();
    let mut piece = [0; 333];
    loop {
        let count = reader.read(&mut piece).unwrap();
        sound.extend_from_slice(&piece[..count]);
        if count < piece.len() {
            assert_eq!(reader.read(&mut piece).unwrap(), 0);
            return sound;
        }
    }
}

fn bytes(sound: &[i16]) -> Vec<u8> {
    sound.iter().flat_map(|s| s.to_le_bytes()).collect()
}

/// A sine of 1 kHz.
fn kilohertz(rate: u32, samples: u32) -> Vec<i16> {
    let at = |n: u32| f64::from(n) * 1_000.0 / f64::from(rate);
    (0..samples)
        .map(|n| (10_000.0 * (std::f64::consts::TAU * at(n)).sin()) as i16)
        .collect()
}

/// How often a second the sound crosses zero upwards, where the resampler rings no more.
fn frequency(sound: &[i16], rate: u32) -> u64 {
    let sound = &sound[sound.len() / 4..sound.len() * 3 / 4];
    let crossings = sound
        .windows(2)
        .filter(|pair| pair[0] < 0 && pair[1] >= 0)
        .count();
    crossings as u64 * u64::from(rate) / sound.len() as u64
}

struct Wav {
    tag: u16,
    channels: u16,
    rate: u32,
    bits: u16,
    riff: u32,
    data: u32,
}

const WAV: Wav = Wav {
    tag: 1,
    channels: 1,
    rate: 8_000,
    bits: 16,
    riff: 0,
    data: 0,
};

impl Wav {
    fn holding(self, sound: &[u8]) -> Vec<u8> {
        let data = sound.len() as u32;
        let riff = data + 36;
        Wav { data, riff, ..self }.promising(sound)
    }

    fn promising(self, sound: &[u8]) -> Vec<u8> {
        let frame = self.channels * self.bits / 8;
        let mut file = b"RIFF".to_vec();
        file.extend(self.riff.to_le_bytes());
        file.extend(b"WAVEfmt \x10\0\0\0");
        file.extend(self.tag.to_le_bytes());
        file.extend(self.channels.to_le_bytes());
        file.extend(self.rate.to_le_bytes());
        file.extend((self.rate.wrapping_mul(frame.into())).to_le_bytes());
        file.extend(frame.to_le_bytes());
        file.extend(self.bits.to_le_bytes());
        file.extend(b"data");
        file.extend(self.data.to_le_bytes());
        file.extend(sound);
        file
    }
}

#[test]
fn every_format_is_measured() {
    for (name, size, millis) in [
        ("x.gsm", 33 * 50, 1_000),
        ("x.gsm", 33 * 50 + 32, 1_000),
        ("x.ulaw", 4_000, 500),
        ("x.ul", 8_000, 1_000),
        ("x.pcm", 8_000, 1_000),
        ("x.alaw", 8_000, 1_000),
        ("x.al", 8_000, 1_000),
        ("x.g722", 8_000, 1_000),
        ("x.sln", 16_000, 1_000),
        ("x.sln8", 16_001, 1_000),
        ("x.sln12", 24_000, 1_000),
        ("x.sln16", 32_000, 1_000),
        ("x.sln24", 48_000, 1_000),
        ("x.sln32", 64_000, 1_000),
        ("x.sln44", 88_200, 1_000),
        ("x.sln48", 96_000, 1_000),
        ("x.sln192", 384_000, 1_000),
        ("x.ulaw", 0, 0),
    ] {
        let (_directory, sounds) = sounds(&[(name, size)]);
        let found = find(&sounds, "x", "en", 8_000).unwrap();
        assert_eq!(
            found.length().unwrap(),
            Duration::from_millis(millis),
            "{name}"
        );
        assert_eq!(
            found.open().unwrap().length(),
            Duration::from_millis(millis),
            "{name}"
        );
    }
}

#[test]
fn the_language_falls_back() {
    let (_directory, sounds) = sounds(&[
        ("en_GB/digits/1.gsm", 33),
        ("en/digits/1.gsm", 66),
        ("en/digits/2.gsm", 66),
        ("digits/1.gsm", 99),
        ("digits/2.gsm", 99),
        ("digits/3.gsm", 99),
    ]);
    let measure = |language, name| {
        let found = find(&sounds, name, language, 8_000).ok()?;
        Some(found.length().unwrap().as_millis())
    };
    assert_eq!(measure("en_GB", "digits/1"), Some(20));
    assert_eq!(measure("en_GB", "digits/2"), Some(40));
    assert_eq!(measure("en_GB", "digits/3"), Some(60));
    assert_eq!(measure("en", "digits/1"), Some(40));
    assert_eq!(measure("de", "digits/1"), Some(60));
    assert_eq!(measure("", "digits/1"), Some(60));
    assert_eq!(measure("_", "digits/1"), Some(60));
    assert_eq!(measure("en", "digits/4"), None);
    assert_eq!(measure("en", "digits/1/deeper"), None);
    assert_eq!(measure("en", "digits"), None);
    assert_eq!(measure("en", "nul\0"), None);
    assert_eq!(measure("en", &"long".repeat(1_000)), None);
}

#[test]
fn the_directories_are_looked_through_in_order() {
    let (first, mut sounds) = sounds(&[("x.gsm", 33)]);
    let (second, others) = self::sounds(&[("x.gsm", 66), ("en/y.gsm", 66)]);
    sounds.directories.extend(others.directories);
    let path = |name| find(&sounds, name, "en", 8_000).unwrap().path;
    assert_eq!(path("x"), first.path().join("x.gsm"));
    assert_eq!(path("y"), second.path().join("en/y.gsm"));
}

#[test]
fn absolute_names_stand_for_themselves() {
    let (directory, _) = sounds(&[("en/x.gsm", 33), ("x.gsm", 66), ("x.y.gsm", 99)]);
    let name = directory.path().join("x").display().to_string();
    let elsewhere = Sounds {
        directories: vec!["/nonexistent".into()],
    };
    let path = |name: &str, language| find(&elsewhere, name, language, 8_000).unwrap().path;
    assert_eq!(path(&name, "en"), directory.path().join("en/x.gsm"));
    assert_eq!(path(&name, "de"), directory.path().join("x.gsm"));
    assert_eq!(
        path(&format!("{name}.y"), "de"),
        directory.path().join("x.y.gsm")
    );
    assert!(find(&elsewhere, "/", "en", 8_000).is_err());
}

#[test]
fn nothing_leads_outside() {
    let (_directory, mut sounds) = sounds(&[("secret.gsm", 33), ("en/x.gsm", 33)]);
    sounds.directories[0].push("en");
    for (name, language) in [
        ("../secret", "en"),
        ("digits/../../secret", "en"),
        ("secret", ".."),
        ("secret", "../.."),
        ("secret", "/tmp"),
        ("/tmp/../secret", "en"),
    ] {
        let refusal = find(&sounds, name, language, 8_000).unwrap_err();
        assert!(
            matches!(refusal, NotFound::Outside { .. }),
            "{name} {language}"
        );
        assert!(refusal.to_string().contains("'..' is refused"), "{refusal}");
        assert_eq!(io::Error::from(refusal).kind(), io::ErrorKind::InvalidInput);
    }
    let missing = find(&sounds, "..x", "en", 8_000).unwrap_err();
    assert_eq!(missing.to_string(), "no sound ..x in language 'en'");
    assert!(matches!(missing, NotFound::Missing { .. }));
}

#[test]
fn the_format_fits_the_rate() {
    let (_directory, sounds) =
        sounds(&[("x.gsm", 33), ("x.ulaw", 8), ("x.g722", 8), ("x.sln48", 8)]);
    let format = |rate| find(&sounds, "x", "en", rate).unwrap().format;
    assert_eq!(format(8_000), Format::Ulaw);
    assert_eq!(format(16_000), Format::G722);
    assert_eq!(format(48_000), Format::Linear(48_000));
}

#[test]
fn linear_sound_comes_out_as_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let sound: Vec<i16> = (0..20_000).map(|n| n as i16).collect();
    for name in ["x.sln", "x.sln16", "x.sln48"] {
        let mut reader = found(directory.path(), name, &bytes(&sound))
            .open()
            .unwrap();
        assert_eq!(all(&mut reader), sound, "{name}");
    }
    let file = WAV.holding(&bytes(&sound));
    let mut reader = found(directory.path(), "x.wav", &file).open().unwrap();
    assert_eq!((reader.rate(), all(&mut reader)), (8_000, sound));
}

#[test]
fn other_rates_are_resampled_to_one_that_the_house_knows() {
    let directory = tempfile::tempdir().unwrap();
    for (name, rate, heard) in [
        ("x.sln12", 12_000, 16_000),
        ("x.sln24", 24_000, 48_000),
        ("x.sln32", 32_000, 48_000),
        ("x.sln44", 44_100, 48_000),
        ("x.sln96", 96_000, 48_000),
    ] {
        let sound = bytes(&kilohertz(rate, rate));
        let mut reader = found(directory.path(), name, &sound).open().unwrap();
        assert_eq!(reader.rate(), heard, "{name}");
        let sound = all(&mut reader);
        assert!(
            sound.len().abs_diff(heard as usize) < 50,
            "{name}: {}",
            sound.len()
        );
        let frequency = frequency(&sound, heard);
        assert!(frequency.abs_diff(1_000) < 3, "{name}: {frequency}");
    }
}

#[test]
fn coded_sound_is_decoded() {
    let directory = tempfile::tempdir().unwrap();
    let decoded = include_bytes!("../../testdata/voice-decoded.sln");
    for (name, file) in [
        ("x.gsm", &include_bytes!("../../testdata/voice.gsm")[..]),
        ("x.WAV", &include_bytes!("../../testdata/voice.WAV")[..]),
        ("x.wav", &include_bytes!("../../testdata/voice.WAV")[..]),
    ] {
        let found = found(directory.path(), name, file);
        assert_eq!(
            found.length().unwrap(),
            Duration::from_millis(480),
            "{name}"
        );
        assert_eq!(bytes(&all(&mut found.open().unwrap())), decoded, "{name}");
    }
    // G.711's codes of the loudest and of silence.
    let mut ulaw = found(directory.path(), "x.ulaw", &[0x00, 0x80, 0xff])
        .open()
        .unwrap();
    assert_eq!(all(&mut ulaw), [-32_124, 32_124, 0]);
    let mut alaw = found(directory.path(), "x.alaw", &[0x2a, 0xaa])
        .open()
        .unwrap();
    assert_eq!(all(&mut alaw), [-32_256, 32_256]);
    let mut wav = found(
        directory.path(),
        "y.wav",
        &Wav {
            tag: 7,
            bits: 8,
            ..WAV
        }
        .holding(&[0x80]),
    );
    assert_eq!(all(&mut wav.open().unwrap()), [32_124]);
    wav = found(
        directory.path(),
        "y.wav",
        &Wav {
            tag: 6,
            bits: 8,
            ..WAV
        }
        .holding(&[0xaa]),
    );
    assert_eq!(all(&mut wav.open().unwrap()), [32_256]);
}

#[test]
fn wide_wav_files_are_made_narrow() {
    let directory = tempfile::tempdir().unwrap();
    let heard = |wav: Wav, sound: &[u8]| {
        let found = found(directory.path(), "x.wav", &wav.holding(sound));
        all(&mut found.open().unwrap())
    };
    let stereo = Wav { channels: 2, ..WAV };
    assert_eq!(
        heard(stereo, &bytes(&[100, 300, i16::MIN, i16::MIN])),
        [200, i16::MIN]
    );
    let eight = Wav { bits: 8, ..WAV };
    assert_eq!(heard(eight, &[0, 128, 255]), [i16::MIN, 0, 32_512]);
    let more = Wav { bits: 24, ..WAV };
    assert_eq!(heard(more, &[99, 1, 2, 99, 0xff, 0xff]), [0x201, -1]);
    let most = Wav { bits: 32, ..WAV };
    assert_eq!(heard(most, &[9, 9, 1, 2]), [0x201]);
    let wide = Wav {
        rate: 16_000,
        ..WAV
    };
    let found = found(directory.path(), "x.wav", &wide.holding(&[0; 3_200]));
    assert_eq!(found.length().unwrap(), Duration::from_millis(100));
    assert_eq!(found.open().unwrap().rate(), 16_000);
}

#[test]
fn a_header_is_not_believed_beyond_the_file() {
    let directory = tempfile::tempdir().unwrap();
    let lying = Wav {
        riff: 160_036,
        data: 160_000,
        ..WAV
    };
    let lying = found(directory.path(), "x.wav", &lying.promising(&[7; 3_201]));
    assert_eq!(lying.length().unwrap(), Duration::from_millis(200));
    assert_eq!(all(&mut lying.open().unwrap()), [0x707; 1_600]);
}

#[test]
fn what_was_never_finished_is_heard_to_its_end() {
    let directory = tempfile::tempdir().unwrap();
    for (riff, data, samples) in [
        (0, 0, 80),
        (36, 0, 80),
        (u32::MAX, u32::MAX, 80),
        (196, 0, 0),
    ] {
        let file = Wav { riff, data, ..WAV }.promising(&[1; 160]);
        let found = found(directory.path(), "x.wav", &file);
        assert_eq!(
            all(&mut found.open().unwrap()).len(),
            samples,
            "{riff} {data}"
        );
    }
}

#[test]
fn other_chunks_are_passed_over() {
    let directory = tempfile::tempdir().unwrap();
    let mut file = WAV.holding(&bytes(&[1, 2, 3]));
    file.splice(12..12, *b"LIST\x03\0\0\0abc\0");
    file.extend(b"LIST\x04\0\0\0abcd");
    let found = found(directory.path(), "x.wav", &file);
    assert_eq!(all(&mut found.open().unwrap()), [1, 2, 3]);
}

#[test]
fn a_broken_wav_is_an_error_that_names_it() {
    let directory = tempfile::tempdir().unwrap();
    let good = WAV.holding(&[0; 8]);
    let mut headless = good.clone();
    headless.drain(12..36);
    for (file, why) in [
        (vec![0; 100], "not a WAV file"),
        (vec![], "too short for a WAV header"),
        (good[..30].to_vec(), "a WAV file whose format is cut short"),
        (good[..36].to_vec(), "a WAV file without sound"),
        (headless, "a WAV file without a format before its sound"),
        (
            Wav { rate: 0, ..WAV }.holding(&[]),
            "a WAV file of 0 samples a second",
        ),
        (
            Wav {
                rate: u32::MAX,
                ..WAV
            }
            .holding(&[]),
            "a WAV file of 4294967295 samples a second",
        ),
        (
            Wav { tag: 85, ..WAV }.holding(&[]),
            "a WAV file of format 85, 1 channels and 16 bits",
        ),
        (
            Wav { channels: 0, ..WAV }.holding(&[]),
            "a WAV file of format 1, 0 channels and 16 bits",
        ),
        (
            Wav { bits: 12, ..WAV }.holding(&[]),
            "a WAV file of format 1, 1 channels and 12 bits",
        ),
    ] {
        let found = found(directory.path(), "x.wav", &file);
        let errors = [found.length().err().unwrap(), found.open().err().unwrap()];
        for error in errors {
            assert_eq!(
                error.to_string(),
                format!("{}: {why}", found.path.display())
            );
            assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        }
    }
}

#[test]
fn every_damaged_wav_is_survived() {
    let directory = tempfile::tempdir().unwrap();
    let good = WAV.holding(&[1; 32]);
    for at in 0..44 {
        for value in [0, 1, 0x7f, 0xff] {
            let mut file = good.clone();
            file[at] = value;
            let found = found(directory.path(), "x.wav", &file);
            if let Ok(mut reader) = found.open() {
                assert!(all(&mut reader).len() <= 32 * 12, "{at} {value}");
            }
        }
    }
}

#[test]
fn a_file_that_is_not_there_any_more_is_an_error_that_names_it() {
    let directory = tempfile::tempdir().unwrap();
    let found = found(directory.path(), "x.gsm", &[]);
    fs::remove_file(&found.path).unwrap();
    let error = found.open().err().unwrap();
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
    assert!(error.to_string().contains("x.gsm: "));
    assert!(found.length().is_err());
}

#[test]
fn what_is_no_gsm_frame_is_an_error_that_names_the_file() {
    let directory = tempfile::tempdir().unwrap();
    let found = found(directory.path(), "x.gsm", &[0; 66]);
    let error = found.open().unwrap().read(&mut [0; 160]).unwrap_err();
    assert!(
        error.to_string().ends_with("x.gsm: not a GSM frame"),
        "{error}"
    );
}

#[test]
fn a_place_is_sought() {
    let directory = tempfile::tempdir().unwrap();
    let sound: Vec<i16> = (0..16_000).collect();
    let mut reader = found(directory.path(), "x.sln", &bytes(&sound))
        .open()
        .unwrap();
    let heard = |reader: &mut Reader, millis| {
        reader.seek(Duration::from_millis(millis));
        let mut first = [0];
        (reader.read(&mut first).unwrap() == 1).then_some(first[0])
    };
    assert_eq!(heard(&mut reader, 1_000), Some(8_000));
    assert_eq!(heard(&mut reader, 0), Some(0));
    assert_eq!(heard(&mut reader, 1_999), Some(15_992));
    assert_eq!(heard(&mut reader, 2_000), None);
    assert_eq!(heard(&mut reader, u64::MAX), None);
    assert_eq!(heard(&mut reader, 1), Some(8));
}

#[test]
fn adaptive_codecs_are_at_their_level_behind_a_place_sought() {
    let directory = tempfile::tempdir().unwrap();
    let decoded: Vec<i16> = include_bytes!("../../testdata/voice-decoded.sln")
        .as_chunks()
        .0
        .iter()
        .map(|s| i16::from_le_bytes(*s))
        .collect();
    let frames = include_bytes!("../../testdata/voice.gsm");
    let mut reader = found(directory.path(), "x.gsm", frames).open().unwrap();
    // 313 ms is neither a frame's beginning nor within the first run-up.
    reader.seek(Duration::from_millis(313));
    let heard = all(&mut reader);
    assert_eq!(heard.len(), decoded.len() - 313 * 8);
    let behind = &decoded[313 * 8..];
    let energy = |sound: &mut dyn Iterator<Item = i32>| -> i64 {
        sound.map(|s| i64::from(s) * i64::from(s)).sum()
    };
    let noise = energy(
        &mut heard
            .iter()
            .zip(behind)
            .map(|(a, b)| i32::from(*a) - i32::from(*b)),
    );
    assert!(
        noise * 100 < energy(&mut behind.iter().map(|s| i32::from(*s))),
        "{noise}"
    );
}
