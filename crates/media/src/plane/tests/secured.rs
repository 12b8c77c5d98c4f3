//! Calls whose keys come of a handshake, and whose far ends are looked for.

use std::net::UdpSocket;

use switch::ChannelId;

use super::rig::*;
use crate::codec::Codec;
use crate::dtls::Fingerprint;
use crate::ice::Candidate;
use crate::plane::{Plane, Report};
use crate::session::{Agreed, Credentials, Reaching, Securing, SessionId};

fn credentials(name: &str) -> Credentials {
    Credentials {
        user: format!("{name}name"),
        password: format!("{name}'s password of enough letters"),
    }
}

/// Two sessions that talk with each other.
struct Line {
    sessions: [SessionId; 2],
}

impl Line {
    /// Connects channels 2 and 3. `change` is done to what the first believes of the second.
    fn new(plane: &Plane, searched: bool, change: impl FnOnce(&mut Agreed)) -> Line {
        let ends = [plane.open(LOCAL).unwrap(), plane.open(LOCAL).unwrap()];
        let mut change = Some(change);
        for (n, names) in [(0, ["ann", "bob"]), (1, ["bob", "ann"])] {
            let (session, _) = ends[n];
            let (_, remote) = ends[1 - n];
            let mut agreed = agreed(Codec::Alaw, Some(remote).filter(|_| !searched));
            agreed.shares_port = true;
            agreed.securing = Some(Securing {
                active: n == 0,
                fingerprint: plane.means().fingerprint.unwrap(),
            });
            agreed.reaching = searched.then(|| Reaching {
                controlling: n == 0,
                ours: credentials(names[0]),
                theirs: credentials(names[1]),
                candidates: vec![Candidate::host(remote).unwrap()],
            });
            if let Some(change) = change.take() {
                change(&mut agreed);
            }
            plane.attach(session, ChannelId(2 + n as u64));
            plane.agree(session, &agreed);
        }
        Line {
            sessions: ends.map(|(session, _)| session),
        }
    }
}

/// What one phone says arrives at the other over a line between them.
fn carries(searched: bool) {
    let (plane, _reports) = plane();
    let line = Line::new(&plane, searched, |_| {});
    let mut one = Phone::new(&plane, 1, Codec::Alaw);
    let two = Phone::new(&plane, 4, Codec::Alaw);
    hears(&plane, 2, &[1]);
    hears(&plane, 4, &[3]);
    // What comes before the keys is not sent in the clear but dropped, so it is said until it is heard.
    two.socket
        .set_read_timeout(Some(std::time::Duration::from_millis(20)))
        .unwrap();
    let mut datagram = [0; 2_000];
    for _ in 0..1_000 {
        one.say(&[77; 160]);
        if two.socket.recv_from(&mut datagram).is_ok() {
            break;
        }
    }
    assert_eq!(datagram[12..172], [77; 160]);
    let counted = line.sessions.map(|session| plane.close(session));
    assert!(counted[1].packets[0] > 0 && counted[1].packets[0] <= counted[0].packets[1]);
}

#[test]
fn sound_goes_once_there_are_keys() {
    carries(false);
}

#[test]
fn sound_goes_once_both_have_found_each_other() {
    carries(true);
}

#[test]
fn another_certificate_cuts_the_call() {
    let (plane, reports) = plane();
    Line::new(&plane, true, |agreed| {
        if let Some(securing) = &mut agreed.securing {
            securing.fingerprint = Fingerprint::new(b"another");
        }
    });
    let (channel, why) = next(&reports, |report| match report {
        Report::Cut(channel, why) => Some((*channel, why.clone())),
        _ => None,
    });
    assert_eq!(channel, ChannelId(2));
    assert!(why.contains("certificate"), "{why}");
}

#[test]
fn nothing_passes_in_the_clear_where_keys_are_awaited() {
    let (plane, _reports) = plane();
    let fingerprint = plane.means().fingerprint.unwrap();
    let mut stranger = Phone::with(&plane, 1, Codec::Alaw, |agreed| {
        agreed.securing = Some(Securing {
            active: false,
            fingerprint,
        });
    });
    let mut other = Phone::new(&plane, 2, Codec::Alaw);
    let watcher = Phone::new(&plane, 3, Codec::Alaw);
    hears(&plane, 1, &[2]);
    hears(&plane, 2, &[1]);
    hears(&plane, 3, &[2]);
    for _ in 0..10 {
        stranger.say(&[1; 160]);
        other.say(&[2; 160]);
        // By now the stranger would have been sent it.
        watcher.hear();
    }
    stranger.socket.set_nonblocking(true).unwrap();
    let mut datagram = [0; 100];
    assert!(stranger.socket.recv_from(&mut datagram).is_err());
    let noise = UdpSocket::bind((LOCAL, 0)).unwrap();
    for first in 0..=255_u8 {
        noise.send_to(&[first; 40], stranger.to).unwrap();
        noise.send_to(&[first], stranger.to).unwrap();
        // The plane has its turn, so that no socket overflows.
        other.say(&[3; 160]);
        watcher.hear();
    }
    stranger.say(&[1; 160]);
    // A port is read in order: once the last word was counted, the noise before it has done its worst.
    let early = || plane.counted(ChannelId(1)).unwrap().early;
    for _ in 0..1_000 {
        other.say(&[3; 160]);
        watcher.hear();
        // The ten words, those of the noise that look like sound, and the last word.
        if early() >= 11 + 64 {
            break;
        }
    }
    assert!(early() >= 11 + 64, "{}", early());
    plane.close(other.session);
    assert_eq!(plane.close(stranger.session).packets, [0, 0]);
}
