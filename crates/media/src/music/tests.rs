use std::fs;
use std::io;
use std::path::Path;

use config::Config;

use super::{Class, Player, Sort};
use crate::file::Sounds;

fn classes(text: &str) -> (Vec<Class>, Vec<String>) {
    let config = Config::from_text("musiconhold.conf", text).unwrap();
    let (classes, problems) = Class::read(&config, Path::new("/data"));
    let problems = problems
        .iter()
        .map(|p| format!("{}:{} {}", p.file, p.line, p.text));
    (classes, problems.collect())
}

/// A file of 20 ms in which every sample says which file it is.
fn tune(directory: &Path, name: &str, sample: i16) {
    let bytes: Vec<u8> = [sample; 160].iter().flat_map(|s| s.to_le_bytes()).collect();
    fs::write(directory.join(name), bytes).unwrap();
}

fn class(directory: &Path, sort: Sort) -> Class {
    Class {
        name: "default".into(),
        directory: directory.to_owned(),
        entries: Vec::new(),
        sort,
        digit: None,
        announcement: None,
    }
}

fn player(class: &Class, seed: u64) -> io::Result<Player> {
    let sounds = Sounds {
        directories: vec![class.directory.join("sounds")],
    };
    Player::new(class, &sounds, "en", 8_000, seed)
}

/// Which files are heard, 20 ms each.
fn heard(player: &mut Player, files: usize) -> Vec<i16> {
    let mut sound = vec![0; 160 * files];
    player.read(&mut sound).unwrap();
    for file in sound.chunks(160) {
        assert!(file.iter().all(|s| *s == file[0]));
    }
    sound.iter().step_by(160).copied().collect()
}

#[test]
fn classes_are_read() {
    let (classes, problems) = classes(
        "[general]\ncachertclasses=yes\n\
         [default]\nmode=files\ndirectory=moh\n\
         [jazz]\nmode=Files\ndirectory=/music/jazz\nsort=RANDSTART\ndigit=#\nannouncement=thanks\n\
         [old]\nmode=files\ndirectory=old\nrandom=yes\n",
    );
    assert_eq!(problems, [""; 0]);
    assert_eq!(classes[0], class(Path::new("/data/moh"), Sort::Alpha));
    let jazz = &classes[1];
    assert_eq!(jazz.directory, Path::new("/music/jazz"));
    assert_eq!((jazz.sort, jazz.digit), (Sort::RandStart, Some('#')));
    assert_eq!(jazz.announcement.as_deref(), Some("thanks"));
    assert_eq!(classes[2].sort, Sort::Random);
}

#[test]
fn what_is_not_supported_is_told_with_its_line() {
    let (classes, problems) = classes(
        "[stream]\nmode=custom\napplication=/bin/true\n\
         [none]\ndirectory=x\n\
         [nowhere]\nmode=files\n\
         [odd]\nmode=files\ndirectory=x\nsort=tempo\ndigit=12\nvolume=3\n\
         [odd]\nmode=files\ndirectory=y\n",
    );
    assert_eq!(classes.len(), 1);
    assert_eq!(
        problems,
        [
            "musiconhold.conf:2 class stream: mode custom is not supported, only files and playlist",
            "musiconhold.conf:4 class none has no mode",
            "musiconhold.conf:6 class nowhere has no directory",
            "musiconhold.conf:13 volume: there is no such option",
            "musiconhold.conf:11 sort cannot be tempo",
            "musiconhold.conf:12 digit cannot be 12",
            "musiconhold.conf:14 there is a class odd already",
        ]
    );
}

#[test]
fn files_are_played_over_and_over_by_name() {
    let directory = tempfile::tempdir().unwrap();
    tune(directory.path(), "b.sln", 2);
    tune(directory.path(), "a.sln", 1);
    tune(directory.path(), "c.raw", 3);
    fs::write(directory.path().join("a.gsm"), "worse than sln").unwrap();
    fs::write(directory.path().join("readme.txt"), "").unwrap();
    fs::create_dir(directory.path().join("d.sln")).unwrap();
    let mut player = player(&class(directory.path(), Sort::Alpha), 0).unwrap();
    assert_eq!(heard(&mut player, 7), [1, 2, 3, 1, 2, 3, 1]);
    assert_eq!(player.warnings(), [""; 0]);
}

#[test]
fn the_seed_decides_where_and_in_which_order() {
    let directory = tempfile::tempdir().unwrap();
    for file in 0..8_u8 {
        tune(directory.path(), &format!("{file}.sln"), file.into());
    }
    let begins = |seed| {
        let mut player = player(&class(directory.path(), Sort::RandStart), seed).unwrap();
        let order = heard(&mut player, 9);
        for pair in order.windows(2) {
            assert_eq!(pair[1], (pair[0] + 1) % 8);
        }
        order[0]
    };
    assert!((1..9).any(|seed| begins(seed) != begins(0)));

    let order = |seed| {
        heard(
            &mut player(&class(directory.path(), Sort::Random), seed).unwrap(),
            24,
        )
    };
    let first = order(1);
    assert_eq!(first, order(1));
    assert_ne!(first, order(2));
    for round in first.chunks(8) {
        let mut all = round.to_vec();
        all.sort_unstable();
        assert_eq!(all, [0, 1, 2, 3, 4, 5, 6, 7]);
    }
    assert_ne!(first[..8], first[8..16]);
}

#[test]
fn the_announcement_comes_between() {
    let directory = tempfile::tempdir().unwrap();
    tune(directory.path(), "a.sln", 1);
    tune(directory.path(), "b.sln", 2);
    fs::create_dir(directory.path().join("sounds")).unwrap();
    tune(&directory.path().join("sounds"), "thanks.sln", 9);
    let mut class = class(directory.path(), Sort::Alpha);
    class.announcement = Some("thanks".into());
    assert_eq!(heard(&mut player(&class, 0).unwrap(), 5), [9, 1, 9, 2, 9]);

    class.announcement = Some("nothing".into());
    let mut player = player(&class, 0).unwrap();
    assert_eq!(heard(&mut player, 3), [1, 2, 1]);
    assert_eq!(player.warnings(), ["no sound nothing in language 'en'"]);
}

#[test]
fn a_broken_file_is_left_out() {
    let directory = tempfile::tempdir().unwrap();
    tune(directory.path(), "b.sln", 2);
    fs::write(directory.path().join("a.wav"), "no wav").unwrap();
    fs::write(directory.path().join("c.sln"), "").unwrap();
    fs::write(directory.path().join("d.gsm"), [0; 33]).unwrap();
    let mut player = player(&class(directory.path(), Sort::Alpha), 0).unwrap();
    assert_eq!(heard(&mut player, 4), [2; 4]);
    let warnings = player.warnings();
    assert_eq!(warnings.len(), 3, "{warnings:?}");
    assert!(warnings[0].ends_with("a.wav: too short for a WAV header"));
    assert!(warnings[1].ends_with("c.sln: there is no sound in it"));
    assert!(warnings[2].ends_with("d.gsm: not a GSM frame"));

    fs::remove_file(directory.path().join("b.sln")).unwrap();
    assert!(player.read(&mut [0; 161]).is_err());
}

#[test]
fn a_directory_without_music_is_an_error_that_names_it() {
    let directory = tempfile::tempdir().unwrap();
    let error = player(&class(directory.path(), Sort::Alpha), 0)
        .err()
        .unwrap();
    assert!(
        error
            .to_string()
            .ends_with(": there is no sound file in it")
    );
    let error = player(&class(&directory.path().join("x"), Sort::Alpha), 0)
        .err()
        .unwrap();
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
    assert!(error.to_string().contains("/x: "));
}

#[test]
fn a_list_is_played_in_its_order() {
    let directory = tempfile::tempdir().unwrap();
    tune(directory.path(), "one.sln", 1);
    tune(directory.path(), "two.sln", 2);
    let at = |name: &str| directory.path().join(name).display().to_string();
    let (classes, problems) = classes(&format!(
        "[list]\nmode=playlist\nentry={}\nentry={}\nentry={}\nentry=http://host/three\n\
         [none]\nmode=playlist\nentry=relative\n",
        at("two"),
        at("missing"),
        at("one"),
    ));
    assert_eq!(
        problems,
        [
            "musiconhold.conf:6 entry cannot be http://host/three: it is no absolute path",
            "musiconhold.conf:9 entry cannot be relative: it is no absolute path",
            "musiconhold.conf:7 class none has no entry",
        ]
    );
    let mut player = player(&classes[0], 1).unwrap();
    assert_eq!(heard(&mut player, 4), [2, 1, 2, 1]);
    assert_eq!(player.warnings().len(), 1);
}
