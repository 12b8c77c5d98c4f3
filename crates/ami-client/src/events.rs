//! What a switch tells unasked.

use std::sync::Arc;

use ami::Packet;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

/// The events since [`Client::events`](crate::Client::events) was called.
///
/// Each reader has its own place in the stream. One that is slow is waited for up to
/// [`Options::events`](crate::Options::events); then the oldest go first, and [`Told::Missed`] stands in
/// their place. Replies are never held up by it.
#[derive(Debug)]
pub struct Events {
    receiver: broadcast::Receiver<Arc<Packet>>,
    missed: u64,
}

/// One step of the stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// An event, or whatever else the switch said to nobody in particular.
    Event(Arc<Packet>),
    /// So many events came faster than they were read and are gone.
    Missed(u64),
}

impl Events {
    pub(crate) fn new(receiver: broadcast::Receiver<Arc<Packet>>) -> Self {
        Self {
            receiver,
            missed: 0,
        }
    }

    /// The next event; `None` when the connection is gone and all events are read
    /// ([`Client::closed`](crate::Client::closed) knows why), or when every clone of the client is dropped.
    ///
    /// Cancel safe: nothing is lost when the future is dropped.
    pub async fn next(&mut self) -> Option<Told> {
        match self.receiver.recv().await {
            Ok(event) => Some(Told::Event(event)),
            Err(RecvError::Lagged(events)) => {
                self.missed += events;
                Some(Told::Missed(events))
            }
            Err(RecvError::Closed) => None,
        }
    }

    /// How many events this reader has missed in all.
    pub fn missed(&self) -> u64 {
        self.missed
    }
}
