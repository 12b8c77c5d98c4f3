//! What can go wrong.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// Why there is no answer. Prints as one line for people.
#[derive(Debug, Clone)]
pub enum Error {
    /// There is no connection to that address.
    Connect {
        /// As it was given.
        address: String,
        /// What the system says.
        source: Arc<io::Error>,
    },
    /// Something else than a manager interface listens there.
    NotAmi {
        /// As it was given.
        address: String,
        /// What it said in place of a greeting, shortened.
        said: String,
    },
    /// The switch does not let this user in; it does not say why.
    Authentication {
        /// The switch's words.
        message: String,
    },
    /// The switch refused the action; only [`Reply::ok`](crate::Reply::ok) makes an error of it.
    Refused {
        /// The switch's words.
        message: String,
    },
    /// The connection is gone.
    Closed {
        /// What the system says; nothing if the switch closed it in order.
        source: Option<Arc<io::Error>>,
    },
    /// It took too long.
    Timeout {
        /// What was waited for.
        waiting_for: &'static str,
        /// For how long.
        after: Duration,
    },
    /// [`MAX_UNANSWERED`](crate::limits::MAX_UNANSWERED) requests have no answer.
    TooManyUnanswered,
    /// The list has more than [`MAX_ITEMS`](crate::limits::MAX_ITEMS) items; the rest of it was dropped.
    ListTooLong,
    /// The switch sent what passes [`ami::limits::Limits::REPLY`].
    TooLarge(ami::decode::Overflow),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect { address, source } => {
                write!(f, "cannot connect to {address}: {source}")
            }
            Self::NotAmi { address, said } if said.is_empty() => {
                write!(
                    f,
                    "{address} is no manager interface: it closed without a greeting"
                )
            }
            Self::NotAmi { address, said } => {
                write!(f, "{address} is no manager interface: it said {said:?}")
            }
            Self::Authentication { message } => {
                write!(f, "the switch does not let this user in: {message}")
            }
            Self::Refused { message } => write!(f, "the switch refused: {message}"),
            Self::Closed { source: None } => f.write_str("the switch closed the connection"),
            Self::Closed {
                source: Some(source),
            } => write!(f, "the connection broke: {source}"),
            Self::Timeout { waiting_for, after } => {
                write!(f, "no {waiting_for} within {} seconds", after.as_secs_f32())
            }
            Self::TooManyUnanswered => write!(
                f,
                "{} requests have no answer; no more are sent",
                crate::limits::MAX_UNANSWERED
            ),
            Self::ListTooLong => write!(
                f,
                "the list has more than {} items",
                crate::limits::MAX_ITEMS
            ),
            Self::TooLarge(overflow) => write!(f, "the answer is too large. {overflow}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Connect { source, .. }
            | Self::Closed {
                source: Some(source),
            } => Some(source),
            Self::TooLarge(overflow) => Some(overflow),
            _ => None,
        }
    }
}
