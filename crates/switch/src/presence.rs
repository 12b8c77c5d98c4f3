//! Presence: what a person says of themselves.

use crate::Text;

/// A presence with its two texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Presence {
    /// The state.
    pub state: PresenceState,
    /// A finer word of the person's own.
    pub subtype: Text,
    /// A sentence of the person's own.
    pub message: Text,
}

/// The states that there are, with their words on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PresenceState {
    /// Nobody said.
    #[default]
    NotSet,
    /// Not to be reached.
    Unavailable,
    /// To be reached.
    Available,
    /// Away.
    Away,
    /// Away for long.
    ExtendedAway,
    /// Wants to talk.
    Chat,
    /// Do not disturb.
    DoNotDisturb,
}

impl PresenceState {
    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            PresenceState::NotSet => "not_set",
            PresenceState::Unavailable => "unavailable",
            PresenceState::Available => "available",
            PresenceState::Away => "away",
            PresenceState::ExtendedAway => "xa",
            PresenceState::Chat => "chat",
            PresenceState::DoNotDisturb => "dnd",
        }
    }

    /// Reads a word, in any case.
    pub fn parse(text: &str) -> Option<PresenceState> {
        use PresenceState::*;
        [
            NotSet,
            Unavailable,
            Available,
            Away,
            ExtendedAway,
            Chat,
            DoNotDisturb,
        ]
        .into_iter()
        .find(|state| state.word().eq_ignore_ascii_case(text.trim()))
    }
}
