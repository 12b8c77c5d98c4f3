//! What a comparison found.

use std::fmt;

use super::log::Packet;

/// How what a server said differs from what was recorded. Packets are masked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Packets that were recorded.
    pub recorded: usize,
    /// Packets that came as recorded.
    pub same: usize,
    /// Packets that came, but not as recorded.
    pub differing: Vec<Differing>,
    /// Packets that were recorded and did not come.
    pub missing: Vec<Packet>,
    /// Packets that came and were not recorded.
    pub extra: Vec<Packet>,
    /// Channels whose events came in another order.
    pub upset: Vec<Upset>,
}

/// A packet that came, but not as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// Its lines as recorded.
    pub recorded: Packet,
    /// Its lines as they came.
    pub said: Packet,
}

/// A channel whose events came in another order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upset {
    /// Its masked name.
    pub channel: String,
    /// The events' names as recorded.
    pub recorded: Vec<String>,
    /// The events' names as they came.
    pub said: Vec<String>,
}

impl Report {
    /// Nothing differs.
    pub fn is_clean(&self) -> bool {
        self.is_same_by_content() && self.upset.is_empty()
    }

    /// No packet differs; the order in a channel's life may.
    pub fn is_same_by_content(&self) -> bool {
        self.off() == 0
    }

    /// How many packets are not as recorded.
    pub fn off(&self) -> usize {
        self.differing.len() + self.missing.len() + self.extra.len()
    }

    /// More packets are the same, fewer missing, and at last fewer extra.
    pub(super) fn is_nearer_than(&self, other: &Report) -> bool {
        let nearness = |report: &Report| {
            let same_and_missing = report.same as f64 - report.missing.len() as f64;
            same_and_missing - report.extra.len() as f64 / 1000.0
        };
        nearness(self) > nearness(other)
    }
}

impl Differing {
    /// The lines that only the recorded packet has, and those that only the other has.
    pub fn changes(&self) -> (Vec<&str>, Vec<&str>) {
        let only = |of: &'_ Packet, other: &Packet| -> Vec<usize> {
            (0..of.len())
                .filter(|at| !other.contains(&of[*at]))
                .collect()
        };
        let pick = |of, at: Vec<usize>| at.into_iter().map(|at| line_of(of, at)).collect();
        let (gone, new) = (
            only(&self.recorded, &self.said),
            only(&self.said, &self.recorded),
        );
        (pick(&self.recorded, gone), pick(&self.said, new))
    }
}

fn line_of(packet: &Packet, at: usize) -> &str {
    packet.get(at).map(String::as_str).unwrap_or_default()
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}/{} packets the same, {} differ, {} missing, {} extra",
            self.same,
            self.recorded,
            self.differing.len(),
            self.missing.len(),
            self.extra.len()
        )?;
        self.upset.iter().try_for_each(|upset| upset.fmt(f))?;
        self.differing
            .iter()
            .try_for_each(|differing| differing.fmt(f))?;
        for (sign, packets) in [('-', &self.missing), ('+', &self.extra)] {
            for packet in packets {
                writeln!(f, "  {sign} {}", in_short(packet))?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Differing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  ~ {}", line_of(&self.recorded, 0))?;
        let (gone, new) = self.changes();
        gone.iter()
            .try_for_each(|line| writeln!(f, "      - {line}"))?;
        new.iter()
            .try_for_each(|line| writeln!(f, "      + {line}"))?;
        if gone.is_empty() && new.is_empty() {
            writeln!(f, "      (the same lines in another order)")?;
            writeln!(f, "      - {}", self.recorded.join(" | "))?;
            writeln!(f, "      + {}", self.said.join(" | "))?;
        }
        Ok(())
    }
}

impl fmt::Display for Upset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  order of {}", self.channel)?;
        writeln!(f, "      - {}", self.recorded.join(" "))?;
        writeln!(f, "      + {}", self.said.join(" "))
    }
}

/// The lines that are enough to recognise a packet.
pub(super) fn in_short(packet: &Packet) -> String {
    packet
        .iter()
        .take(6)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" | ")
}
