//! Pairs of ports.

use std::io;
use std::net::{IpAddr, SocketAddr};

use mio::net::UdpSocket;

/// Binds an even port for sound and the odd one above it for reports (RFC 3550, 11), beginning at a random
/// place of the range so that a new call does not hear the last words of the one before.
pub(super) fn open(
    local: IpAddr,
    (first, last): (u16, u16),
    random: u64,
) -> io::Result<(UdpSocket, UdpSocket)> {
    let first = u32::from(first).next_multiple_of(2);
    let pairs = (u32::from(last) + 1).saturating_sub(first) / 2;
    let start = random % u64::from(pairs.max(1));
    for n in 0..pairs {
        let pair = (start as u32 + n) % pairs;
        let port = (first + 2 * pair) as u16;
        let bound = UdpSocket::bind(SocketAddr::new(local, port)).and_then(|sound| {
            let reports = UdpSocket::bind(SocketAddr::new(local, port + 1))?;
            Ok((sound, reports))
        });
        match bound {
            Err(e) if e.kind() == io::ErrorKind::AddrInUse => {}
            other => return other,
        }
    }
    Err(io::Error::new(
        io::ErrorKind::AddrInUse,
        format!("no pair of ports is free on {local} between {first} and {last}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_even_and_a_range_that_is_used_up_says_so() {
        let local = IpAddr::from([127, 0, 0, 1]);
        let mut held = Vec::new();
        let error = loop {
            match open(local, (9_101, 9_108), 77) {
                Ok(pair) => held.push(pair),
                Err(e) => break e,
            }
        };
        assert!((1..=3).contains(&held.len()));
        for (sound, reports) in &held {
            let port = sound.local_addr().unwrap().port();
            assert!(port.is_multiple_of(2) && (9_102..=9_106).contains(&port));
            assert_eq!(reports.local_addr().unwrap().port(), port + 1);
        }
        assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
        assert!(
            error.to_string().contains("between 9102 and 9108"),
            "{error}"
        );
        assert!(open(local, (7, 7), 1).is_err());
    }
}
