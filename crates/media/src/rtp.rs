//! RTP packets (RFC 3550, 5.1): read without a copy, written in place.

/// Octets of a header without contributing sources and extension, which is all that we write.
pub const HEADER: usize = 12;

/// What a header says that we look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Header {
    /// Set on the first packet after silence.
    pub marker: bool,
    /// What it carries, 0 to 127.
    pub payload_type: u8,
    /// Counts packets.
    pub sequence: u16,
    /// Counts samples, by the codec's clock.
    pub timestamp: u32,
    /// Who sends.
    pub ssrc: u32,
}

/// Splits a datagram into header and payload. `None` where it is no RTP packet of version 2 or where its own
/// lengths do not fit into it.
pub fn parse(datagram: &[u8]) -> Option<(Header, &[u8])> {
    let (fixed, mut rest) = datagram.split_first_chunk::<HEADER>()?;
    if fixed[0] >> 6 != 2 {
        return None;
    }
    rest = rest.get(4 * usize::from(fixed[0] & 0x0f)..)?;
    if fixed[0] & 0x10 != 0 {
        let (extension, behind) = rest.split_first_chunk::<4>()?;
        let words = usize::from(u16::from_be_bytes([extension[2], extension[3]]));
        rest = behind.get(4 * words..)?;
    }
    if fixed[0] & 0x20 != 0 {
        let padding = usize::from(*rest.last()?);
        if padding == 0 {
            return None;
        }
        rest = rest.get(..rest.len().checked_sub(padding)?)?;
    }
    let header = Header {
        marker: fixed[1] & 0x80 != 0,
        payload_type: fixed[1] & 0x7f,
        sequence: u16::from_be_bytes([fixed[2], fixed[3]]),
        timestamp: u32::from_be_bytes([fixed[4], fixed[5], fixed[6], fixed[7]]),
        ssrc: u32::from_be_bytes([fixed[8], fixed[9], fixed[10], fixed[11]]),
    };
    Some((header, rest))
}

/// Whether a datagram on a shared port is RTCP rather than RTP (RFC 5761, 4).
pub fn is_report(datagram: &[u8]) -> bool {
    matches!(datagram.get(1), Some(192..=223))
}

impl Header {
    /// The twelve octets of it.
    pub fn to_bytes(self) -> [u8; HEADER] {
        let mut bytes = [0; HEADER];
        bytes[0] = 0x80;
        bytes[1] = (u8::from(self.marker) << 7) | (self.payload_type & 0x7f);
        bytes[2..4].copy_from_slice(&self.sequence.to_be_bytes());
        bytes[4..8].copy_from_slice(&self.timestamp.to_be_bytes());
        bytes[8..12].copy_from_slice(&self.ssrc.to_be_bytes());
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let header = Header {
            marker: true,
            payload_type: 101,
            sequence: 65_535,
            timestamp: 0xfeed_beef,
            ssrc: 7,
        };
        let mut datagram = header.to_bytes().to_vec();
        datagram.extend(b"sound");
        assert_eq!(parse(&datagram), Some((header, &b"sound"[..])));
    }

    #[test]
    fn sources_extension_and_padding_are_passed_over() {
        let mut datagram = Header::default().to_bytes().to_vec();
        datagram[0] |= 0x32;
        datagram.extend([0; 8]);
        datagram.extend([0xbe, 0xde, 0, 1, 1, 2, 3, 4]);
        datagram.extend(b"sound");
        datagram.extend([0, 0, 3]);
        assert_eq!(parse(&datagram).unwrap().1, b"sound");
    }

    #[test]
    fn lengths_that_do_not_fit_are_refused() {
        let plain = Header::default().to_bytes();
        assert!(parse(&plain[..11]).is_none());
        for (first, tail) in [
            (0x40, &b"x"[..]),
            (0x8f, &[0; 59]),
            (0x90, &[0, 0, 0]),
            (0x90, &[0, 0, 0, 1, 9]),
            (0xa0, &[]),
            (0xa0, &[0]),
            (0xa0, &[9]),
        ] {
            let mut datagram = plain.to_vec();
            datagram[0] = first;
            datagram.extend(tail);
            assert!(parse(&datagram).is_none(), "{first:x} {tail:?}");
        }
    }
}
