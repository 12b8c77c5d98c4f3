//! Which of the events that a session may see it wants: `eventfilter` lines and action Filter.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use memchr::memmem;
use regex::bytes::{Regex, RegexBuilder};

use crate::limits;

/// The filters of a session.
///
/// With filters that include, an event has to match one of them; one that matches a filter that excludes
/// is left out whatever else it matches.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct FilterSet {
    include: Vec<Arc<Filter>>,
    exclude: Vec<Arc<Filter>>,
}

impl FilterSet {
    /// Adds a filter; [`FilterError`] past [`limits::MAX_FILTERS`].
    pub fn add(&mut self, filter: Filter) -> Result<(), FilterError> {
        if self.include.len() + self.exclude.len() >= limits::MAX_FILTERS {
            return Err(FilterError(format!(
                "the limit is {} filters",
                limits::MAX_FILTERS
            )));
        }
        let list = if filter.exclude {
            &mut self.exclude
        } else {
            &mut self.include
        };
        list.push(Arc::new(filter));
        Ok(())
    }

    /// Whether there is no filter.
    pub fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    /// Whether an event gets through: its name and its whole packet.
    pub fn passes(&self, name: &str, packet: &[u8]) -> bool {
        (self.include.is_empty() || self.include.iter().any(|f| f.matches(name, packet)))
            && !self.exclude.iter().any(|f| f.matches(name, packet))
    }
}

/// One filter. Two of the same text are equal.
#[derive(Debug)]
pub struct Filter {
    source: String,
    exclude: bool,
    name: Option<String>,
    header: Option<Header>,
    test: Test,
}

/// A header that is looked at.
#[derive(Debug)]
struct Header {
    /// Finds its key, with the line end before it and the colon behind it.
    finder: memmem::Finder<'static>,
}

/// What is done with a header's value, or with the whole packet.
#[derive(Debug)]
enum Test {
    None,
    Regex(Regex),
    Exact(Vec<u8>),
    StartsWith(Vec<u8>),
    EndsWith(Vec<u8>),
    Contains(Box<memmem::Finder<'static>>),
}

impl Filter {
    /// The older form: a regular expression over the whole packet, `!` before it excludes.
    pub fn legacy(text: &str) -> Result<Filter, FilterError> {
        let (exclude, pattern) = match text.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        if pattern.is_empty() {
            return Err(FilterError("it is empty".to_owned()));
        }
        let test = Test::Regex(compile(pattern)?);
        Ok(Filter {
            source: text.to_owned(),
            exclude,
            name: None,
            header: None,
            test,
        })
    }

    /// The newer form: `action(exclude),name(Hangup),header(Channel),method(starts_with)` and a value.
    pub fn advanced(criteria: &str, value: &str) -> Result<Filter, FilterError> {
        let mut exclude = false;
        let mut name = None;
        let mut header = None;
        let mut method = None;
        for criterion in Criteria(criteria) {
            let (word, argument) = criterion?;
            match word.to_ascii_lowercase().as_str() {
                "action" => exclude = action(argument)?,
                "name" => name = Some(argument.to_owned()),
                "header" => header = Some(Header::new(argument)),
                "method" => method = Some(argument),
                _ => return Err(FilterError(format!("'{word}' is no criterion"))),
            }
        }
        if name.is_none() && header.is_none() && value.is_empty() {
            return Err(FilterError("it says nothing of what to match".to_owned()));
        }
        let method = method.unwrap_or(if value.is_empty() { "none" } else { "regex" });
        let test = Test::parse(method, value)?;
        let source = format!("{criteria}={value}");
        Ok(Filter {
            source,
            exclude,
            name,
            header,
            test,
        })
    }

    /// Whether an event is what the filter describes.
    pub fn matches(&self, name: &str, packet: &[u8]) -> bool {
        if self.name.as_ref().is_some_and(|wanted| wanted != name) {
            return false;
        }
        match &self.header {
            None => self.test.passes(packet),
            Some(header) => header.values(packet).any(|value| self.test.passes(value)),
        }
    }
}

impl PartialEq for Filter {
    fn eq(&self, other: &Filter) -> bool {
        self.source == other.source
    }
}

impl Eq for Filter {}

impl Hash for Filter {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.source.hash(state);
    }
}

impl Test {
    fn parse(method: &str, value: &str) -> Result<Test, FilterError> {
        // The reference page writes `startsWith`, manager.conf `starts_with`.
        let method = method.replace('_', "").to_ascii_lowercase();
        if (method == "none") != value.is_empty() {
            return Err(FilterError(
                "a value belongs to every method but 'none'".to_owned(),
            ));
        }
        let bytes = || text::to_bytes(value).into_owned();
        Ok(match method.as_str() {
            "none" => Test::None,
            "regex" => Test::Regex(compile(value)?),
            "exact" => Test::Exact(bytes()),
            "startswith" => Test::StartsWith(bytes()),
            "endswith" => Test::EndsWith(bytes()),
            "contains" => Test::Contains(Box::new(memmem::Finder::new(&bytes()).into_owned())),
            _ => return Err(FilterError(format!("'{method}' is no method"))),
        })
    }

    fn passes(&self, bytes: &[u8]) -> bool {
        match self {
            Test::None => true,
            Test::Regex(regex) => regex.is_match(bytes),
            Test::Exact(value) => bytes == value,
            Test::StartsWith(value) => bytes.starts_with(value),
            Test::EndsWith(value) => bytes.ends_with(value),
            Test::Contains(finder) => finder.find(bytes).is_some(),
        }
    }
}

impl Header {
    fn new(key: &str) -> Header {
        let needle = format!("\r\n{key}:");
        Header {
            finder: memmem::Finder::new(&*text::to_bytes(&needle)).into_owned(),
        }
    }

    /// Its values, for it may come more than once.
    fn values<'a>(&'a self, packet: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        self.finder.find_iter(packet).map(|at| {
            let rest = packet
                .get(at + self.finder.needle().len()..)
                .unwrap_or_default();
            let end = memchr::memchr(b'\r', rest).unwrap_or(rest.len());
            rest.get(..end).unwrap_or_default().trim_ascii()
        })
    }
}

/// A pattern as the POSIX matcher that clients know reads it: a point matches line ends too, and the
/// anchors are those of the whole packet.
fn compile(pattern: &str) -> Result<Regex, FilterError> {
    let build = |unicode| {
        RegexBuilder::new(pattern)
            .unicode(unicode)
            .dot_matches_new_line(true)
            .size_limit(limits::MAX_PATTERN)
            .build()
    };
    // By bytes, since packets need not be UTF-8; sets of characters beyond ASCII need the other way.
    build(false)
        .or_else(|_| build(true))
        .map_err(|e| FilterError(e.to_string()))
}

fn action(argument: &str) -> Result<bool, FilterError> {
    match argument.to_ascii_lowercase().as_str() {
        "include" => Ok(false),
        "exclude" => Ok(true),
        _ => Err(FilterError(format!("'{argument}' is no action"))),
    }
}

/// `word(argument)`s with commas between.
struct Criteria<'a>(&'a str);

impl<'a> Iterator for Criteria<'a> {
    type Item = Result<(&'a str, &'a str), FilterError>;

    fn next(&mut self) -> Option<Self::Item> {
        let text = self
            .0
            .trim_start_matches(|c: char| c == ',' || c.is_whitespace());
        if text.is_empty() {
            return None;
        }
        let Some((word, rest)) = text.split_once('(') else {
            self.0 = "";
            return Some(Err(FilterError(format!("'{text}' has no parenthesis"))));
        };
        let Some((argument, rest)) = rest.split_once(')') else {
            self.0 = "";
            return Some(Err(FilterError(format!("'{text}' is not closed"))));
        };
        self.0 = rest;
        Some(Ok((word.trim(), argument.trim())))
    }
}

/// Why a filter is none. Displays as the end of a sentence for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterError(String);

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FilterError {}

#[cfg(test)]
mod tests {
    use super::*;

    const HANGUP: &[u8] =
        b"Event: Hangup\r\nPrivilege: call,all\r\nChannel: Local/101@default-1;1\r\nCause: 16\r\n\r\n";
    const HIDDEN: &[u8] =
        b"Event: Hangup\r\nPrivilege: call,all\r\nChannel: Local/hidden@default-1;1\r\nCause: 16\r\n\r\n";

    fn set(filters: impl IntoIterator<Item = Filter>) -> FilterSet {
        let mut set = FilterSet::default();
        for filter in filters {
            set.add(filter).unwrap();
        }
        set
    }

    #[test]
    fn excluding_wins_over_including() {
        let set = set([
            Filter::advanced("action(include),name(Hangup)", "").unwrap(),
            Filter::advanced(
                "action(exclude),header(Channel),method(starts_with)",
                "Local/hidden",
            )
            .unwrap(),
        ]);
        assert!(set.passes("Hangup", HANGUP));
        assert!(!set.passes("Hangup", HIDDEN));
        assert!(!set.passes("Newchannel", HANGUP));
    }

    #[test]
    fn legacy_filters_look_at_the_whole_packet() {
        let filters = set([
            Filter::legacy("Event: Hangup").unwrap(),
            Filter::legacy("!hidden").unwrap(),
        ]);
        assert!(filters.passes("Hangup", HANGUP));
        assert!(!filters.passes("Hangup", HIDDEN));
        assert!(set([Filter::legacy("^Event.*Cause: 16").unwrap()]).passes("Hangup", HANGUP));
        assert!(!set([Filter::legacy("^Channel").unwrap()]).passes("Hangup", HANGUP));
        assert!(set([Filter::legacy("!nothing of it").unwrap()]).passes("Hangup", HANGUP));
    }

    #[test]
    fn methods_look_at_the_value() {
        let matches = |method: &str, value: &str| {
            Filter::advanced(&format!("header(Cause),method({method})"), value)
                .unwrap()
                .matches("Hangup", HANGUP)
        };
        assert!(matches("exact", "16") && !matches("exact", "1"));
        assert!(
            matches("startsWith", "1") && matches("ends_with", "6") && matches("contains", "16")
        );
        assert!(matches("regex", "^1[0-9]$") && !matches("regex", "^6"));
        assert!(
            Filter::advanced("header(Cause)", "^16$")
                .unwrap()
                .matches("Hangup", HANGUP)
        );
        assert!(
            !Filter::advanced("header(Caus)", "16")
                .unwrap()
                .matches("Hangup", HANGUP)
        );
    }

    #[test]
    fn every_occurrence_of_a_header_counts() {
        let packet = b"Event: UserEvent\r\nNote: one\r\nNote: two\r\n\r\n";
        let two = Filter::advanced("header(Note),method(exact)", "two").unwrap();
        assert!(two.matches("UserEvent", packet));
    }

    #[test]
    fn what_is_no_filter_says_why() {
        assert!(Filter::legacy("[unclosed").is_err());
        assert!(Filter::legacy("!").is_err());
        for (criteria, value) in [
            ("action(maybe)", "x"),
            ("name(Hangup", ""),
            ("colour(red)", "x"),
            ("name", ""),
            ("action(include)", ""),
            ("name(Hangup),method(exact)", ""),
            ("name(Hangup),method(none)", "x"),
            ("name(Hangup),method(guess)", "x"),
        ] {
            assert!(Filter::advanced(criteria, value).is_err(), "{criteria}");
        }
    }

    #[test]
    fn a_session_has_a_limit_of_filters() {
        let mut set = FilterSet::default();
        for _ in 0..limits::MAX_FILTERS {
            set.add(Filter::legacy("x").unwrap()).unwrap();
        }
        assert!(set.add(Filter::legacy("x").unwrap()).is_err());
    }
}
