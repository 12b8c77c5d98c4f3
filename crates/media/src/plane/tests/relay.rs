use std::net::UdpSocket;

use super::rig::*;
use crate::codec::Codec;
use crate::plane::Settings;
use crate::rtp::Header;
use crate::session::Keys;

#[test]
fn two_phones_on_one_codec_hear_each_other_packet_by_packet() {
    let (plane, _reports) = plane();
    let mut one = Phone::new(&plane, 1, Codec::Ulaw);
    let mut two = Phone::new(&plane, 2, Codec::Ulaw);
    hears(&plane, 1, &[2]);
    hears(&plane, 2, &[1]);
    let mut headers = Vec::new();
    for n in 0..50_u8 {
        one.say(&[n; 160]);
        let (header, payload) = two.hear();
        assert_eq!(payload, [n; 160]);
        headers.push(header);
        two.say(&[n; 80]);
        assert_eq!(one.hear().1, [n; 80]);
    }
    assert!(headers[0].marker && !headers[1].marker);
    for pair in headers.windows(2) {
        assert_eq!(pair[1].sequence, pair[0].sequence.wrapping_add(1));
        assert_eq!(pair[1].timestamp, pair[0].timestamp.wrapping_add(160));
        assert_eq!(pair[1].ssrc, pair[0].ssrc);
    }
    assert_ne!(headers[0].ssrc, 0x1234);
    let statistics = plane.close(one.session);
    assert_eq!(statistics.packets, [50, 50]);
    assert_eq!(statistics.octets, [8_000, 4_000]);
    assert_eq!(statistics.lost, [0, 0]);
    assert_eq!(statistics.their_ssrc, 0x1234);
    plane.close(two.session);
    assert_eq!(plane.counts(), Default::default());
}

#[test]
fn order_and_holes_stay_and_payload_types_are_theirs() {
    let (plane, _reports) = plane();
    let mut one = Phone::with(&plane, 1, Codec::Slin16, |agreed| agreed.codecs[0].0 = 120);
    let two = Phone::with(&plane, 2, Codec::Slin16, |agreed| agreed.codecs[0].0 = 111);
    hears(&plane, 2, &[1]);
    for sequence in [10, 11, 13, 12, 20] {
        let header = Header {
            marker: sequence == 13,
            payload_type: 120,
            sequence,
            timestamp: u32::from(sequence) * 320,
            ssrc: 7,
        };
        one.send(header, &[sequence as u8; 640]);
    }
    let heard: Vec<_> = (0..5).map(|_| two.hear()).collect();
    let first = heard[0].0;
    for ((header, payload), sequence) in heard.iter().zip([10_u16, 11, 13, 12, 20]) {
        assert_eq!(header.payload_type, 111);
        assert_eq!(header.sequence.wrapping_sub(first.sequence), sequence - 10);
        assert_eq!(
            header.timestamp.wrapping_sub(first.timestamp),
            u32::from(sequence - 10) * 320
        );
        assert_eq!(header.marker, sequence == 13 || sequence == 10);
        assert_eq!(payload[..], [sequence as u8; 640]);
    }
}

#[test]
fn sound_goes_where_it_comes_from_and_nobody_else_gets_in() {
    let (plane, _reports) = plane();
    let mut one = Phone::with(&plane, 1, Codec::Alaw, |agreed| {
        agreed.remote = Some(([127, 0, 0, 9], 9).into());
    });
    let mut two = Phone::new(&plane, 2, Codec::Alaw);
    hears(&plane, 1, &[2]);
    hears(&plane, 2, &[1]);
    for n in 0..10 {
        one.say(&[n; 160]);
        assert_eq!(two.hear().1, [n; 160]);
    }
    two.say(&[77; 160]);
    assert_eq!(one.hear().1, [77; 160]);

    let stranger = UdpSocket::bind((LOCAL, 0)).unwrap();
    let mut forged = Header {
        payload_type: 8,
        sequence: 1,
        ..Header::default()
    };
    for _ in 0..20 {
        forged.sequence += 1;
        let datagram = [&forged.to_bytes()[..], &[0; 160]].concat();
        stranger.send_to(&datagram, one.to).unwrap();
    }
    one.say(&[78; 160]);
    assert_eq!(two.hear().1, [78; 160]);
}

#[test]
fn a_far_end_hears_itself() {
    let (plane, _reports) = plane();
    let mut one = Phone::new(&plane, 1, Codec::Opus);
    hears(&plane, 1, &[1]);
    one.say(b"opus of some kind");
    assert_eq!(one.hear().1, b"opus of some kind");
}

#[test]
fn on_hold_nothing_goes_either_way() {
    let (plane, _reports) = plane();
    let mut one = Phone::with(&plane, 1, Codec::Ulaw, |agreed| agreed.send = false);
    let mut two = Phone::with(&plane, 2, Codec::Ulaw, |agreed| agreed.receive = false);
    let three = Phone::new(&plane, 3, Codec::Ulaw);
    hears(&plane, 1, &[2]);
    hears(&plane, 3, &[2]);
    two.say(&[1; 160]);
    let mut agreed = agreed(Codec::Ulaw, Some(two.socket.local_addr().unwrap()));
    agreed.receive = true;
    plane.agree(two.session, &agreed);
    two.say(&[2; 160]);
    // Whether the first packet was read before or after the agreement, one of both is heard last.
    while three.hear().1 != [2; 160] {}
    assert_eq!(plane.close(one.session).packets[1], 0);
    one.sequence += 1;
}

#[test]
fn orders_that_come_before_the_session_are_kept() {
    let (plane, _reports) = plane();
    hears(&plane, 2, &[1]);
    let two = Phone::new(&plane, 2, Codec::Ulaw);
    let mut one = Phone::new(&plane, 1, Codec::Ulaw);
    one.say(&[1; 160]);
    assert_eq!(two.hear().1, [1; 160]);
    // A call that went to one phone and then to another.
    plane.close(two.session);
    let three = Phone::new(&plane, 2, Codec::Ulaw);
    one.say(&[2; 160]);
    assert_eq!(three.hear().1, [2; 160]);
    assert_eq!(plane.counts().channels, 2);
    plane.forget(switch::ChannelId(2));
    one.say(&[3; 160]);
    assert_eq!(plane.close(three.session).packets[1], 1);
}

#[test]
fn a_relay_out_of_srtp_and_into_it() {
    let (plane, _reports) = plane();
    let keys = Keys {
        suite: "AES_CM_128_HMAC_SHA1_80".into(),
        ours: (0..30).collect(),
        theirs: (30..60).collect(),
    };
    let secure = Phone::with(&plane, 1, Codec::Ulaw, |agreed| {
        agreed.keys = Some(keys.clone())
    });
    let mut plain = Phone::new(&plane, 2, Codec::Ulaw);
    hears(&plane, 1, &[2]);
    hears(&plane, 2, &[1]);
    let theirs = Keys {
        ours: keys.theirs.clone(),
        theirs: keys.ours.clone(),
        ..keys
    };
    let (mut sealer, mut opener) = crate::srtp::start(&theirs, true).unwrap();
    for n in 0..5 {
        plain.say(&[n; 160]);
        let mut datagram = [0; 500];
        let (length, _) = secure.socket.recv_from(&mut datagram).unwrap();
        assert_eq!(length, 12 + 160 + 10);
        let opened = opener.sound(&mut datagram[..length]).unwrap();
        assert_eq!(opened[12..], [n; 160]);

        let header = Header {
            sequence: u16::from(n),
            ..Header::default()
        };
        let mut packet = [&header.to_bytes()[..], &[n + 100; 160]].concat();
        // What is not signed is nothing of theirs.
        secure.socket.send_to(&packet, secure.to).unwrap();
        sealer.sound(&mut packet).unwrap();
        secure.socket.send_to(&packet, secure.to).unwrap();
        assert_eq!(plain.hear().1, [n + 100; 160]);
    }
    assert_eq!(plane.close(secure.session).packets, [5, 5]);
}

#[test]
fn a_range_that_is_used_up_says_so() {
    let (plane, _reports) = plane_with(Settings {
        ports: (9_000, 9_003),
        threads: 1,
        ..Settings::default()
    });
    let opened: Vec<_> = (0..3).map_while(|_| plane.open(LOCAL).ok()).collect();
    assert!(opened.len() <= 2);
    assert!(plane.open(LOCAL).unwrap_err().to_string().contains("9000"));
    for (session, _) in &opened {
        plane.close(*session);
    }
}

#[test]
fn noise_on_both_ports_harms_nobody() {
    let (plane, _reports) = plane();
    let mut one = Phone::new(&plane, 1, Codec::Ulaw);
    let two = Phone::new(&plane, 2, Codec::Ulaw);
    hears(&plane, 2, &[1]);
    let stranger = UdpSocket::bind((LOCAL, 0)).unwrap();
    let mut state = 7_u64;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as usize
    };
    for n in 0..3_000_usize {
        let mut datagram: Vec<u8> = (0..next() % 200).map(|_| next() as u8).collect();
        // Most would not pass for a packet at all; half are made to look like one.
        if let (true, [first, ..]) = (n.is_multiple_of(2), &mut datagram[..]) {
            *first = 0x80 | (*first & 0x3f);
        }
        let port = one.to.port() + (n % 2) as u16;
        stranger.send_to(&datagram, (LOCAL, port)).unwrap();
    }
    // Noise that looked like sound may be heard before, and some of ours may be lost behind so much of it.
    loop {
        one.say(&[9; 160]);
        if two.hear().1 == [9; 160] {
            break;
        }
    }
}
