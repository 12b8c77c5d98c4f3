//! Requests as tests make them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use engine::request::Originate;
use switch::fact::OriginateTarget;
use switch::{Party, Text};

/// A request, and its answer once it is there.
#[derive(Debug)]
pub struct Asked<T> {
    number: u64,
    answer: Arc<Mutex<Option<T>>>,
}

impl<T> Asked<T> {
    pub(super) fn new(number: u64, answer: Arc<Mutex<Option<T>>>) -> Asked<T> {
        Asked { number, answer }
    }

    /// The answer, the first time that it is looked for after it came.
    pub fn take(&self) -> Option<T> {
        self.answer.lock().ok()?.take()
    }

    /// Its number among all requests, from 0.
    pub fn number(&self) -> u64 {
        self.number
    }
}

/// An order whose end is told by a fact.
pub(super) fn order(id: &str, whom: &str, target: OriginateTarget) -> Originate {
    let (technology, destination) = whom.split_once('/').unwrap_or((whom, ""));
    Originate {
        technology: Text::from(technology),
        destination: Text::from(destination),
        target,
        timeout: Duration::from_secs(30),
        caller: Party::default(),
        variables: Vec::new(),
        account: Text::default(),
        early_media: false,
        run_alone: true,
        action_id: Text::from(id),
        channel_id: Text::default(),
        other_channel_id: Text::default(),
        pre_dial: Text::default(),
        codecs: Vec::new(),
    }
}
