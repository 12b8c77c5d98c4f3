//! Offers and answers by the rules of RFC 3264.

use std::net::SocketAddr;
use std::time::Duration;

use media::codec::Codec;
use media::session::Digits;

use super::{Exchange, Refused, Secret, Wants};
use crate::settings::{DtmfMode, Endpoint, MediaEncryption};

fn endpoint() -> Endpoint {
    Endpoint {
        allow: vec![Codec::Ulaw, Codec::Alaw],
        sdp_owner: "-".into(),
        sdp_session: "Asterisk".into(),
        ..Endpoint::default()
    }
}

fn exchange(endpoint: &Endpoint) -> Exchange {
    let address: SocketAddr = "192.0.2.1:10000".parse().unwrap();
    Exchange::new(Wants::of(endpoint), address, 77, Secret([7; 60]))
}

fn described(connection: &str, media: &[&str]) -> Vec<u8> {
    let mut lines = vec!["v=0", "o=them 1 1 IN IP4 192.0.2.9", "s=-"];
    if !connection.is_empty() {
        lines.push(connection);
    }
    lines.push("t=0 0");
    lines.extend(media);
    let mut text = lines.join("\r\n");
    text.push_str("\r\n");
    text.into_bytes()
}

const HERE: &str = "c=IN IP4 192.0.2.9";
const SOUND: &str = "m=audio 17000 RTP/AVP 0 8 101";
const EVENTS: &str = "a=rtpmap:101 telephone-event/8000";

fn text(body: Vec<u8>) -> String {
    String::from_utf8(body).unwrap()
}

#[test]
fn an_offer_is_said_as_phones_expect_it() {
    let offer = text(exchange(&endpoint()).offer());
    let expected = "v=0\r\no=- 77 77 IN IP4 192.0.2.1\r\ns=Asterisk\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n\
        m=audio 10000 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n\
        a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\na=maxptime:140\r\n\
        a=sendrecv\r\n";
    assert_eq!(offer, expected);
}

#[test]
fn rfc_3264_6_1_an_answer_has_what_both_can_in_their_order() {
    let mut ours = exchange(&endpoint());
    let offer = described(
        HERE,
        &[
            "m=audio 17000 RTP/AVP 18 8 0 96",
            "a=rtpmap:96 telephone-event/8000",
        ],
    );
    let answer = text(ours.answer(&offer).unwrap());
    assert!(
        answer.contains("m=audio 10000 RTP/AVP 8 0 96\r\n"),
        "{answer}"
    );
    assert!(
        answer.contains("a=rtpmap:96 telephone-event/8000\r\n"),
        "{answer}"
    );
    let agreed = ours.agreed().unwrap();
    assert_eq!(agreed.codecs, [(8, Codec::Alaw), (0, Codec::Ulaw)]);
    assert_eq!(agreed.events, Some(96));
    assert_eq!(agreed.remote, Some("192.0.2.9:17000".parse().unwrap()));
    assert!(agreed.send && agreed.receive);
}

#[test]
fn rfc_3264_6_other_lines_are_refused_in_their_places() {
    let mut ours = exchange(&endpoint());
    let offer = described(
        HERE,
        &[
            "m=video 17002 RTP/AVP 96",
            "a=rtpmap:96 VP8/90000",
            SOUND,
            "m=image 17004 udptl t38",
            "m=audio 17006 RTP/AVP 0",
        ],
    );
    let answer = text(ours.answer(&offer).unwrap());
    let lines: Vec<&str> = answer
        .lines()
        .filter(|line| line.starts_with("m="))
        .collect();
    let expected = [
        "m=video 0 RTP/AVP 96",
        "m=audio 10000 RTP/AVP 0 8",
        "m=image 0 udptl t38",
        "m=audio 0 RTP/AVP 0",
    ];
    assert_eq!(lines, expected);
    // RFC 3264, 8: a line once there stays, also in our offers.
    let offer = text(ours.offer());
    assert_eq!(
        offer.lines().filter(|line| line.starts_with("m=")).count(),
        4
    );
}

#[test]
fn rfc_3264_8_the_version_grows_only_with_a_change() {
    let mut ours = exchange(&endpoint());
    let version = |body: Vec<u8>| {
        let text = text(body);
        let origin = text.lines().find(|line| line.starts_with("o=")).unwrap();
        origin.split(' ').nth(2).unwrap().to_owned()
    };
    let sound = described(HERE, &[SOUND, EVENTS]);
    assert_eq!(version(ours.answer(&sound).unwrap()), "77");
    assert_eq!(version(ours.answer(&sound).unwrap()), "77");
    let hold = described(HERE, &[SOUND, EVENTS, "a=sendonly"]);
    assert_eq!(version(ours.answer(&hold).unwrap()), "78");
    assert_eq!(version(ours.answer(&sound).unwrap()), "79");
}

#[test]
fn rfc_3264_8_4_hold_is_seen_in_all_its_forms() {
    let mut ours = exchange(&endpoint());
    let held = |ours: &mut Exchange, offer: Vec<u8>| {
        let answer = text(ours.answer(&offer).unwrap());
        let agreed = ours.agreed().unwrap();
        let way = answer.lines().last().unwrap().to_owned();
        (ours.held(), agreed.send, agreed.receive, way)
    };
    let mut try_it =
        |connection, more: &str| held(&mut ours, described(connection, &[SOUND, more]));
    let way = |way: &str| format!("a={way}");
    assert_eq!(
        try_it(HERE, "a=sendonly"),
        (true, false, true, way("recvonly"))
    );
    assert_eq!(
        try_it(HERE, "a=inactive"),
        (true, false, false, way("inactive"))
    );
    assert_eq!(
        try_it(HERE, "a=sendrecv"),
        (false, true, true, way("sendrecv"))
    );
    assert_eq!(
        try_it("c=IN IP4 0.0.0.0", "a=sendrecv"),
        (true, false, true, way("recvonly"))
    );
    assert_eq!(
        try_it(HERE, "a=recvonly"),
        (false, true, false, way("sendonly"))
    );
}

#[test]
fn a_way_that_the_session_names_holds_for_its_lines() {
    let mut ours = exchange(&endpoint());
    let offer = described("c=IN IP4 192.0.2.9\r\na=sendonly", &[SOUND]);
    // Attributes of the session come after `t=`; readers are not that strict, and neither is this one.
    let offer = String::from_utf8(offer).unwrap();
    let offer = offer.replace("a=sendonly\r\nt=0 0\r\n", "t=0 0\r\na=sendonly\r\n");
    ours.answer(offer.as_bytes()).unwrap();
    assert!(ours.held());
}

#[test]
fn what_cannot_be_taken_is_refused_and_changes_nothing() {
    let mut ours = exchange(&endpoint());
    ours.answer(&described(HERE, &[SOUND])).unwrap();
    let before = ours.agreed().cloned();
    let cases: &[(&[&str], Refused)] = &[
        (&["m=audio 17000 RTP/AVP 18"], Refused::NoCodec),
        (&["m=audio 17000 RTP/SAVP 0"], Refused::NoSound),
        (&["m=video 17000 RTP/AVP 0"], Refused::NoSound),
        (&["m=audio 17000 TCP/RTP/AVP 0"], Refused::NoSound),
        (&[], Refused::NoSound),
    ];
    for (lines, why) in cases {
        assert_eq!(ours.answer(&described(HERE, lines)), Err(*why), "{lines:?}");
    }
    assert_eq!(ours.answer(b"hello"), Err(Refused::Unreadable));
    assert_eq!(
        ours.answered(&described(HERE, &[SOUND])),
        Err(Refused::Unasked)
    );
    assert_eq!(ours.agreed().cloned(), before);
}

#[test]
fn rfc_3264_7_their_answer_ends_our_offer() {
    let mut ours = exchange(&endpoint());
    let _ = ours.offer();
    assert!(ours.is_open());
    ours.answered(&described(HERE, &["m=audio 17000 RTP/AVP 8"]))
        .unwrap();
    assert!(!ours.is_open());
    assert_eq!(ours.codec(), Some(Codec::Alaw));
    // They know of no events, and the mode allows nothing else.
    assert_eq!(ours.agreed().unwrap().events, None);
    let _ = ours.offer();
    assert_eq!(
        ours.answered(&described(HERE, &["m=audio 0 RTP/AVP 8"])),
        Err(Refused::NoSound)
    );
    assert_eq!(ours.codec(), Some(Codec::Alaw));
}

#[test]
fn dynamic_numbers_are_whoever_offered_s() {
    let endpoint = Endpoint {
        allow: vec![Codec::Opus, Codec::G722, Codec::Ulaw],
        ..endpoint()
    };
    let mut ours = exchange(&endpoint);
    let offer = described(
        HERE,
        &[
            "m=audio 17000 RTP/AVP 96 9 97 98",
            "a=rtpmap:96 opus/48000/2",
            "a=rtpmap:97 telephone-event/48000",
            "a=rtpmap:98 telephone-event/8000",
        ],
    );
    let answer = text(ours.answer(&offer).unwrap());
    assert!(
        answer.contains("m=audio 10000 RTP/AVP 96 9 97 98\r\n"),
        "{answer}"
    );
    // RFC 4733, 2.5.1.1: events keep the clock of the sound that they stand for.
    assert_eq!(ours.agreed().unwrap().events, Some(97));
    let again = text(ours.offer());
    assert!(again.contains("a=rtpmap:96 opus/48000/2\r\n"), "{again}");
    assert!(
        again.contains("a=rtpmap:97 telephone-event/48000\r\n"),
        "{again}"
    );
}

#[test]
fn digits_follow_the_mode_and_what_they_know() {
    let with = |dtmf_mode, lines: &[&str]| {
        let mut ours = exchange(&Endpoint {
            dtmf_mode,
            ..endpoint()
        });
        ours.answer(&described(HERE, lines)).unwrap();
        let agreed = ours.agreed().unwrap();
        (agreed.digits, agreed.events)
    };
    let plain: &[&str] = &["m=audio 17000 RTP/AVP 0"];
    let events: &[&str] = &[SOUND, EVENTS];
    assert_eq!(with(DtmfMode::Rfc4733, events), (Digits::Events, Some(101)));
    assert_eq!(with(DtmfMode::Auto, plain), (Digits::EventsOrTones, None));
    assert_eq!(with(DtmfMode::AutoInfo, plain), (Digits::Signalled, None));
    assert_eq!(with(DtmfMode::Info, events), (Digits::Signalled, None));
    assert_eq!(with(DtmfMode::Inband, events), (Digits::Tones, None));
}

#[test]
fn rfc_4568_keys_are_exchanged_by_tag_and_suite() {
    let endpoint = Endpoint {
        media_encryption: MediaEncryption::Sdes,
        ..endpoint()
    };
    let theirs = "a=crypto:3 AES_CM_128_HMAC_SHA1_80 \
                  inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4";
    let secure = "m=audio 17000 RTP/SAVP 0";
    let unknown = "a=crypto:1 F8_128_HMAC_SHA1_80 inline:AAAA";
    let mut ours = exchange(&endpoint);
    let answer = text(
        ours.answer(&described(HERE, &[secure, unknown, theirs]))
            .unwrap(),
    );
    assert!(answer.contains("m=audio 10000 RTP/SAVP 0\r\n"), "{answer}");
    assert!(
        answer.contains("a=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:"),
        "{answer}"
    );
    let keys = ours.agreed().unwrap().keys.clone().unwrap();
    assert_eq!((keys.ours.len(), keys.theirs.len()), (30, 30));
    assert!(keys.theirs.starts_with(b"YS__"));
    assert_eq!(
        ours.answer(&described(HERE, &[SOUND])),
        Err(Refused::NoSound)
    );
    assert_eq!(
        ours.answer(&described(HERE, &[secure, unknown])),
        Err(Refused::NoSound)
    );
    // And our own offer.
    let offer = text(exchange(&endpoint).offer());
    assert!(
        offer.contains("m=audio 10000 RTP/SAVP 0 8 101\r\n"),
        "{offer}"
    );
    assert!(
        offer.contains("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:"),
        "{offer}"
    );
}

#[test]
fn ports_of_reports_and_packet_times_are_read() {
    let endpoint = Endpoint {
        use_ptime: true,
        rtcp_mux: true,
        ..endpoint()
    };
    let mut ours = exchange(&endpoint);
    ours.answer(&described(
        "",
        &[SOUND, "c=IN IP6 2001:db8::9", "a=rtcp:18001", "a=ptime:30"],
    ))
    .unwrap();
    let agreed = ours.agreed().unwrap();
    assert_eq!(agreed.remote, Some("[2001:db8::9]:17000".parse().unwrap()));
    assert_eq!(
        agreed.remote_reports,
        Some("[2001:db8::9]:18001".parse().unwrap())
    );
    assert_eq!(agreed.packet, Duration::from_millis(30));
    let answer = text(
        ours.answer(&described(HERE, &[SOUND, "a=rtcp-mux"]))
            .unwrap(),
    );
    assert!(answer.contains("a=rtcp-mux\r\n"));
    let agreed = ours.agreed().unwrap();
    assert!(agreed.shares_port);
}

#[test]
fn our_hold_is_offered() {
    let mut ours = exchange(&endpoint());
    ours.answer(&described(HERE, &[SOUND])).unwrap();
    ours.hold(true);
    assert!(text(ours.offer()).contains("a=sendonly\r\n"));
    ours.answered(&described(HERE, &[SOUND, "a=recvonly"]))
        .unwrap();
    let agreed = ours.agreed().unwrap();
    assert!(agreed.send && !agreed.receive);
    assert!(!ours.held());
}
