//! `type = identify`: whose requests these are, by where they come from or what they say.

use regex::{Regex, RegexBuilder};
use switch::Text;

use super::address::Mask;
use super::option::Takes::*;
use super::option::{Object, Opt, row, words};
use crate::limits;

/// What tells an endpoint's requests from others'. Each field is the option of its name, but for `match`.
#[derive(Debug, Clone, Default)]
pub struct Identify {
    /// Its name: the section's.
    pub name: Text,
    /// The endpoint.
    pub endpoint: Text,
    /// Addresses that its requests come from.
    pub masks: Vec<Mask>,
    /// Hosts that they come from: to be looked up in the DNS.
    pub hosts: Vec<Text>,
    /// A header that they have: its name and its value.
    pub match_header: Option<(Text, Pattern)>,
    /// The address that they ask for.
    pub match_request_uri: Option<Pattern>,
    pub(super) shown: Vec<Text>,
}

/// What a value has to be: this, or what fits an expression that stands between slashes.
#[derive(Debug, Clone)]
pub enum Pattern {
    /// This, letter for letter.
    Exactly(Text),
    /// What the expression fits anywhere in.
    Expression(Regex),
}

impl Pattern {
    /// Whether a value is that.
    pub fn fits(&self, value: &str) -> bool {
        match self {
            Pattern::Exactly(text) => value == &**text,
            Pattern::Expression(expression) => expression.is_match(value),
        }
    }

    fn read(text: &str) -> Result<Pattern, String> {
        let text = text.trim();
        let inside = text
            .strip_prefix('/')
            .and_then(|rest| rest.strip_suffix('/'));
        let Some(inside) = inside else {
            return Ok(Pattern::Exactly(text.into()));
        };
        let expression = RegexBuilder::new(inside)
            .size_limit(limits::EXPRESSION)
            .build();
        match expression {
            Ok(expression) => Ok(Pattern::Expression(expression)),
            Err(_) => Err(format!("not a regular expression: {inside}")),
        }
    }
}

impl Object for Identify {
    const OPTIONS: &'static [Opt<Identify>] = &[
        row("endpoint", "Endpoint", "", Text(|i| &mut i.endpoint)),
        row("srv_lookups", "SrvLookups", "true", IdleFlag),
        row("match", "Match", "", Other(put_match)),
        row("match_header", "MatchHeader", "", Other(put_header)),
        row("match_request_uri", "MatchRequestUri", "", Other(put_uri)),
    ];

    fn shown(&mut self) -> &mut Vec<Text> {
        &mut self.shown
    }

    fn named(&mut self, name: Text) {
        self.name = name;
    }

    fn lacks(&self) -> Option<&'static str> {
        let tells = !self.masks.is_empty()
            || !self.hosts.is_empty()
            || self.match_header.is_some()
            || self.match_request_uri.is_some();
        match (self.endpoint.is_empty(), tells) {
            (true, _) => Some("an identify needs endpoint"),
            (_, false) => Some("an identify needs match, match_header or match_request_uri"),
            _ => None,
        }
    }
}

fn put_match(identify: &mut Identify, value: &str) -> Result<String, String> {
    for word in words(value) {
        match Mask::parse(word) {
            Some(mask) => identify.masks.push(mask),
            None if word.contains('/') => return Err(format!("not an address or mask: {word}")),
            None => identify.hosts.push(word.into()),
        }
    }
    let shown = identify.masks.iter().map(Mask::to_string);
    let hosts = identify.hosts.iter().map(ToString::to_string);
    Ok(shown.chain(hosts).collect::<Vec<_>>().join(","))
}

fn put_header(identify: &mut Identify, value: &str) -> Result<String, String> {
    identify.match_header = match value.split_once(':') {
        None if value.is_empty() => None,
        None => return Err(format!("not of the form Header: value: {value}")),
        Some((name, text)) => Some((name.trim().into(), Pattern::read(text)?)),
    };
    Ok(value.to_owned())
}

fn put_uri(identify: &mut Identify, value: &str) -> Result<String, String> {
    identify.match_request_uri = match value {
        "" => None,
        _ => Some(Pattern::read(value)?),
    };
    Ok(value.to_owned())
}
