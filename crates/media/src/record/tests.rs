use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Writer;
use crate::file::{Format, Found};

const FORMATS: &[Format] = &[
    Format::Wav,
    Format::Wav16,
    Format::Wav49,
    Format::Ulaw,
    Format::Alaw,
    Format::Gsm,
    Format::G722,
    Format::Linear(8_000),
    Format::Linear(16_000),
    Format::Linear(48_000),
];

/// A sine of 1 kHz, a second of it.
fn kilohertz(rate: u32) -> Vec<i16> {
    let at = |n: u32| f64::from(n) * 1_000.0 / f64::from(rate);
    (0..rate)
        .map(|n| (10_000.0 * (std::f64::consts::TAU * at(n)).sin()) as i16)
        .collect()
}

fn found(path: &Path, format: Format) -> Found {
    Found {
        path: path.to_owned(),
        format,
    }
}

fn heard(path: &Path, format: Format) -> Vec<i16> {
    let mut reader = found(path, format).open().unwrap();
    let mut sound = vec![0; 500_000];
    let count = reader.read(&mut sound).unwrap();
    sound.truncate(count);
    sound
}

fn recorded(format: Format, rate: u32) -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let mut writer = Writer::create(&directory.path().join("x"), format, false).unwrap();
    for frame in kilohertz(rate).chunks(rate as usize / 50) {
        writer.write(frame, rate).unwrap();
    }
    let path = writer.path().to_owned();
    writer.close().unwrap();
    (directory, path)
}

#[test]
fn a_tone_is_a_tone_again_in_every_format_from_every_rate() {
    for format in FORMATS {
        for rate in [8_000, 16_000, 48_000] {
            let (_directory, path) = recorded(*format, rate);
            assert_eq!(path.extension().unwrap().to_str(), Some(format.ending()));
            let sound = heard(&path, *format);
            let full = format.rate() as usize;
            assert!(
                (full - 10..=full + 320).contains(&sound.len()),
                "{format:?}: {}",
                sound.len()
            );
            // The codec has settled by then, and the last block may be filled up.
            let sound = &sound[full / 4..full * 3 / 4];
            let crossings = sound
                .windows(2)
                .filter(|two| two[0] < 0 && two[1] >= 0)
                .count();
            assert!(
                crossings.abs_diff(500) <= 1,
                "{format:?} {rate}: {crossings}"
            );
            let peak = sound.iter().max().unwrap();
            assert!((8_000..12_500).contains(peak), "{format:?} {rate}: {peak}");
        }
    }
}

#[test]
fn headers_are_as_others_write_them() {
    let (_directory, path) = recorded(Format::Wav, 8_000);
    let file = fs::read(path).unwrap();
    let header = b"RIFF\xa4\x3e\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\x80\x3e\0\0";
    assert_eq!(file[..44], *header);
    assert_eq!(file.len(), 44 + 16_000);

    let directory = tempfile::tempdir().unwrap();
    let mut writer = Writer::create(&directory.path().join("x"), Format::Wav49, false).unwrap();
    let sound: Vec<i16> = include_bytes!("../../testdata/voice.sln")
        .as_chunks()
        .0
        .iter()
        .map(|s| i16::from_le_bytes(*s))
        .collect();
    writer.write(&sound, 8_000).unwrap();
    writer.close().unwrap();
    let file = fs::read(directory.path().join("x.WAV")).unwrap();
    assert_eq!(file, include_bytes!("../../testdata/voice.WAV"));
}

#[test]
fn what_was_heard_half_a_second_ago_is_in_the_file() {
    let directory = tempfile::tempdir().unwrap();
    for format in FORMATS {
        let mut writer = Writer::create(&directory.path().join("x"), *format, false).unwrap();
        let found = found(writer.path(), *format);
        for frame in 1..=100 {
            writer.write(&[1_000; 160], 8_000).unwrap();
            let told = Duration::from_millis(20 * frame);
            let there = found.length().unwrap();
            assert!(
                there + Duration::from_millis(540) >= told,
                "{format:?} {told:?} {there:?}"
            );
            assert!(
                writer.length() + Duration::from_millis(40) >= told,
                "{format:?}"
            );
        }
    }
}

#[test]
fn blocks_are_filled_from_pieces_of_any_length() {
    for format in [Format::Gsm, Format::Wav49, Format::G722, Format::Ulaw] {
        let directory = tempfile::tempdir().unwrap();
        let sound = kilohertz(format.rate());
        let write = |name: &str, piece: usize| {
            let mut writer = Writer::create(&directory.path().join(name), format, false).unwrap();
            for piece in sound.chunks(piece) {
                writer.write(piece, format.rate()).unwrap();
            }
            let path = writer.path().to_owned();
            writer.close().unwrap();
            fs::read(path).unwrap()
        };
        assert_eq!(write("a", 33), write("b", 1_601), "{format:?}");
    }
}

#[test]
fn appending_goes_on_behind_the_end() {
    for format in FORMATS {
        let (directory, path) = recorded(*format, 8_000);
        let before = found(&path, *format).length().unwrap();
        let mut writer = Writer::create(&directory.path().join("x"), *format, true).unwrap();
        assert_eq!(writer.length(), before);
        writer.write(&kilohertz(8_000), 8_000).unwrap();
        writer.close().unwrap();
        let behind = found(&path, *format).length().unwrap();
        assert_eq!(behind.as_millis() / 1_000, 2, "{format:?}");

        let writer = Writer::create(&directory.path().join("x"), *format, false).unwrap();
        writer.close().unwrap();
        assert_eq!(
            found(&path, *format).length().unwrap(),
            Duration::ZERO,
            "{format:?}"
        );
    }
}

#[test]
fn appending_to_nothing_begins() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("x");
    let mut writer = Writer::create(&path, Format::Wav, true).unwrap();
    writer.write(&[1, 2, 3], 8_000).unwrap();
    drop(writer);
    assert_eq!(heard(&path.with_extension("wav"), Format::Wav), [1, 2, 3]);
}

#[test]
fn a_recording_that_was_cut_off_is_appended_to() {
    let (directory, path) = recorded(Format::Gsm, 8_000);
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(33 * 10 + 7).unwrap();
    let mut writer = Writer::create(&directory.path().join("x"), Format::Gsm, true).unwrap();
    writer.write(&[0; 160], 8_000).unwrap();
    writer.close().unwrap();
    assert_eq!(heard(&path, Format::Gsm).len(), 11 * 160);
}

#[test]
fn only_its_own_kind_is_appended() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("x.wav");
    fs::write(&path, "this is no sound at all").unwrap();
    let error = Writer::create(&directory.path().join("x"), Format::Wav, true)
        .err()
        .unwrap();
    assert!(
        error.to_string().ends_with("x.wav: not a WAV file"),
        "{error}"
    );

    fs::write(&path, include_bytes!("../../testdata/voice.WAV")).unwrap();
    let error = Writer::create(&directory.path().join("x"), Format::Wav, true)
        .err()
        .unwrap();
    assert!(
        error
            .to_string()
            .contains("x.wav: sound at 8000 Hz of another kind"),
        "{error}"
    );
    assert_eq!(
        fs::read(&path).unwrap(),
        include_bytes!("../../testdata/voice.WAV")
    );
}

#[test]
fn directories_are_made() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("2026/11/x");
    Writer::create(&path, Format::Ulaw, false)
        .unwrap()
        .close()
        .unwrap();
    assert_eq!(fs::read(path.with_extension("ulaw")).unwrap(), b"");

    let error = Writer::create(
        &directory.path().join("2026/11/x.ulaw/x"),
        Format::Ulaw,
        false,
    )
    .err()
    .unwrap();
    assert!(error.to_string().contains("x.ulaw/x.ulaw: "), "{error}");
}

#[test]
fn a_full_disk_is_an_error_that_names_the_file() {
    let directory = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("/dev/full", directory.path().join("x.ulaw")).unwrap();
    let mut writer = Writer::create(&directory.path().join("x"), Format::Ulaw, false).unwrap();
    for _ in 0..3 {
        let error = writer.write(&[0; 8_000], 8_000).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert!(error.to_string().contains("x.ulaw: "), "{error}");
        assert_eq!(writer.length(), Duration::ZERO);
    }
    writer.close().unwrap();
}
