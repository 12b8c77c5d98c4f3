//! Text messages outside of calls.

pub mod messagesend;
