//! How calls behave, told on virtual time.

mod dial;
mod forward;
mod hangup;
mod keys;
mod ledger;
mod local;
mod loops;
mod monitors;
mod phones;
mod random;
mod sound;
mod transfer;

use std::time::Duration;

use switch::Cause;
use switch::fact::{Fact, Snap};

use super::{Act, Exchange, story};

/// So many milliseconds after it was called, a phone does this.
fn at(milliseconds: u64, act: Act) -> (Duration, Act) {
    (Duration::from_millis(milliseconds), act)
}

/// A phone that rings at once and is answered after so many seconds.
fn answers(seconds: u64) -> [(Duration, Act); 2] {
    [at(0, Act::Ring), at(seconds * 1000, Act::Answer)]
}

/// Everything that is told until nobody is there any more, after an hour at the latest.
fn all_of(mut exchange: Exchange) -> Vec<Fact> {
    exchange.seconds(3600);
    assert_eq!(exchange.ledger.violations, Vec::<String>::new());
    assert_eq!(exchange.leftovers(), Vec::<String>::new());
    exchange.take_facts()
}

/// The headers of the events that the dialplan raised.
fn events(facts: &[Fact]) -> Vec<String> {
    story(facts)
        .into_iter()
        .filter(|line| line.starts_with("event "))
        .collect()
}

/// Those lines of a story that begin with one of these words or end with one.
fn about(facts: &[Fact], words: &[&str]) -> Vec<String> {
    let told = story(facts).into_iter();
    told.filter(|line| words.iter().any(|word| line.contains(word)))
        .collect()
}

fn channel(exchange: &mut Exchange, prefix: &str) -> Snap {
    let channels = exchange.channels();
    let names: Vec<_> = channels
        .iter()
        .map(|channel| channel.name.clone())
        .collect();
    let found = channels
        .into_iter()
        .find(|channel| channel.name.starts_with(prefix));
    found.unwrap_or_else(|| panic!("{prefix} is not among {names:?}"))
}
