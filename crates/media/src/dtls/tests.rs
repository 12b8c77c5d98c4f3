use super::*;

/// One side of a handshake.
struct Side {
    handshake: Handshake,
    keys: Option<Keys>,
    failed: Option<Failure>,
    sent: usize,
}

fn side(own: &Identity, their: &Identity, active: bool) -> Side {
    let securing = Securing {
        active,
        fingerprint: their.fingerprint().clone(),
    };
    Side {
        handshake: Handshake::new(own, &securing, Duration::ZERO),
        keys: None,
        failed: None,
        sent: 0,
    }
}

impl Side {
    /// What it sends now.
    fn says(&mut self) -> Vec<Vec<u8>> {
        let mut said = Vec::new();
        while let Some(step) = self.handshake.step() {
            match step {
                Step::Send(datagram) => said.push(datagram),
                Step::Keys(keys) => self.keys = Some(keys),
                Step::Failed(failure) => self.failed = Some(failure),
            }
        }
        self.sent += said.len();
        said
    }
}

/// Plays both against each other for a minute of virtual time. `arrives` decides on each datagram.
fn play(a: &mut Side, b: &mut Side, mut arrives: impl FnMut(usize) -> bool) {
    let mut count = 0;
    for tick in 0..3_000 {
        let now = Duration::from_millis(20 * tick);
        a.handshake.tick(now);
        b.handshake.tick(now);
        loop {
            let (from_a, from_b) = (a.says(), b.says());
            if from_a.is_empty() && from_b.is_empty() {
                break;
            }
            for datagram in from_a {
                count += 1;
                if arrives(count) {
                    b.handshake.take(&datagram, now);
                }
            }
            for datagram in from_b {
                count += 1;
                if arrives(count) {
                    a.handshake.take(&datagram, now);
                }
            }
        }
    }
}

fn identities() -> (Identity, Identity) {
    (Identity::generate().unwrap(), Identity::generate().unwrap())
}

#[test]
fn both_sides_come_to_the_same_keys() {
    let (ann, bob) = identities();
    let (mut a, mut b) = (side(&ann, &bob, true), side(&bob, &ann, false));
    play(&mut a, &mut b, |_| true);
    let (ours, theirs) = (a.keys.unwrap(), b.keys.unwrap());
    assert_eq!(ours.suite, theirs.suite);
    assert_eq!(ours.ours, theirs.theirs);
    assert_eq!(ours.theirs, theirs.ours);
    assert_ne!(ours.ours, ours.theirs);
    assert!(crate::srtp::start(&ours, true).is_ok());
}

#[test]
fn what_is_lost_is_said_again() {
    let (ann, bob) = identities();
    for lost in 1..=6 {
        let (mut a, mut b) = (side(&ann, &bob, true), side(&bob, &ann, false));
        play(&mut a, &mut b, |count| count != lost);
        assert_eq!(
            (a.failed, b.failed),
            (None, None),
            "without datagram {lost}"
        );
        assert_eq!(a.keys.unwrap().ours, b.keys.unwrap().theirs);
    }
}

#[test]
fn who_shows_another_certificate_gets_no_keys() {
    let (ann, bob) = identities();
    let eve = Identity::generate().unwrap();
    for eve_is_active in [true, false] {
        let mut a = side(&ann, &bob, !eve_is_active);
        let mut e = side(&eve, &ann, eve_is_active);
        play(&mut a, &mut e, |_| true);
        assert_eq!(a.failed, Some(Failure::Fingerprint));
        assert_eq!(a.keys, None);
    }
}

#[test]
fn nobody_there_is_found_out_after_a_few_words() {
    let (ann, bob) = identities();
    let (mut a, mut b) = (side(&ann, &bob, true), side(&bob, &ann, false));
    play(&mut a, &mut b, |_| false);
    assert_eq!(a.failed, Some(Failure::Timeout));
    assert_eq!(a.sent, 1 + limits::DTLS_RETRIES);
    assert_eq!((b.failed, b.sent), (None, 0));
}

/// A simple generator with a seed, so that a failure can be had again.
fn noise(seed: &mut u64) -> u8 {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as u8
}

#[test]
fn noise_neither_breaks_nor_stops_a_handshake() {
    let (ann, bob) = identities();
    let (mut a, mut b) = (side(&ann, &bob, true), side(&bob, &ann, false));
    let mut seed = 7;
    let hello = a.says().remove(0);
    for round in 0..2_000 {
        // Some of it looks like the beginning of what could be right.
        let mut datagram: Vec<u8> = (0..noise(&mut seed)).map(|_| noise(&mut seed)).collect();
        let kept = usize::from(noise(&mut seed))
            .min(datagram.len())
            .min(hello.len());
        if round % 2 == 0 {
            datagram[..kept].copy_from_slice(&hello[..kept]);
        }
        b.handshake.take(&datagram, Duration::ZERO);
        assert!(b.says().len() <= 1);
    }
    assert!(
        matches!(b.failed, None | Some(Failure::Protocol)),
        "{:?}",
        b.failed
    );
    assert_eq!(b.keys, None);
}

#[test]
fn fingerprints_are_read_as_they_are_said() {
    let identity = Identity::generate().unwrap();
    let said = identity.fingerprint().to_string();
    assert!(said.starts_with("sha-256 ") && said.len() == 8 + 32 * 3 - 1);
    assert_eq!(
        Fingerprint::parse(&said).as_ref(),
        Some(identity.fingerprint())
    );
    let shouted = said.to_lowercase().replace("sha-256", "SHA-256");
    assert_eq!(
        Fingerprint::parse(&shouted).as_ref(),
        Some(identity.fingerprint())
    );
    let short = &said[..said.len() - 3];
    for bad in [
        short,
        "sha-256",
        "sha-256 ",
        "sha-1 00:11",
        "md5 00",
        "sha-256 0:1",
        "sha-256 é0",
    ] {
        assert_eq!(Fingerprint::parse(bad), None, "{bad}");
    }
}
