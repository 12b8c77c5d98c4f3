//! Commands about sound.

use std::fs;
use std::sync::{Arc, Mutex};

use media::music::{Class, Sort};
use sip::directory::{Debug, Log};

use super::*;

#[test]
fn packets_of_one_socket_and_figures_at_the_end() {
    with(async |cx| {
        let asked: Arc<Mutex<Vec<(Debug, Log)>>> = Arc::default();
        let taken = Arc::clone(&asked);
        cx.host().sip().install_debug(move |what, whose| {
            taken.lock().unwrap().push((what, whose));
            true
        });
        assert_eq!(
            run(cx, "rtp set debug ip 127.0.0.1:4000").await.text,
            "RTP Packet Debugging Enabled for address: 127.0.0.1:4000\n"
        );
        assert_eq!(
            run(cx, "rtcp set stats on").await.text,
            "RTCP Stats Enabled\n"
        );
        assert_eq!(
            run(cx, "rtcp set stats off").await.text,
            "RTCP Stats Disabled\n"
        );
        assert!(!run(cx, "rtp set debug ip 127.0.0.1:x").await.success);
        assert!(run(cx, "rtp set debug").await.text.starts_with("Usage: "));
        let socket = Log::Socket("127.0.0.1:4000".parse().unwrap());
        assert_eq!(
            *asked.lock().unwrap(),
            [
                (Debug::Rtp, socket),
                (Debug::Figures, Log::All),
                (Debug::Figures, Log::Off)
            ]
        );
    });
}

#[test]
fn how_sound_is_carried() {
    let text = say("rtp show settings");
    assert!(text.contains("\n  Port start:      5000\n  Port end:        31000\n"));
    assert!(text.contains("\n  Strict RTP:      Yes\n"));
}

#[test]
fn how_calls_fare() {
    let text = say("pjsip show channelstats");
    assert!(
        text.contains(" BridgeId ChannelId ........ UpTime.. Codec.   Count    Lost Pct  Jitter")
    );
    assert!(text.ends_with("\nNo objects found.\n\n"));
    assert_eq!(
        say("pjsip show identifiers"),
        "Identifier Names:\nip\nusername\nanonymous\n"
    );
}

#[test]
fn codecs_and_channel_types() {
    let all = say("core show codecs");
    assert!(all.contains("      ID TYPE  NAME         FORMAT           DESCRIPTION\n"));
    assert!(all.contains("       6 audio ulaw         ulaw             (G.711 u-law, 8 kHz)\n"));
    assert_eq!(all.lines().count(), 8);
    assert_eq!(say("core show codecs video").lines().count(), 2);
    assert_eq!(say("core show codec 6"), "          6 G.711 u-law, 8 kHz\n");
    assert!(!succeeds("core show codec 7") && !succeeds("core show codec 0"));
    assert!(say("core show channeltypes").ends_with("\n2 channel drivers registered.\n"));
    assert!(say("core show channeltype pjsip").contains("   Transfer: yes\n"));
    assert!(!succeeds("core show channeltype DAHDI"));
}

#[test]
fn classes_of_music() {
    let directory = tempfile::tempdir().unwrap();
    for file in ["b.wav", "a.ulaw", "a.wav", "notes.txt"] {
        fs::write(directory.path().join(file), "").unwrap();
    }
    let class = |name: &str, at: &str| Class {
        name: name.to_owned(),
        directory: directory.path().join(at),
        entries: Vec::new(),
        sort: Sort::RandStart,
        digit: Some('1'),
        announcement: None,
    };
    let mut pretence = Pretence::new();
    pretence.music(vec![class("default", ""), class("none", "none")]);
    let cx = Cx::new(Arc::new(pretence));
    let say = |line: &str| {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.unwrap().block_on(run(&cx, line)).text
    };
    let at = directory.path().display();
    let classes = say("moh show classes");
    assert!(classes.starts_with(&format!(
        "Class: default\n\tMode: files\n\tDirectory: {at}/\n\tDigit: 1\n\tSort: randstart\n\
         Class: none\n"
    )));
    let files = say("moh show files");
    let expected = format!("Class: default\n\tFile: {at}/a\n\tFile: {at}/b\nClass: none\n\t(");
    assert!(files.starts_with(&expected), "{files}");
}
