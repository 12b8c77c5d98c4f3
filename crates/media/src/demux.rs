//! What a datagram on a port of sound is, by its first octet (RFC 7983).

/// A kind of datagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A check of connectivity (RFC 8489).
    Stun,
    /// A record of a handshake (RFC 6347, RFC 9147).
    Dtls,
    /// Sound or reports, encrypted or not.
    Rtp,
    /// Nothing that is taken here.
    Other,
}

/// What a datagram is.
pub fn kind(datagram: &[u8]) -> Kind {
    match datagram.first() {
        Some(0..=3) => Kind::Stun,
        Some(20..=63) => Kind::Dtls,
        Some(128..=191) => Kind::Rtp,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_octet_tells() {
        let table = [
            (0, Kind::Stun),
            (3, Kind::Stun),
            (4, Kind::Other),
            (19, Kind::Other),
            (20, Kind::Dtls),
            (63, Kind::Dtls),
            (64, Kind::Other),
            (127, Kind::Other),
            (128, Kind::Rtp),
            (191, Kind::Rtp),
            (192, Kind::Other),
            (255, Kind::Other),
        ];
        for (octet, expected) in table {
            assert_eq!(kind(&[octet, 0]), expected, "{octet}");
        }
        assert_eq!(kind(&[]), Kind::Other);
    }
}
