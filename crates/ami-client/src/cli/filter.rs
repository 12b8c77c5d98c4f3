//! Which events are shown: `--filter`.

use std::str::FromStr;

use ami::Packet;

/// `NAME`, `KEY=VALUE`, or either with `!` in front; `*` stands for any text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filter {
    excludes: bool,
    key: String,
    value: String,
}

impl Filter {
    /// Whether an event passes: no excluding filter matches, and for each key that filters name, one of
    /// that key's does.
    pub(super) fn pass(filters: &[Self], event: &Packet) -> bool {
        filters.iter().all(|filter| {
            if filter.excludes {
                return !filter.matches(event);
            }
            let mut same = filters
                .iter()
                .filter(|other| !other.excludes && other.key.eq_ignore_ascii_case(&filter.key));
            same.any(|filter| filter.matches(event))
        })
    }

    fn matches(&self, event: &Packet) -> bool {
        event
            .all(&self.key)
            .any(|value| is_like(value, &self.value))
    }
}

impl FromStr for Filter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (excludes, text) = match text.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (key, value) = text.split_once('=').unwrap_or(("Event", text));
        if key.is_empty() || text.is_empty() {
            return Err("expected NAME, KEY=VALUE, or either with ! in front".to_owned());
        }
        Ok(Self {
            excludes,
            key: key.to_owned(),
            value: value.to_owned(),
        })
    }
}

/// Whether text is the pattern, in any case, where each `*` stands for any text.
fn is_like(text: &str, pattern: &str) -> bool {
    let text = text.to_lowercase();
    let pattern = pattern.to_lowercase();
    let Some((first, rest)) = pattern.split_once('*') else {
        return text == pattern;
    };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    let Some(inner) = text
        .strip_prefix(first)
        .and_then(|text| text.strip_suffix(last))
    else {
        return false;
    };
    // The first place is always the best one: it leaves the most for the pieces after it.
    let mut left = inner;
    middle.split('*').all(|piece| match left.split_once(piece) {
        Some((_, after)) => {
            left = after;
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(filters: &[&str], event: &Packet) -> bool {
        let filters: Vec<Filter> = filters.iter().map(|text| text.parse().unwrap()).collect();
        Filter::pass(&filters, event)
    }

    fn hangup() -> Packet {
        Packet::new()
            .with("Event", "Hangup")
            .with("Channel", "PJSIP/6001-00000001")
    }

    #[test]
    fn names_and_values() {
        assert!(passes(&[], &hangup()));
        assert!(passes(&["hangup"], &hangup()));
        assert!(passes(&["Newchannel", "Hangup"], &hangup()));
        assert!(!passes(&["Newchannel"], &hangup()));
        assert!(passes(&["H*", "channel=PJSIP/*"], &hangup()));
        assert!(!passes(&["Hangup", "Channel=Local/*"], &hangup()));
        assert!(!passes(&["Absent=*"], &hangup()));
    }

    #[test]
    fn what_is_excluded_stays_out() {
        assert!(!passes(&["!Hangup"], &hangup()));
        assert!(passes(&["!VarSet", "!Channel=Local/*"], &hangup()));
        assert!(!passes(&["Hangup", "!Channel=*6001*"], &hangup()));
    }

    #[test]
    fn stars() {
        assert!(is_like("abcabd", "*b*bd"));
        assert!(is_like("abc", "***"));
        assert!(!is_like("ab", "ab*b"));
        assert!(is_like("", "*"));
        assert!(!is_like("abc", "a*x*c"));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "!", "=x"] {
            assert!(text.parse::<Filter>().is_err(), "{text}");
        }
    }
}
