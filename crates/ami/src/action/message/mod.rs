//! Text messages outside of calls.

mod message_send;

pub use message_send::MessageSend;
