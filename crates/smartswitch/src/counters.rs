//! What there is of everything that a call needs, for whoever looks for leaks: all but contacts,
//! connections and what was lost returns to zero when nothing goes on.

use media::plane;
use sip::driver;

/// Names and numbers.
pub(crate) fn of(sip: &driver::Counters, sound: &plane::Counts) -> Vec<(&'static str, u64)> {
    let core = &sip.core;
    let numbers = [
        ("calls", core.calls.calls),
        ("calls ending", core.calls.ending),
        ("calls sessions", core.calls.sessions),
        ("calls indexed", core.calls.indexed),
        ("subscriptions", core.subscriptions),
        ("requests waiting", core.waiting),
        ("answers held", core.held),
        ("server transactions", sip.transactions.servers),
        ("transactions answered", sip.transactions.answered),
        ("client transactions", sip.transactions.clients),
        ("transaction timers", sip.transactions.timers),
        ("core timers", core.timers),
        ("inputs waiting", sip.inputs),
        ("sound sessions", sound.sessions),
        ("sound channels", sound.channels),
        ("sound plays", sound.plays),
        ("sound recordings", sound.recordings),
        ("contacts", core.contacts),
        ("connections", sip.connections),
    ];
    let mut counters: Vec<_> = numbers
        .into_iter()
        .map(|(name, number)| (name, number as u64))
        .collect();
    counters.push(("orders lost", sip.lost));
    counters
}
