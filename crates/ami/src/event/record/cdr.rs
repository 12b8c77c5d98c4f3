use std::sync::Arc;

use crate::Event;

/// A call record was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(module = "cdr_manager", class(cdr))]
pub struct Cdr<'a> {
    /// Who pays.
    pub account_code: &'a str,
    /// The caller's number.
    pub source: &'a str,
    /// The extension that was called.
    pub destination: &'a str,
    /// Its context.
    pub destination_context: &'a str,
    /// The caller: `"Name" <number>`.
    #[event(name = "CallerID")]
    pub caller_id: &'a str,
    /// The caller's channel.
    pub channel: &'a str,
    /// The answering party's channel.
    pub destination_channel: &'a str,
    /// The last application that ran.
    pub last_application: &'a str,
    /// That application's arguments.
    pub last_data: &'a str,
    /// When the call began: `2026-11-23 07:18:43`.
    pub start_time: &'a str,
    /// When it was answered, or empty.
    pub answer_time: &'a str,
    /// When it ended.
    pub end_time: &'a str,
    /// Seconds from the beginning.
    pub duration: u64,
    /// Seconds from the answer.
    pub billable_seconds: u64,
    /// `ANSWERED`, `NO ANSWER`, `BUSY`, `FAILED` or `CONGESTION`.
    pub disposition: &'a str,
    /// `DOCUMENTATION`, `BILLING` or `OMIT`.
    #[event(name = "AMAFlags")]
    pub ama_flags: &'a str,
    /// The channel's identity.
    #[event(name = "UniqueID")]
    pub uniqueid: &'a str,
    /// What the dialplan noted.
    pub user_field: &'a str,
    /// More fields, as `cdr_manager.conf` maps them.
    #[event(free)]
    pub mapped: &'a [(Arc<str>, Arc<str>)],
}
