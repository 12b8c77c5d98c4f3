//! Bounds of the dialplan, each with its reason.

/// Monitors of one channel: each writes up to three files for as long as the call lasts.
pub const MONITORS: usize = 5;

/// Digits of an extension that somebody dials within a call: longer than any number, and what `Read` takes.
pub const DIGITS: usize = 255;

/// Messages outside of calls that wait for the dialplan. They are served one after the other; who sends more
/// than a dialplan can take is told to try again.
pub const MESSAGES: usize = 1_000;
