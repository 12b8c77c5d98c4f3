use super::*;

pub(super) fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    let pairs = digits.chunks(2).map(|pair| str::from_utf8(pair).unwrap());
    pairs
        .map(|pair| u8::from_str_radix(pair, 16).unwrap())
        .collect()
}

const LONG_TAG: &str = "AES_CM_128_HMAC_SHA1_80";
const SHORT_TAG: &str = "AES_CM_128_HMAC_SHA1_32";
const GCM: &str = "AEAD_AES_128_GCM";
const LONG_GCM: &str = "AEAD_AES_256_GCM";

fn keys(suite: &str, ours: u8, theirs: u8) -> Keys {
    let length = match suite {
        GCM => 28,
        LONG_GCM => 44,
        _ => 30,
    };
    Keys {
        suite: suite.to_owned(),
        ours: vec![ours; length],
        theirs: vec![theirs; length],
    }
}

/// What one side of a call seals with, and what the other opens with.
fn pair(suite: &str) -> (Sealer, Opener) {
    let (sealer, _) = start(&keys(suite, 1, 2), true).unwrap();
    let (_, opener) = start(&keys(suite, 2, 1), true).unwrap();
    (sealer, opener)
}

fn sound(sequence: u16) -> Vec<u8> {
    let mut packet = vec![0x80, 0];
    packet.extend(sequence.to_be_bytes());
    packet.extend([0, 0, 0, 160, 0, 0, 0, 7]);
    packet.extend(b"hello, this is sound");
    packet
}

fn sealed(by: &mut Sealer, sequence: u16) -> Vec<u8> {
    let mut packet = sound(sequence);
    by.sound(&mut packet).unwrap();
    packet
}

/// A packet that other implementations of SRTP try themselves on.
#[test]
fn a_packet_is_sealed_as_others_seal_it() {
    let mut master = hex("e1f97a0d3e018be0d64fa32c06de4139");
    master.extend(hex("0ec675ad498afeebb6960b3aabe6"));
    let keys = Keys {
        suite: LONG_TAG.to_owned(),
        ours: master.clone(),
        theirs: master,
    };
    let (mut sealer, mut opener) = start(&keys, true).unwrap();
    let open = hex("800f1234 decafbad cafebabe abababab abababab abababab abababab");
    let mut packet = open.clone();
    sealer.sound(&mut packet).unwrap();
    let expected = "800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb";
    assert_eq!(packet, hex(expected));
    assert_eq!(opener.sound(&mut packet).unwrap(), open);

    let open = hex("81c8000b cafebabe abababab abababab abababab abababab");
    let mut report = open.clone();
    sealer.reports(&mut report).unwrap();
    let expected = "81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798";
    assert_eq!(report, hex(expected));
    assert_eq!(opener.reports(&mut report).unwrap(), open);
}

#[test]
fn each_suite_signs_at_its_length() {
    for (suite, tag) in [(LONG_TAG, 10), (SHORT_TAG, 4), (GCM, 16), (LONG_GCM, 16)] {
        let (mut a, mut b) = pair(suite);
        let mut packet = sealed(&mut a, 1);
        assert_eq!(packet.len(), sound(1).len() + tag);
        assert_eq!(b.sound(&mut packet).unwrap(), sound(1));
    }
}

#[test]
fn what_is_sealed_in_counter_mode_is_as_safe() {
    for suite in [GCM, LONG_GCM] {
        let (mut a, mut b) = pair(suite);
        let packet = sealed(&mut a, 1);
        for at in 0..packet.len() {
            let mut forged = packet.clone();
            forged[at] ^= 1;
            assert!(b.sound(&mut forged).is_err(), "{suite}: octet {at}");
        }
        assert!(b.sound(&mut packet.clone()).is_ok());
        assert_eq!(b.sound(&mut packet.clone()), Err(Refused::Replayed));

        let open = hex("81c8000b cafebabe 0102030405060708");
        let mut report = open.clone();
        a.reports(&mut report).unwrap();
        assert_eq!(report.len(), open.len() + 20);
        assert_eq!(report[..8], open[..8]);
        for at in 0..report.len() {
            let mut forged = report.clone();
            forged[at] ^= 1;
            assert!(b.reports(&mut forged).is_err(), "{suite}: octet {at}");
        }
        for length in 0..report.len() {
            assert!(b.reports(&mut report[..length].to_vec()).is_err());
        }
        assert_eq!(b.reports(&mut report.clone()).unwrap(), open);
        assert_eq!(b.reports(&mut report), Err(Refused::Replayed));
    }
}

#[test]
fn the_count_goes_on_where_the_number_begins_anew() {
    let (mut a, mut b) = pair(LONG_TAG);
    for sequence in (65_000..=65_535).chain(0..=65_535).chain(0..500) {
        let mut packet = sealed(&mut a, sequence);
        assert_eq!(b.sound(&mut packet).unwrap(), sound(sequence), "{sequence}");
    }
}

#[test]
fn lost_and_late_packets_hurt_nobody_but_themselves() {
    let (mut a, mut b) = pair(LONG_TAG);
    let mut packets: Vec<_> = [65_533, 65_534, 65_535, 0, 1, 2]
        .map(|sequence| (sequence, sealed(&mut a, sequence)))
        .into();
    packets.swap(1, 4);
    packets.remove(3);
    for (sequence, mut packet) in packets {
        assert_eq!(b.sound(&mut packet).unwrap(), sound(sequence), "{sequence}");
    }
}

#[test]
fn a_packet_is_taken_once() {
    let (mut a, mut b) = pair(LONG_TAG);
    let packet = sealed(&mut a, 9);
    b.sound(&mut packet.clone()).unwrap();
    assert_eq!(b.sound(&mut packet.clone()), Err(Refused::Replayed));
    b.refuse_replayed = false;
    assert!(b.sound(&mut packet.clone()).is_ok());
}

#[test]
fn a_changed_bit_is_found_wherever_it_is() {
    let (mut a, mut b) = pair(SHORT_TAG);
    let packet = sealed(&mut a, 9);
    for bit in 0..packet.len() * 8 {
        let mut changed = packet.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(b.sound(&mut changed).is_err(), "bit {bit}");
    }
    let mut report = hex("80c90001 00000007");
    a.reports(&mut report).unwrap();
    for bit in 0..report.len() * 8 {
        let mut changed = report.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(b.reports(&mut changed).is_err(), "bit {bit}");
    }
    assert!(
        b.sound(&mut packet.clone()).is_ok(),
        "the forged ones changed nothing"
    );
    assert!(b.reports(&mut report).is_ok());
}

#[test]
fn a_report_is_taken_once() {
    let (mut a, mut b) = pair(LONG_TAG);
    let mut report = hex("80c90001 00000007");
    a.reports(&mut report).unwrap();
    b.reports(&mut report.clone()).unwrap();
    assert_eq!(b.reports(&mut report), Err(Refused::Replayed));
}

#[test]
fn keys_of_reports_are_used_up_at_last() {
    let (mut a, _) = pair(LONG_TAG);
    a.reports_sent = suite::LAST_REPORT - 1;
    a.reports(&mut hex("80c90001 00000007")).unwrap();
    let last = a.reports(&mut hex("80c90001 00000007"));
    assert_eq!(last, Err(Refused::UsedUp));
}

#[test]
fn what_is_no_packet_is_refused() {
    let (mut a, mut b) = pair(LONG_TAG);
    for length in 0..40 {
        for first in [0, 0x80, 0x8f, 0x90, 0xff] {
            let mut datagram = vec![first; length];
            assert!(b.sound(&mut datagram).is_err());
            assert!(b.reports(&mut datagram).is_err());
        }
    }
    let mut cut = vec![0x9f; 30];
    assert_eq!(a.sound(&mut cut), Err(Refused::Malformed));
    assert_eq!(a.reports(&mut vec![0x80; 7]), Err(Refused::Malformed));
}

#[test]
fn many_sources_take_no_more_room() {
    let (mut a, mut b) = pair(LONG_TAG);
    for source in 0..=255 {
        let mut packet = sound(1);
        packet[11] = source;
        a.sound(&mut packet).unwrap();
        b.sound(&mut packet).unwrap();
    }
    assert_eq!(b.sources.len(), limits::ENCRYPTED_SOURCES);
}

#[test]
fn keys_must_fit() {
    let unknown = start(&keys("F8_128_HMAC_SHA1_80", 1, 2), true);
    assert_eq!(unknown.unwrap_err(), Refused::Suite);
    for length in [0, 16, 29, 31] {
        let mut short = keys(LONG_TAG, 1, 2);
        short.theirs.truncate(0);
        short.theirs.resize(length, 0);
        assert_eq!(start(&short, true).unwrap_err(), Refused::Key);
    }
}

#[test]
fn a_number_is_sealed_once() {
    for suite in [LONG_TAG, SHORT_TAG, GCM, LONG_GCM] {
        let (mut sealer, mut opener) = pair(suite);
        sealed(&mut sealer, 10);
        let mut newest = sealed(&mut sealer, 12);
        for sequence in [10, 12] {
            let refused = sealer.sound(&mut sound(sequence));
            assert_eq!(refused, Err(Refused::Replayed), "{suite}");
        }
        // One that is late has its own number.
        let mut late = sealed(&mut sealer, 11);
        assert!(opener.sound(&mut newest).is_ok() && opener.sound(&mut late).is_ok());
    }
}
