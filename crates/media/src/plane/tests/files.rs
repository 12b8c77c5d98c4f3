use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use switch::ChannelId;
use switch::signal::Order;
use switch::sound::{Play, Recording, Source, What};

use super::rig::*;
use crate::codec::Codec;
use crate::file::{Format, Sounds, find};
use crate::music::{Class, Sort};
use crate::plane::{Report, Settings};
use crate::record::Writer;

const TONE: f32 = 1_000.0;

/// A second of a tone below `en`.
fn sound(directory: &Path, name: &str, frequency: f32) {
    let path = directory.join("en").join(name);
    let mut writer = Writer::create(&path, Format::Linear(8_000), false).unwrap();
    let samples: Vec<i16> = (0..8_000)
        .map(|n| (8_000.0 * (std::f32::consts::TAU * frequency * n as f32 / 8_000.0).sin()) as i16)
        .collect();
    writer.write(&samples, 8_000).unwrap();
    writer.close().unwrap();
}

fn settings(directory: &Path) -> Settings {
    Settings {
        ports: (15_000, 19_999),
        threads: 1,
        sounds: directory.to_owned(),
        music: vec![Class {
            name: "default".into(),
            directory: directory.join("en"),
            entries: Vec::new(),
            sort: Sort::Alpha,
            digit: None,
            announcement: None,
        }],
        ..Settings::default()
    }
}

fn play(id: u64, what: What) -> Order {
    Order::Hear(vec![Source::Play(Arc::new(Play {
        id,
        what,
        from: Duration::ZERO,
        language: "en_GB".into(),
    }))])
}

/// Waits until a frame is that tone, in this many packets.
fn comes(phone: &mut Phone, frequency: f32, packets: usize) -> bool {
    (0..packets).any(|_| share(&phone.listen().1, frequency, 8_000) > 0.9)
}

#[test]
fn files_are_heard_one_after_the_other_and_then_nothing() {
    let directory = tempfile::tempdir().unwrap();
    sound(directory.path(), "one", TONE);
    sound(directory.path(), "two", 2_000.0);
    let (plane, _reports) = plane_with(settings(directory.path()));
    let mut phone = Phone::new(&plane, 1, Codec::Ulaw);
    let names = ["one", "missing", "two"].map(Into::into).to_vec();
    plane.order(ChannelId(1), play(1, What::Files(names)));
    assert!(comes(&mut phone, TONE, 30));
    assert!(comes(&mut phone, 2_000.0, 70));
    assert!((0..80).any(|_| phone.listen().1.iter().all(|sample| sample.abs() < 16)));
}

#[test]
fn music_goes_on_and_on() {
    let directory = tempfile::tempdir().unwrap();
    sound(directory.path(), "a", TONE);
    sound(directory.path(), "b", 2_000.0);
    let (plane, _reports) = plane_with(settings(directory.path()));
    let mut phone = Phone::new(&plane, 1, Codec::Alaw);
    plane.order(ChannelId(1), play(1, What::Music("default".into())));
    assert!(comes(&mut phone, TONE, 30));
    assert!(comes(&mut phone, 2_000.0, 70));
    assert!(comes(&mut phone, TONE, 70));
    assert_eq!(plane.counts().plays, 1);
    plane.close(phone.session);
    assert_eq!(plane.counts(), Default::default());
}

#[test]
fn what_is_recorded_is_what_was_said() {
    let directory = tempfile::tempdir().unwrap();
    let (plane, _reports) = plane_with(settings(directory.path()));
    let mut one = Phone::new(&plane, 1, Codec::G722);
    let path = directory.path().join("deep/er/tape");
    plane.order(
        ChannelId(1),
        Order::Record(Recording {
            id: 5,
            path: path.display().to_string().into(),
            format: "wav".into(),
            append: false,
            sources: vec![Source::Far(ChannelId(1))],
        }),
    );
    // The plane's own clock says when it is time for the next packet.
    plane.order(ChannelId(1), play(9, What::Milliwatt));
    for _ in 0..100 {
        one.hum(TONE);
        one.hear();
    }
    plane.order(ChannelId(1), Order::EndRecording(5));
    assert_eq!(plane.counts().recordings, 0);
    // The file is put right by the writer's thread, which ends with the plane.
    drop(plane);
    let sounds = Sounds {
        directories: Vec::new(),
    };
    let mut samples = vec![0; 32_000];
    loop {
        let Ok(found) = find(&sounds, &path.display().to_string(), "", 8_000) else {
            std::thread::yield_now();
            continue;
        };
        let mut reader = found.open().unwrap();
        let count = reader.read(&mut samples).unwrap();
        if samples[..count]
            .chunks_exact(800)
            .filter(|c| share(c, TONE, 8_000) > 0.9)
            .count()
            >= 8
        {
            break;
        }
        std::thread::yield_now();
    }
}

#[test]
fn a_recording_that_cannot_be_is_told() {
    let directory = tempfile::tempdir().unwrap();
    let (plane, reports) = plane_with(settings(directory.path()));
    let _one = Phone::new(&plane, 1, Codec::Ulaw);
    for (id, format, path) in [(1, "mp3", "x"), (2, "wav", "/dev/null/x")] {
        plane.order(
            ChannelId(1),
            Order::Record(Recording {
                id,
                path: path.into(),
                format: format.into(),
                append: false,
                sources: Vec::new(),
            }),
        );
        let (failed, why) = next(&reports, |report| match report {
            Report::RecordingFailed(ChannelId(1), id, why) => Some((*id, why.clone())),
            _ => None,
        });
        assert_eq!(failed, id);
        assert!(why.contains("mp3") || why.contains("/dev/null/x"), "{why}");
    }
}

#[test]
fn a_channel_without_a_session_is_forgotten_with_its_recording() {
    let directory = tempfile::tempdir().unwrap();
    let (plane, reports) = plane_with(settings(directory.path()));
    let mut far = Phone::new(&plane, 2, Codec::Ulaw);
    let path = directory.path().join("tape");
    let tape = |id, channel| {
        Order::Record(Recording {
            id,
            path: path.display().to_string().into(),
            format: "wav".into(),
            append: false,
            sources: vec![Source::Far(ChannelId(channel))],
        })
    };
    // Such as a Local channel: what it says comes from another's far end.
    plane.order(ChannelId(1), tape(7, 2));
    far.hum(TONE);
    assert_eq!(plane.known_channels(), 2);
    plane.order(ChannelId(1), Order::EndRecording(7));
    assert_eq!(plane.known_channels(), 1);
    let closed = |report: &Report| match report {
        Report::RecordingClosed(channel, id) => Some((*channel, *id)),
        _ => None,
    };
    assert_eq!(next(&reports, closed), (ChannelId(1), 7));
    assert!(path.with_extension("wav").exists());
    plane.order(ChannelId(1), tape(8, 2));
    plane.order(ChannelId(1), Order::DropRecording(8));
    assert_eq!(next(&reports, closed), (ChannelId(1), 8));
    assert!(!path.with_extension("wav").exists());
    assert_eq!(plane.known_channels(), 1);
}
