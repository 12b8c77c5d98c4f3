//! The two forms in which the protocol is spoken.

/// Which names and forms a session is served with; chosen by listener and by user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Dialect {
    /// Version 13.0.0, as Asterisk speaks it today.
    #[default]
    Current,
    /// Version 1.1 of Asterisk 1.4 to 1.8: `Command` answers `Response: Follows`, and calls are told in
    /// the events of [`event::old`](crate::event::old).
    Old,
}

impl Dialect {
    /// The version of the protocol.
    pub const fn version(self) -> &'static str {
        match self {
            Self::Current => "13.0.0",
            Self::Old => "1.1",
        }
    }

    /// The first line that a client sees. It goes out in a segment of its own.
    pub const fn greeting(self) -> &'static str {
        match self {
            Self::Current => "Asterisk Call Manager/13.0.0\r\n",
            Self::Old => "Asterisk Call Manager/1.1\r\n",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_greeting_ends_in_its_version() {
        for dialect in [Dialect::Current, Dialect::Old] {
            let greeting = format!("Asterisk Call Manager/{}\r\n", dialect.version());
            assert_eq!(dialect.greeting(), greeting);
        }
    }
}
