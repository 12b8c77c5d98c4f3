//! Why a request was not carried out.

/// There is no such channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoChannel;

/// There is no such bridge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoBridge;

/// There is no such way of mixing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoTechnology;

/// Why an Originate failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OriginateFailed {
    /// Nobody answered, or there is nobody: the figure of `Reason`.
    Reason(u8),
    /// A channel already has the unique id asked for.
    IdInUse,
    /// The switch is about to end.
    Stopping,
}

/// Why a Redirect failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedirectFailed {
    /// No such channel.
    NoChannel,
    /// No such second channel.
    NoExtraChannel,
    /// The priority is neither a number nor a label there.
    BadPriority,
    /// The second priority is neither a number nor a label there.
    BadExtraPriority,
    /// The channel is being hung up.
    NotUp,
    /// The second channel is being hung up.
    ExtraNotUp,
}

/// Why a variable could not be read or set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VariableFailed {
    /// No such channel.
    NoChannel,
    /// The function is not there, refuses, or is not for askers from outside.
    Refused(String),
}

/// Why two channels could not be joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinFailed {
    /// No such first channel.
    NoFirst,
    /// No such second channel.
    NoSecond,
    /// One of them is not up or is being hung up.
    NotUp,
    /// They hear each other through Local pairs already: joined, sound would go round for ever.
    Loop,
}

/// Why a channel could not be thrown out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KickFailed {
    /// No such bridge.
    NoBridge,
    /// No such channel.
    NoChannel,
    /// It is in no bridge.
    NotInBridge,
}

/// Why a transfer failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransferFailed {
    /// No such channel.
    NoChannel,
    /// The channel talks with nobody.
    Invalid,
    /// The bridge does not allow it.
    NotPermitted,
    /// There is no such extension.
    NoExtension,
}

/// Why a Local pair stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptimizeFailed {
    /// No such channel.
    NoChannel,
    /// It is no Local channel.
    NotLocal,
}

/// Why text could not be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendTextFailed {
    /// No such channel.
    NoChannel,
    /// The channel does not carry text.
    Unsupported,
}

/// Why a driver was ordered nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderFailed {
    /// No such channel.
    NoChannel,
    /// Its technology is another one.
    OtherTechnology,
}

/// Why the key database did not take a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseFailed(pub String);

/// Why a channel's sound is not written into a file, or goes on to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonitorFailed {
    /// There is no such channel.
    NoChannel,
    /// It could not be begun, or there is nothing to end or silence.
    Refused,
}
