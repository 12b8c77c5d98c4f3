//! How far a channel has got.

/// A channel's state, with the figures and words of `ChannelState` and `ChannelStateDesc`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[repr(u8)]
pub enum State {
    /// Neither called nor calling yet.
    #[default]
    Down = 0,
    /// Reserved, not in use yet.
    Reserved = 1,
    /// Off hook.
    OffHook = 2,
    /// Dialling out.
    Dialing = 3,
    /// A call has come in and the dialplan has it.
    Ring = 4,
    /// The far end is being alerted.
    Ringing = 5,
    /// Answered.
    Up = 6,
    /// The line is busy.
    Busy = 7,
    /// Dialling while off hook.
    DialingOffHook = 8,
    /// A call came in and is not yet announced.
    PreRing = 9,
}

impl State {
    /// The figure of `ChannelState`.
    pub fn figure(self) -> u8 {
        self as u8
    }

    /// The word of `ChannelStateDesc`.
    pub fn word(self) -> &'static str {
        match self {
            State::Down => "Down",
            State::Reserved => "Rsrvd",
            State::OffHook => "OffHook",
            State::Dialing => "Dialing",
            State::Ring => "Ring",
            State::Ringing => "Ringing",
            State::Up => "Up",
            State::Busy => "Busy",
            State::DialingOffHook => "Dialing Offhook",
            State::PreRing => "Pre-ring",
        }
    }
}
