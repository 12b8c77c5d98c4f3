use super::*;

fn address(port: u16) -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], port))
}

fn credentials(name: &str) -> Credentials {
    Credentials {
        user: format!("{name}name"),
        password: format!("{name}'s password of enough letters"),
    }
}

/// One side of a search.
struct Side {
    checks: Checks,
    local: SocketAddr,
    found: Option<SocketAddr>,
    lost: bool,
}

fn side(own: &str, their: &str, ports: (u16, Option<u16>), controlling: bool) -> Side {
    let local = address(ports.0);
    let reaching = Reaching {
        controlling,
        ours: credentials(own),
        theirs: credentials(their),
        candidates: ports
            .1
            .and_then(|port| Candidate::host(address(port)))
            .into_iter()
            .collect(),
    };
    Side {
        checks: Checks::new(&reaching, local, Duration::ZERO),
        local,
        found: None,
        lost: false,
    }
}

impl Side {
    fn says(&mut self) -> Vec<(SocketAddr, Vec<u8>)> {
        let mut said = Vec::new();
        while let Some(step) = self.checks.step() {
            match step {
                Step::Send(to, datagram) => said.push((to, datagram)),
                Step::Found(at) => self.found = Some(at),
                Step::Lost => self.lost = true,
            }
        }
        said
    }
}

/// Plays both against each other on virtual time, in ticks of 20 ms.
fn play(a: &mut Side, b: &mut Side, ticks: std::ops::Range<u64>, arrives: bool) {
    for tick in ticks {
        let now = Duration::from_millis(20 * tick);
        a.checks.tick(now);
        b.checks.tick(now);
        for (to, datagram) in a.says() {
            if arrives && to == b.local {
                b.checks.take(&datagram, a.local, now);
            }
        }
        for (to, datagram) in b.says() {
            if arrives && to == a.local {
                a.checks.take(&datagram, b.local, now);
            }
        }
    }
}

#[test]
fn both_find_each_other_whoever_leads() {
    for leads in [true, false] {
        let mut a = side("ann", "bob", (4_000, Some(5_000)), leads);
        let mut b = side("bob", "ann", (5_000, Some(4_000)), !leads);
        play(&mut a, &mut b, 0..100, true);
        assert_eq!((a.found, b.found), (Some(b.local), Some(a.local)));
    }
}

#[test]
fn who_says_no_address_is_found_by_where_the_checks_come_from() {
    let mut a = side("ann", "bob", (4_000, None), false);
    let mut b = side("bob", "ann", (5_000, Some(4_000)), true);
    play(&mut a, &mut b, 0..100, true);
    assert_eq!((a.found, b.found), (Some(b.local), Some(a.local)));
}

#[test]
fn an_address_that_is_said_later_is_tried_too() {
    let mut a = side("ann", "bob", (4_000, None), true);
    let mut b = side("bob", "ann", (5_000, None), false);
    play(&mut a, &mut b, 0..100, true);
    assert_eq!((a.found, b.found), (None, None));
    let later = Candidate::host(b.local).unwrap();
    for _ in 0..2 {
        let now = Duration::from_millis(20 * 100);
        a.checks.add(std::slice::from_ref(&later), now);
    }
    play(&mut a, &mut b, 100..200, true);
    assert_eq!((a.found, b.found), (Some(b.local), Some(a.local)));
}

#[test]
fn two_leaders_settle_it() {
    let mut a = side("ann", "bob", (4_000, Some(5_000)), true);
    let mut b = side("bob", "ann", (5_000, Some(4_000)), true);
    play(&mut a, &mut b, 0..200, true);
    assert_eq!((a.found, b.found), (Some(b.local), Some(a.local)));
}

#[test]
fn who_does_not_know_the_password_finds_nobody() {
    let mut a = side("ann", "bob", (4_000, Some(5_000)), false);
    let mut b = side("bob", "eve", (5_000, Some(4_000)), true);
    play(&mut a, &mut b, 0..100, true);
    assert_eq!((a.found, b.found), (None, None));
}

#[test]
fn who_falls_silent_is_lost() {
    let mut a = side("ann", "bob", (4_000, Some(5_000)), true);
    let mut b = side("bob", "ann", (5_000, Some(4_000)), false);
    play(&mut a, &mut b, 0..100, true);
    assert!(!a.lost && !b.lost);
    play(&mut a, &mut b, 100..500, true);
    assert!(!a.lost && !b.lost, "they keep asking");
    play(&mut a, &mut b, 500..3_500, false);
    assert!(a.lost && b.lost);
}

#[test]
fn candidates_are_read_and_said() {
    let said = "1 1 UDP 2130706431 192.0.2.1 8998 typ host";
    let candidate = Candidate::parse(said).unwrap();
    assert_eq!(candidate.address(), "192.0.2.1:8998".parse().unwrap());
    let again = Candidate::parse(&candidate.value()).unwrap();
    assert_eq!(again.address(), candidate.address());
    let taken = [
        "2 1 udp 1694498815 192.0.2.3 45664 typ srflx raddr 10.0.1.1 rport 8998",
        "842163049 1 udp 1677729535 2001:db8::1 56143 typ srflx raddr 0.0.0.0 rport 0 \
         generation 0 ufrag sXP5 network-cost 999",
    ];
    for text in taken {
        assert!(Candidate::parse(text).is_some(), "{text}");
    }
    let passed_over = [
        "1 2 UDP 2130706430 192.0.2.1 8999 typ host",
        "1 1 TCP 2130706431 192.0.2.1 9 typ host tcptype active",
        "1 1 UDP 2130706431 1f4712db-ea17-4bcf-a596-105139dfd8bf.local 8998 typ host",
        "1 1 UDP",
        "",
        "1 1 UDP x y z typ é",
    ];
    for text in passed_over {
        assert!(Candidate::parse(text).is_none(), "{text}");
    }
}

#[test]
fn noise_is_dropped() {
    let mut a = side("ann", "bob", (4_000, Some(5_000)), true);
    let check = a.says().remove(0).1;
    let mut seed: u64 = 11;
    let mut noise = || {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as u8
    };
    for _ in 0..5_000 {
        let mut datagram = check.clone();
        for _ in 0..3 {
            let at = usize::from(noise()) % datagram.len();
            datagram[at] = noise();
        }
        datagram.truncate(datagram.len() - usize::from(noise()) % 8);
        a.checks.take(&datagram, address(5_000), Duration::ZERO);
        assert!(a.says().is_empty() && a.found.is_none());
    }
}
