//! Offers and answers of calls that are secured by a handshake and found by checks.

use std::net::SocketAddr;

use media::codec::Codec;
use media::dtls::Fingerprint;
use media::session::{Agreed, Means, Securing};

use super::{Exchange, Refused, Secret, Wants};
use crate::settings::{DtlsSetup, Endpoint, MediaEncryption};

const THEIR_FINGERPRINT: &str = "sha-256 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB:\
    4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF";

fn browser() -> Endpoint {
    Endpoint {
        allow: vec![Codec::Opus, Codec::Ulaw],
        sdp_owner: "-".into(),
        sdp_session: "Asterisk".into(),
        media_encryption: MediaEncryption::Dtls,
        dtls_setup: DtlsSetup::Actpass,
        webrtc: true,
        ice_support: true,
        rtcp_mux: true,
        use_avpf: true,
        ..Endpoint::default()
    }
}

fn exchange_of(endpoint: &Endpoint, seed: u8) -> Exchange {
    let address: SocketAddr = "192.0.2.1:10000".parse().unwrap();
    let means = Means {
        fingerprint: Some(Fingerprint::new(&[seed])),
        ice: true,
    };
    Exchange::new(Wants::of(endpoint), address, 77, Secret([seed; 60])).with_means(means)
}

fn exchange() -> Exchange {
    exchange_of(&browser(), 7)
}

/// What a browser offers (RFC 8829), with one line replaced.
fn offer(replaced: &str, by: &str) -> Vec<u8> {
    let text = format!(
        "v=0\r\no=- 4962303333179871722 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n\
        a=ice-options:trickle ice2\r\na=group:BUNDLE a1\r\na=msid-semantic:WMS*\r\n\
        m=audio 9 UDP/TLS/RTP/SAVPF 96 0 8 97\r\nc=IN IP4 0.0.0.0\r\na=mid:a1\r\na=sendrecv\r\n\
        a=rtpmap:96 opus/48000/2\r\na=rtpmap:97 telephone-event/8000\r\n\
        a=ice-ufrag:ETEn\r\na=ice-pwd:OtSK0WpNtpUjkY4+86js7ZQl\r\n\
        a=fingerprint:{THEIR_FINGERPRINT}\r\na=setup:actpass\r\na=rtcp-mux\r\na=rtcp-rsize\r\n\
        a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host\r\n\
        a=candidate:2 1 udp 2113929471 4f5e8e14.local 10101 typ host\r\na=end-of-candidates\r\n"
    );
    assert!(replaced.is_empty() || text.contains(replaced), "{replaced}");
    text.replace(replaced, by).into_bytes()
}

fn answered(exchange: &mut Exchange, offer: &[u8]) -> (String, Agreed) {
    let answer = String::from_utf8(exchange.answer(offer).unwrap()).unwrap();
    (answer, exchange.agreed().unwrap().clone())
}

/// The values of an attribute.
fn values<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!("a={name}");
    text.lines()
        .filter_map(|line| line.strip_prefix(&start))
        .map(|rest| rest.strip_prefix(':').unwrap_or(rest))
        .collect()
}

#[test]
fn a_browser_is_answered_with_all_that_it_needs() {
    let mut ours = exchange();
    let (answer, agreed) = answered(&mut ours, &offer("", ""));
    assert!(
        answer.contains("m=audio 10000 UDP/TLS/RTP/SAVPF 96 0 "),
        "{answer}"
    );
    assert_eq!(values(&answer, "setup"), ["active"]);
    assert_eq!(
        values(&answer, "fingerprint"),
        [Fingerprint::new(&[7]).to_string()]
    );
    assert_eq!(values(&answer, "rtcp-mux"), [""]);
    assert_eq!(values(&answer, "mid"), ["a1"]);
    assert_eq!(values(&answer, "group"), ["BUNDLE a1"]);
    assert_eq!(values(&answer, "sendrecv"), [""]);
    let candidates = values(&answer, "candidate");
    assert_eq!(candidates.len(), 1);
    assert!(
        candidates[0].contains(" 1 udp ") && candidates[0].contains(" 192.0.2.1 10000 typ host")
    );
    let securing = agreed.securing.unwrap();
    assert!(securing.active);
    assert_eq!(
        Some(securing.fingerprint),
        Fingerprint::parse(THEIR_FINGERPRINT)
    );
    let reaching = agreed.reaching.unwrap();
    assert!(!reaching.controlling);
    assert_eq!(values(&answer, "ice-ufrag"), [&*reaching.ours.user]);
    assert_eq!(values(&answer, "ice-pwd"), [&*reaching.ours.password]);
    assert_eq!(reaching.theirs.user, "ETEn");
    let places: Vec<_> = reaching.candidates.iter().map(|c| c.address()).collect();
    assert_eq!(places, ["203.0.113.100:10100".parse().unwrap()]);
    // It is nowhere yet, and yet it is not on hold.
    assert!(agreed.send && agreed.receive && agreed.shares_port && !ours.held());
}

#[test]
fn our_offer_and_the_answer_to_it_fit() {
    let (mut ann, mut bob) = (exchange(), exchange_of(&browser(), 9));
    let offer = ann.offer();
    let text = String::from_utf8(offer.clone()).unwrap();
    assert!(
        text.contains("m=audio 10000 UDP/TLS/RTP/SAVPF 107 0 "),
        "{text}"
    );
    assert_eq!(values(&text, "setup"), ["actpass"]);
    assert_eq!(values(&text, "group"), ["BUNDLE 0"]);
    let answer = bob.answer(&offer).unwrap();
    ann.answered(&answer).unwrap();
    let (a, b) = (ann.agreed().unwrap(), bob.agreed().unwrap());
    let (a, b) = (a.clone(), b.clone());
    assert!(!a.securing.unwrap().active && b.securing.unwrap().active);
    let (a, b) = (a.reaching.unwrap(), b.reaching.unwrap());
    assert!(a.controlling && !b.controlling);
    assert_eq!((a.ours, a.theirs), (b.theirs, b.ours));
}

#[test]
fn who_begins_the_handshake() {
    let cases = [
        (DtlsSetup::Active, "actpass", Some(true)),
        (DtlsSetup::Actpass, "actpass", Some(true)),
        (DtlsSetup::Passive, "actpass", Some(false)),
        (DtlsSetup::Active, "active", Some(false)),
        (DtlsSetup::Passive, "passive", Some(true)),
        (DtlsSetup::Active, "holdconn", None),
    ];
    for (ours, theirs, expected) in cases {
        let mut exchange = exchange_of(
            &Endpoint {
                dtls_setup: ours,
                ..browser()
            },
            7,
        );
        let said = offer("setup:actpass", &format!("setup:{theirs}"));
        let active = exchange.answer(&said).ok().map(|answer| {
            let answer = String::from_utf8(answer).unwrap();
            values(&answer, "setup") == ["active"]
        });
        assert_eq!(active, expected, "{ours:?} {theirs}");
    }
}

#[test]
fn other_credentials_begin_the_search_anew_and_nothing_else_does() {
    let mut ours = exchange();
    let (first, before) = answered(&mut ours, &offer("", ""));
    let (same, still) = answered(&mut ours, &offer("sendrecv", "sendonly"));
    assert_eq!(values(&first, "ice-pwd"), values(&same, "ice-pwd"));
    assert_eq!(still.reaching, before.reaching);
    let (other, after) = answered(&mut ours, &offer("ETEn", "Eten"));
    assert_ne!(values(&first, "ice-ufrag"), values(&other, "ice-ufrag"));
    assert_ne!(values(&first, "ice-pwd"), values(&other, "ice-pwd"));
    // The handshake has nothing to do with where the far end is (RFC 8842, 4).
    assert_eq!(after.securing, before.securing);
}

#[test]
fn a_role_is_kept_while_the_certificate_stays() {
    let mut ours = exchange();
    let (_, before) = answered(&mut ours, &offer("setup:actpass", "setup:active"));
    assert!(!before.securing.clone().unwrap().active);
    let (answer, after) = answered(&mut ours, &offer("", ""));
    assert_eq!(values(&answer, "setup"), ["passive"]);
    assert_eq!(after.securing, before.securing);
}

#[test]
fn who_cannot_find_or_secure_is_taken_as_far_as_the_endpoint_allows() {
    let plain = b"v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n\
        m=audio 17000 RTP/AVP 0\r\n"
        .to_vec();
    assert_eq!(exchange().answer(&plain), Err(Refused::NoSound));
    let searching = Endpoint {
        allow: vec![Codec::Ulaw],
        ice_support: true,
        ..Endpoint::default()
    };
    let (answer, agreed) = answered(&mut exchange_of(&searching, 7), &plain);
    assert_eq!(values(&answer, "ice-ufrag"), [""; 0]);
    assert_eq!((agreed.reaching, agreed.securing), (None, None));
    assert_eq!(agreed.remote, Some("192.0.2.9:17000".parse().unwrap()));
    let optimistic = Endpoint {
        media_encryption_optimistic: true,
        ..browser()
    };
    let (_, agreed) = answered(&mut exchange_of(&optimistic, 7), &plain);
    assert_eq!(agreed.securing, None);
}

#[test]
fn a_line_that_cannot_be_secured_is_refused() {
    let cases = [
        ("a=fingerprint:", "a=x:"),
        ("sha-256 ", "sha-1 "),
        ("4A:AD:B9:B1:3F", "4A"),
    ];
    for (line, by) in cases {
        let offer = offer(line, by);
        assert_eq!(exchange().answer(&offer), Err(Refused::NoSound), "{line}");
    }
    let unsecured = Endpoint {
        media_encryption: MediaEncryption::No,
        ..browser()
    };
    let refused = exchange_of(&unsecured, 7).answer(&offer("", ""));
    assert_eq!(refused, Err(Refused::NoSound));
}

#[test]
fn what_holds_for_the_session_holds_for_its_line() {
    let whole = format!("a=group:BUNDLE a1\r\na=fingerprint:{THEIR_FINGERPRINT}\r\na=setup:active");
    let mut text = String::from_utf8(offer("a=group:BUNDLE a1", &whole)).unwrap();
    let line = text.find("m=audio").unwrap();
    let rest = text.split_off(line);
    text += &rest
        .replace("a=fingerprint", "a=x")
        .replace("a=setup", "a=y");
    let (_, agreed) = answered(&mut exchange(), text.as_bytes());
    let expected = Securing {
        active: false,
        fingerprint: Fingerprint::parse(THEIR_FINGERPRINT).unwrap(),
    };
    assert_eq!(agreed.securing, Some(expected));
}

#[test]
fn video_beside_is_refused_by_its_name() {
    let video = "a=end-of-candidates\r\nm=video 9 UDP/TLS/RTP/SAVPF 100\r\na=mid:v1";
    let mut ours = exchange();
    let offered = offer("a=end-of-candidates", video);
    let offered = String::from_utf8(offered).unwrap();
    let offered = offered.replace("BUNDLE a1", "BUNDLE a1 v1");
    let (answer, _) = answered(&mut ours, offered.as_bytes());
    assert!(
        answer.contains("m=video 0 UDP/TLS/RTP/SAVPF 100\r\na=mid:v1\r\n"),
        "{answer}"
    );
    assert_eq!(values(&answer, "group"), ["BUNDLE a1"]);
}
