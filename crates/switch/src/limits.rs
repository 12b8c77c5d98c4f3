//! Every bound of the switch, with its reason.

/// Variables a channel may have. A dialplan that loops over `Set` must not eat the machine.
pub const VARIABLES: usize = 4096;

/// Bytes of one variable's value: what a dialplan can use in practice, and one packet can show.
pub const VALUE: usize = 64 * 1024;

/// Channels at once where the configuration sets no limit. Each costs a few kilobytes.
pub const CHANNELS: usize = 200_000;

/// Signals kept for a channel that nobody serves at the moment.
pub const PENDING_SIGNALS: usize = 256;

/// Times that a call may be sent on, by `Dial` to `Dial`: a dialplan that dials itself must come to an end.
/// The field's own default.
pub const FORWARDS: u32 = 20;

/// Mailboxes that programs may count: a large office has ten thousand.
pub const MAILBOXES: usize = 100_000;
/// What may go with one text message: as many headers as a message of SIP may have.
pub const MESSAGE_DATA: usize = 256;

/// Hangup handlers on one channel's stack.
pub const HANGUP_HANDLERS: usize = 64;

/// Levels of `Gosub` on one channel.
pub const SUBROUTINES: usize = 512;
