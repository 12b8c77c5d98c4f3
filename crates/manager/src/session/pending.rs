//! A request that is being worked on.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::task::coop::unconstrained;
use tokio::time::{Sleep, sleep};

use crate::host::BoxFuture;
use crate::limits;
use crate::reply::Reply;

/// What an action makes of the session that asks.
pub(crate) enum Outcome {
    /// Answers.
    Reply(Reply),
    /// Answers a login; nothing else may share a segment with it.
    LoggedIn(Reply),
    /// Answers and ends the session.
    Last(Reply),
    /// Answers after a while and ends the session.
    Refused(Reply),
    /// Answers when the switch has.
    Switch(BoxFuture<'static, Reply>),
    /// Answers when there is an event, or after this time.
    WaitEvent(Option<Duration>),
}

impl From<Reply> for Outcome {
    fn from(reply: Reply) -> Outcome {
        Outcome::Reply(reply)
    }
}

/// What holds up the replies behind it.
pub(super) struct Pending {
    /// The request's ActionID.
    pub(super) action_id: Box<str>,
    what: What,
}

enum What {
    Switch(BoxFuture<'static, Reply>),
    Refusal(Pin<Box<Sleep>>, Option<Reply>),
    Event(Option<Pin<Box<Sleep>>>),
}

impl Pending {
    /// The switch works on it.
    pub(super) fn action(action_id: &str, future: BoxFuture<'static, Reply>) -> Pending {
        Pending {
            action_id: action_id.into(),
            what: What::Switch(future),
        }
    }

    /// A refused login waits, whatever it was refused for.
    pub(super) fn refusal(action_id: &str, reply: Reply) -> Pending {
        let delay = Box::pin(sleep(limits::REFUSAL_DELAY));
        Pending {
            action_id: action_id.into(),
            what: What::Refusal(delay, Some(reply)),
        }
    }

    /// It waits for an event.
    pub(super) fn event(action_id: &str, timeout: Option<Duration>) -> Pending {
        let timeout = timeout.map(|timeout| Box::pin(sleep(timeout)));
        Pending {
            action_id: action_id.into(),
            what: What::Event(timeout),
        }
    }

    /// Whether it waits for an event.
    pub(super) fn is_for_event(&self) -> bool {
        matches!(self.what, What::Event(_))
    }

    /// Goes on; the answer is the reply and whether it is the session's last. `event` says whether there
    /// is an event.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>, event: bool) -> Poll<(Reply, bool)> {
        match &mut self.what {
            // Without the runtime's budget, which would make an answer that is there look as if it was
            // not, and the events behind it would overtake it.
            What::Switch(future) => Pin::new(&mut unconstrained(future))
                .poll(cx)
                .map(|reply| (reply, false)),
            What::Refusal(delay, reply) => delay
                .as_mut()
                .poll(cx)
                .map(|()| (reply.take().unwrap_or_else(Reply::silence), true)),
            What::Event(timeout) => {
                let over = timeout
                    .as_mut()
                    .is_some_and(|timeout| timeout.as_mut().poll(cx).is_ready());
                if event || over {
                    Poll::Ready((Reply::success("Waiting for Event completed."), false))
                } else {
                    Poll::Pending
                }
            }
        }
    }
}
