//! The language of dialplans: what a script is ([`plan`], read by [`extensions`]), how extensions are
//! matched ([`pattern`], [`timespec`]), and how the text of a line is filled in ([`substitute`],
//! [`expression`], [`arguments`]).

pub mod arguments;
mod condition;
pub mod expression;
pub mod extensions;
mod number;
pub mod pattern;
pub mod plan;
pub mod posix;
#[cfg(test)]
mod random;
#[cfg(test)]
pub(crate) mod recorded;
mod substitute;
#[cfg(test)]
pub(crate) mod testing;
pub mod timespec;

pub use condition::condition;
pub use plan::Plan;
pub(crate) use substitute::Reference;
pub use substitute::{MAX_DEPTH, MAX_LENGTH, Reply, Scope, read, substitute, substitute_now};
