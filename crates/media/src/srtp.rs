//! SRTP: sound and reports that are encrypted and signed (RFC 3711, RFC 7714), by keys that a description
//! carried (RFC 4568) or a handshake made (RFC 5764).

mod cipher;
mod gcm;
mod suite;
mod window;

use suite::{Protection, Suite};
use window::Window;

use crate::limits;
use crate::session::Keys;

/// Why a packet or a key was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It is no such packet, or its lengths do not fit.
    Malformed,
    /// Its signature is wrong.
    Forged,
    /// It came before, or is too old to tell.
    Replayed,
    /// The keys have sent as many reports as they may (RFC 3711, 9.2).
    UsedUp,
    /// We do not have the suite.
    Suite,
    /// The key is too short or too long for the suite.
    Key,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Refused::Malformed => "malformed",
            Refused::Forged => "forged",
            Refused::Replayed => "replayed",
            Refused::UsedUp => "the keys are used up",
            Refused::Suite => "no such suite",
            Refused::Key => "a key that does not fit the suite",
        })
    }
}

impl std::error::Error for Refused {}

/// Encrypts and signs what we send with our keys.
///
/// It counts packets: made anew of the same keys it would encrypt two packets alike, which tells both. Keep
/// it for as long as the keys stay the same.
#[derive(Debug)]
pub struct Sealer {
    sound: Protection,
    reports: Protection,
    /// Whose packets were sealed last, and where they are.
    source: Option<(u32, Window)>,
    reports_sent: u32,
}

/// Checks and decrypts what comes with their keys. Keep it for as long as they stay the same, too: it knows
/// how often their packets' numbers began anew, which they do not say.
#[derive(Debug)]
pub struct Opener {
    sound: Protection,
    reports: Protection,
    /// The one that came first leads.
    sources: Vec<Source>,
    refuse_replayed: bool,
}

#[derive(Debug)]
struct Source {
    ssrc: u32,
    sound: Option<Window>,
    reports: Option<Window>,
}

/// Puts keys to work. `refuse_replayed`: whether a packet that came before is refused.
pub fn start(keys: &Keys, refuse_replayed: bool) -> Result<(Sealer, Opener), Refused> {
    let suite = Suite::by_name(&keys.suite).ok_or(Refused::Suite)?;
    let (sound, reports) = suite.derive(&keys.ours)?;
    let sealer = Sealer {
        sound,
        reports,
        source: None,
        reports_sent: 0,
    };
    let (sound, reports) = suite.derive(&keys.theirs)?;
    let opener = Opener {
        sound,
        reports,
        sources: Vec::new(),
        refuse_replayed,
    };
    Ok((sealer, opener))
}

impl Sealer {
    /// Encrypts and signs an RTP packet, which grows by its signature: at most sixteen octets.
    ///
    /// We send as one source. Another may follow it, but none may come back: its packets would be encrypted
    /// as those were that it sent at first. A number that was sealed once is refused for the same reason: two
    /// packets under one would give both away, and in AES-GCM the key that signs.
    pub fn sound(&mut self, packet: &mut Vec<u8>) -> Result<(), Refused> {
        let (sequence, ssrc, header) = read_sound(packet)?;
        let index = match &mut self.source {
            Some((known, window)) if *known == ssrc => {
                let index = window.guess(sequence);
                if window.has(index) {
                    return Err(Refused::Replayed);
                }
                window.take(index);
                index
            }
            other => {
                *other = Some((ssrc, Window::new(sequence.into())));
                sequence.into()
            }
        };
        self.sound.seal(ssrc, index, header, packet)
    }

    /// Encrypts and signs a compound of reports, which grows by at most twenty octets.
    pub fn reports(&mut self, packet: &mut Vec<u8>) -> Result<(), Refused> {
        let ssrc = read_report(packet)?;
        if self.reports_sent == suite::LAST_REPORT {
            return Err(Refused::UsedUp);
        }
        self.reports_sent += 1;
        self.reports.seal_reports(ssrc, self.reports_sent, packet)
    }
}

impl Opener {
    /// Checks and decrypts an RTP packet in its place; the packet is as long as what comes back.
    pub fn sound<'a>(&mut self, datagram: &'a mut [u8]) -> Result<&'a mut [u8], Refused> {
        let length = datagram.len().checked_sub(self.sound.tag());
        let (packet, tag) = datagram.split_at_mut(length.ok_or(Refused::Malformed)?);
        let (sequence, ssrc, header) = read_sound(packet)?;
        let known = self.sources.iter().find(|source| source.ssrc == ssrc);
        let window = known.and_then(|source| source.sound);
        let index = window.map_or(sequence.into(), |window| window.guess(sequence));
        if self.refuse_replayed && window.is_some_and(|window| window.has(index)) {
            return Err(Refused::Replayed);
        }
        self.sound.open(ssrc, index, header, packet, tag)?;
        take(&mut self.source(ssrc).sound, index);
        Ok(packet)
    }

    /// Checks and decrypts a compound of reports in its place.
    pub fn reports<'a>(&mut self, datagram: &'a mut [u8]) -> Result<&'a mut [u8], Refused> {
        let (ssrc, index, length) = self.reports.read_reports(datagram)?;
        let known = self.sources.iter().find(|source| source.ssrc == ssrc);
        let window = known.and_then(|source| source.reports);
        if self.refuse_replayed && window.is_some_and(|window| window.has(index)) {
            return Err(Refused::Replayed);
        }
        self.reports.open_reports(ssrc, index, datagram)?;
        take(&mut self.source(ssrc).reports, index);
        datagram.get_mut(..length).ok_or(Refused::Malformed)
    }

    /// The source of that number, which a signed packet named: only who has the keys makes new ones.
    fn source(&mut self, ssrc: u32) -> &mut Source {
        let at = match self.sources.iter().position(|source| source.ssrc == ssrc) {
            Some(at) => at,
            None => {
                if self.sources.len() == limits::ENCRYPTED_SOURCES {
                    self.sources.remove(0);
                }
                self.sources.push(Source {
                    ssrc,
                    sound: None,
                    reports: None,
                });
                self.sources.len() - 1
            }
        };
        &mut self.sources[at]
    }
}

fn take(window: &mut Option<Window>, index: u64) {
    match window {
        Some(window) => window.take(index),
        None => *window = Some(Window::new(index)),
    }
}

/// Number, source and length of the header of an RTP packet.
fn read_sound(packet: &[u8]) -> Result<(u16, u32, usize), Refused> {
    let (fixed, rest) = packet.split_first_chunk::<12>().ok_or(Refused::Malformed)?;
    if fixed[0] >> 6 != 2 {
        return Err(Refused::Malformed);
    }
    let mut header = 12 + 4 * usize::from(fixed[0] & 0x0f);
    if fixed[0] & 0x10 != 0 {
        let extension = rest
            .get(header - 12..header - 8)
            .ok_or(Refused::Malformed)?;
        header += 4 + 4 * usize::from(u16::from_be_bytes([extension[2], extension[3]]));
    }
    if header > packet.len() {
        return Err(Refused::Malformed);
    }
    let sequence = u16::from_be_bytes([fixed[2], fixed[3]]);
    let ssrc = u32::from_be_bytes([fixed[8], fixed[9], fixed[10], fixed[11]]);
    Ok((sequence, ssrc, header))
}

/// Who sends a compound of reports.
fn read_report(packet: &[u8]) -> Result<u32, Refused> {
    let (fixed, _) = packet.split_first_chunk::<8>().ok_or(Refused::Malformed)?;
    match fixed[0] >> 6 {
        2 => Ok(u32::from_be_bytes([fixed[4], fixed[5], fixed[6], fixed[7]])),
        _ => Err(Refused::Malformed),
    }
}

#[cfg(test)]
mod tests;
