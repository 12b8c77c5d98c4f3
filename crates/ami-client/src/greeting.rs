//! The first line that a switch says.

use ami::Dialect;
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::limits::MAX_GREETING;

/// Who answered, and in which version of the protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Greeting {
    line: String,
    version_at: usize,
}

impl Greeting {
    /// Reads `name/version`, where the version is digits and dots. `None` when this is no greeting.
    pub fn parse(line: &str) -> Option<Self> {
        let line = line.trim_end();
        let slash = line.rfind('/')?;
        let version = line.get(slash + 1..)?;
        let is_version = version.starts_with(|c: char| c.is_ascii_digit())
            && version.chars().all(|c| c.is_ascii_digit() || c == '.');
        (slash > 0 && is_version).then(|| Self {
            line: line.to_owned(),
            version_at: slash + 1,
        })
    }

    /// The whole line, such as `Asterisk Call Manager/13.0.0`.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// The version, such as `13.0.0`.
    pub fn version(&self) -> &str {
        self.line.get(self.version_at..).unwrap_or_default()
    }

    /// The dialect that goes with the version: 1.0 to 1.4 (Asterisk up to 11) is the old one.
    pub fn dialect(&self) -> Dialect {
        if self.version().starts_with("1.") {
            Dialect::Old
        } else {
            Dialect::Current
        }
    }
}

/// What was read in search of a greeting.
pub(crate) enum Heard {
    /// The greeting, and the bytes that came with it.
    Greeting(Greeting, Vec<u8>),
    /// Something else.
    Other(Vec<u8>),
}

/// Reads up to the end of the first line.
pub(crate) async fn hear<R: AsyncRead + Unpin>(stream: &mut R) -> std::io::Result<Heard> {
    let mut heard = Vec::with_capacity(MAX_GREETING);
    loop {
        let end = heard.iter().position(|b| *b == b'\n');
        if let Some((line, rest)) = end.and_then(|end| heard.split_at_checked(end + 1)) {
            return Ok(match Greeting::parse(&text::decode(line)) {
                Some(greeting) => Heard::Greeting(greeting, rest.to_vec()),
                None => Heard::Other(heard),
            });
        }
        if heard.len() >= MAX_GREETING || stream.read_buf(&mut heard).await? == 0 {
            return Ok(Heard::Other(heard));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greetings_of_both_dialects() {
        let today = Greeting::parse("Asterisk Call Manager/13.0.0\r\n").unwrap();
        assert_eq!(today.version(), "13.0.0");
        assert_eq!(today.dialect(), Dialect::Current);
        let old = Greeting::parse("Asterisk Call Manager/1.1\r\n").unwrap();
        assert_eq!(old.line(), "Asterisk Call Manager/1.1");
        assert_eq!(old.dialect(), Dialect::Old);
    }

    #[test]
    fn other_protocols_do_not_greet() {
        for line in [
            "SSH-2.0-OpenSSH_9.6",
            "HTTP/1.1 400 Bad Request",
            "220 mail ESMTP",
            "/13.0.0",
            "Asterisk Call Manager/",
            "",
        ] {
            assert_eq!(Greeting::parse(line), None, "{line}");
        }
    }
}
