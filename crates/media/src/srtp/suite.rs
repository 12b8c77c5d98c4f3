//! What the suites have in common: how long their keys are, and how a packet is laid out.

use super::cipher::{self, Keyed, Label};
use super::gcm::{self, Gcm};
use super::{Refused, read_report};

/// Octets of the signature of a report by HMAC, whatever the suite (RFC 4568, 6.2.2).
const REPORT_TAG: usize = 10;

/// Octets of a report's number.
const REPORT_INDEX: usize = 4;

/// Says in a report's number that the report is encrypted.
const ENCRYPTED: u32 = 1 << 31;

/// The last number that a report may have.
pub(super) const LAST_REPORT: u32 = ENCRYPTED - 1;

/// Octets of a report that stay readable.
const REPORT_HEADER: usize = 8;

/// A suite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Suite {
    /// Counter mode, signed with HMAC-SHA1 of so many octets (RFC 3711).
    Signed(usize),
    /// Galois/counter mode with a key of so many octets (RFC 7714).
    Joined(usize),
}

impl Suite {
    pub(super) fn by_name(name: &str) -> Option<Suite> {
        Some(match name {
            "AES_CM_128_HMAC_SHA1_80" => Suite::Signed(10),
            "AES_CM_128_HMAC_SHA1_32" => Suite::Signed(4),
            "AEAD_AES_128_GCM" => Suite::Joined(16),
            "AEAD_AES_256_GCM" => Suite::Joined(32),
            _ => return None,
        })
    }

    /// The keys for sound and for reports that come of a master key and its salt.
    pub(super) fn derive(self, master: &[u8]) -> Result<(Protection, Protection), Refused> {
        let length = match self {
            Suite::Signed(_) => 16,
            Suite::Joined(length) => length,
        };
        let (key, salt) = master.split_at_checked(length).ok_or(Refused::Key)?;
        let one = |labels, tag| match self {
            Suite::Signed(_) => {
                let key = key.try_into().map_err(|_| Refused::Key)?;
                let salt = salt.try_into().map_err(|_| Refused::Key)?;
                let keyed = Keyed::derive(key, salt, labels);
                Ok(Protection::Signed(Box::new(keyed), tag))
            }
            Suite::Joined(_) => {
                let salt = salt.try_into().map_err(|_| Refused::Key)?;
                let gcm = joined(key, salt, labels).ok_or(Refused::Key)?;
                Ok(Protection::Joined(Box::new(gcm)))
            }
        };
        let tag = match self {
            Suite::Signed(tag) => tag,
            Suite::Joined(_) => gcm::TAG,
        };
        Ok((one(Label::SOUND, tag)?, one(Label::REPORTS, REPORT_TAG)?))
    }
}

/// RFC 7714, 11: derived as ever, the salt being followed by zeros.
fn joined(key: &[u8], salt: &[u8; gcm::SALT], labels: [u8; 3]) -> Option<Gcm> {
    let mut long = [0; 14];
    long[..gcm::SALT].copy_from_slice(salt);
    let [encryption, _, salting] = labels;
    let mut derived = [0; 32];
    let derived = derived.get_mut(..key.len())?;
    cipher::derive(key, &long, encryption, derived)?;
    let mut salt = [0; gcm::SALT];
    cipher::derive(key, &long, salting, &mut salt)?;
    Gcm::new(derived, salt)
}

/// Keys of one direction, of sound or of reports.
pub(super) enum Protection {
    /// Encrypted, then signed with so many octets.
    Signed(Box<Keyed>, usize),
    /// Both at once.
    Joined(Box<Gcm>),
}

impl std::fmt::Debug for Protection {
    /// Keys are for nobody's eyes.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Protection::Signed(..) => "Signed",
            Protection::Joined(_) => "Joined",
        })
    }
}

impl Protection {
    /// Octets by which a packet of sound grows.
    pub(super) fn tag(&self) -> usize {
        match self {
            Protection::Signed(_, tag) => *tag,
            Protection::Joined(_) => gcm::TAG,
        }
    }

    /// Seals a packet of sound whose header has this length.
    pub(super) fn seal(
        &self,
        ssrc: u32,
        index: u64,
        header: usize,
        packet: &mut Vec<u8>,
    ) -> Result<(), Refused> {
        match self {
            Protection::Signed(keyed, length) => {
                keyed.apply(ssrc, index, &mut packet[header..]);
                let tag = keyed.sign(packet, &rollover(index));
                packet.extend_from_slice(&tag[..*length]);
            }
            Protection::Joined(gcm) => {
                let (shown, text) = packet.split_at_mut(header);
                let tag = gcm
                    .seal(ssrc, index, shown, text)
                    .ok_or(Refused::Malformed)?;
                packet.extend_from_slice(&tag);
            }
        }
        Ok(())
    }

    /// Checks and decrypts a packet of sound, without its tag, in place.
    pub(super) fn open(
        &self,
        ssrc: u32,
        index: u64,
        header: usize,
        packet: &mut [u8],
        tag: &[u8],
    ) -> Result<(), Refused> {
        let right = match self {
            Protection::Signed(keyed, _) => {
                let right = keyed.is_signed(packet, &rollover(index), tag);
                if right {
                    keyed.apply(ssrc, index, &mut packet[header..]);
                }
                right
            }
            Protection::Joined(gcm) => {
                let (shown, text) = packet.split_at_mut(header);
                let tag = tag.try_into().map_err(|_| Refused::Malformed)?;
                gcm.open(ssrc, index, shown, text, tag)
            }
        };
        right.then_some(()).ok_or(Refused::Forged)
    }

    /// Seals a compound of reports under this number.
    pub(super) fn seal_reports(
        &self,
        ssrc: u32,
        index: u32,
        packet: &mut Vec<u8>,
    ) -> Result<(), Refused> {
        let number = (index | ENCRYPTED).to_be_bytes();
        match self {
            Protection::Signed(keyed, length) => {
                keyed.apply(ssrc, index.into(), &mut packet[REPORT_HEADER..]);
                packet.extend_from_slice(&number);
                let tag = keyed.sign(packet, &[]);
                packet.extend_from_slice(&tag[..*length]);
            }
            // RFC 7714, 9.2 and 9.3: the number is signed as well, and comes last.
            Protection::Joined(gcm) => {
                let (header, text) = packet.split_at_mut(REPORT_HEADER);
                let tag = gcm
                    .seal(ssrc, index.into(), &shown(header, number), text)
                    .ok_or(Refused::Malformed)?;
                packet.extend_from_slice(&tag);
                packet.extend_from_slice(&number);
            }
        }
        Ok(())
    }

    /// Who sends a sealed compound of reports, its number, and its length when it is opened.
    pub(super) fn read_reports(&self, datagram: &[u8]) -> Result<(u32, u64, usize), Refused> {
        let (length, number) = self.lay_out(datagram)?;
        let packet = datagram.get(..length).ok_or(Refused::Malformed)?;
        let number = u32::from_be_bytes(number);
        Ok((read_report(packet)?, u64::from(number & !ENCRYPTED), length))
    }

    /// Checks and decrypts a compound of reports in place.
    pub(super) fn open_reports(
        &self,
        ssrc: u32,
        index: u64,
        datagram: &mut [u8],
    ) -> Result<(), Refused> {
        let (length, number) = self.lay_out(datagram)?;
        let encrypted = u32::from_be_bytes(number) & ENCRYPTED != 0;
        let right = match self {
            Protection::Signed(keyed, tag) => {
                let (signed, tag) = datagram.split_at_mut(datagram.len() - tag);
                let right = keyed.is_signed(signed, &[], tag);
                if right && encrypted {
                    keyed.apply(ssrc, index, &mut signed[REPORT_HEADER..length]);
                }
                right
            }
            Protection::Joined(gcm) => {
                let (packet, rest) = datagram.split_at_mut(length);
                let tag = *rest.first_chunk().ok_or(Refused::Malformed)?;
                match encrypted {
                    true => {
                        let (header, text) = packet.split_at_mut(REPORT_HEADER);
                        gcm.open(ssrc, index, &shown(header, number), text, tag)
                    }
                    false => gcm.open(ssrc, index, &shown(packet, number), &mut [], tag),
                }
            }
        };
        right.then_some(()).ok_or(Refused::Forged)
    }

    /// Length of the reports in a sealed compound, at least that of a header, and the number in it.
    fn lay_out(&self, datagram: &[u8]) -> Result<(usize, [u8; REPORT_INDEX]), Refused> {
        let found = match self {
            Protection::Signed(_, tag) => datagram
                .len()
                .checked_sub(*tag)
                .and_then(|end| datagram.get(..end)?.split_last_chunk()),
            Protection::Joined(_) => datagram.split_last_chunk().and_then(|(rest, number)| {
                Some((rest.split_last_chunk::<{ gcm::TAG }>()?.0, number))
            }),
        };
        let (packet, number) = found.ok_or(Refused::Malformed)?;
        match packet.len() {
            0..REPORT_HEADER => Err(Refused::Malformed),
            length => Ok((length, *number)),
        }
    }
}

/// What is signed and not encrypted of a compound of reports.
fn shown(readable: &[u8], number: [u8; REPORT_INDEX]) -> Vec<u8> {
    [readable, &number].concat()
}

/// What is signed behind a packet: how often its number began anew.
fn rollover(index: u64) -> [u8; 4] {
    let [_, _, a, b, c, d, _, _] = index.to_be_bytes();
    [a, b, c, d]
}
