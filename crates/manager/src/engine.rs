//! The way to the engine.

use std::fmt;
use std::sync::Arc;

use ::engine::request::{Request, Responder};
use tokio::sync::oneshot;

use crate::reply::Reply;

/// Takes requests into the engine's queue; crate `net` gives one.
pub trait RequestQueue: Send + Sync {
    /// Puts a request into the queue. Never waits.
    fn submit(&self, request: Request) -> Result<(), Unanswered>;
}

/// A handle on the engine that sessions and the console share.
#[derive(Clone)]
pub struct EngineHandle(Arc<dyn RequestQueue>);

impl EngineHandle {
    /// A handle on this queue.
    pub fn new(queue: impl RequestQueue + 'static) -> EngineHandle {
        EngineHandle(Arc::new(queue))
    }

    /// Asks the engine and waits for its answer.
    ///
    /// `request` is given the responder to put into the request:
    /// `engine.ask(|answer| Request::Counters(answer)).await`.
    pub async fn ask<T: Send + 'static>(
        &self,
        request: impl FnOnce(Responder<T>) -> Request,
    ) -> Result<T, Unanswered> {
        let (send, answer) = oneshot::channel();
        // Whoever asked may have gone meanwhile; the answer then has no reader.
        let responder = Responder::new(move |value| drop(send.send(value)));
        self.0.submit(request(responder))?;
        answer.await.map_err(|_| Unanswered::Gone)
    }

    /// Tells the engine something without waiting for anything.
    pub fn tell(&self, request: Request) -> Result<(), Unanswered> {
        self.0.submit(request)
    }
}

impl fmt::Debug for EngineHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EngineHandle")
    }
}

/// Why the engine gave no answer. Displays as the message of the error reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    /// Its queue is full.
    Busy,
    /// It has ended, or dropped the question.
    Gone,
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unanswered::Busy => "The switch is busy, try again",
            Unanswered::Gone => "The switch is shutting down",
        })
    }
}

impl std::error::Error for Unanswered {}

impl From<Unanswered> for Reply {
    fn from(why: Unanswered) -> Reply {
        Reply::error(why.to_string())
    }
}
