//! What passed between client and server, in the form in which it is kept.

use std::fmt;

/// A packet's lines, without line ends.
pub type Packet = Vec<String>;

/// What passed over all connections of one run, in order.
///
/// Its text form is that of the recordings: `a> ` before what connection `a` sent, `a< ` before what it
/// received, `a! ` before what befell it, and an empty line between two entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    connection: String,
    way: Way,
    lines: Vec<String>,
}

/// Which way an entry went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Sent,
    Received,
    Befell,
}

/// What the entry for a connection that the server closed says.
pub(super) const CLOSED: &str = "closed by the server";

impl Way {
    fn sign(self) -> char {
        match self {
            Way::Sent => '>',
            Way::Received => '<',
            Way::Befell => '!',
        }
    }
}

impl Log {
    /// Reads the text form.
    pub fn parse(text: &str) -> Log {
        let entries = text.split("\n\n").filter_map(Entry::parse).collect();
        Log { entries }
    }

    pub(super) fn add(&mut self, connection: &str, way: Way, text: &str) {
        let lines = text.trim_end_matches('\n').split('\n');
        let lines = lines.map(|line| line.trim_end().to_owned()).collect();
        self.entries.push(Entry {
            connection: connection.to_owned(),
            way,
            lines,
        });
    }

    /// What the server sent, packet by packet, each with its connection. That it closed a connection
    /// counts as a packet.
    pub fn packets(&self) -> Vec<(&str, Packet)> {
        let packets = self.entries.iter().filter_map(|entry| match entry.way {
            Way::Received => Some((&*entry.connection, entry.lines.clone())),
            Way::Befell
                if entry
                    .lines
                    .first()
                    .is_some_and(|line| line.starts_with("closed")) =>
            {
                Some((&*entry.connection, vec![format!("({CLOSED})")]))
            }
            _ => None,
        });
        packets.collect()
    }

    /// How many packets a connection had received (its end counted) before the client's `count`th doing
    /// and after all of them where there are fewer.
    pub(super) fn received_before(&self, connection: &str, count: usize) -> usize {
        let (mut done, mut received) = (0, 0);
        for entry in &self.entries {
            match entry.way {
                Way::Sent if done == count => break,
                Way::Sent => done += 1,
                Way::Received | Way::Befell if entry.connection == connection => received += 1,
                Way::Received | Way::Befell => {}
            }
        }
        received
    }

    /// How many times the client did something.
    pub(super) fn sent(&self) -> usize {
        self.entries
            .iter()
            .filter(|entry| entry.way == Way::Sent)
            .count()
    }

    /// How many packets a connection has received, its end counted.
    pub(super) fn received(&self, connection: &str) -> usize {
        let ours = self
            .entries
            .iter()
            .filter(|entry| entry.connection == connection);
        ours.filter(|entry| entry.way != Way::Sent).count()
    }
}

impl Entry {
    fn parse(block: &str) -> Option<Entry> {
        let mut lines = block.split('\n').filter(|line| !line.is_empty());
        let first = lines.next()?;
        let sign = first.find(['>', '<', '!'])?;
        let (connection, rest) = first.split_at(sign);
        let way = match rest.chars().next()? {
            '>' => Way::Sent,
            '<' => Way::Received,
            _ => Way::Befell,
        };
        let content = |line: &str| {
            let line = line.get(sign + 1..).unwrap_or_default();
            line.strip_prefix(' ').unwrap_or(line).to_owned()
        };
        let mut content_lines = vec![content(first)];
        content_lines.extend(lines.map(content));
        Some(Entry {
            connection: connection.to_owned(),
            way,
            lines: content_lines,
        })
    }
}

impl fmt::Display for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for entry in &self.entries {
            for line in &entry.lines {
                let whole = format!("{}{} {line}", entry.connection, entry.way.sign());
                writeln!(f, "{}", whole.trim_end())?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a< Asterisk Call Manager/13.0.0\n\na> Action: Ping\n\n\
                        a< Response: Success\na< Ping: Pong\n\nb! closed by the server\n\n";

    #[test]
    fn the_text_form_is_read_as_it_is_written() {
        let log = Log::parse(TEXT);
        assert_eq!(log.to_string(), TEXT);
        let packets = log.packets();
        assert_eq!(packets.len(), 3);
        assert_eq!(packets[1].1, ["Response: Success", "Ping: Pong"]);
        assert_eq!(packets[2], ("b", vec!["(closed by the server)".to_owned()]));
    }

    #[test]
    fn what_had_come_is_counted_up_to_each_doing_of_the_client() {
        let log = Log::parse(TEXT);
        assert_eq!(log.received_before("a", 0), 1);
        assert_eq!(log.received_before("a", 1), 2);
        assert_eq!(log.received_before("b", 0), 0);
        assert_eq!(log.received_before("b", 9), 1);
    }
}
