//! States of devices, and what becomes of them at an extension's hint.

/// A device's state, with the words of `DeviceStateChange`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DeviceState {
    /// Nothing is known of it.
    #[default]
    Unknown,
    /// Idle.
    NotInUse,
    /// In a call.
    InUse,
    /// In a call and refusing others.
    Busy,
    /// There is no such device.
    Invalid,
    /// It exists and cannot be reached.
    Unavailable,
    /// Being rung.
    Ringing,
    /// In a call and being rung by another.
    RingInUse,
    /// Holding a call.
    OnHold,
}

impl DeviceState {
    /// The word on the wire, such as `NOT_INUSE`.
    pub fn word(self) -> &'static str {
        match self {
            DeviceState::Unknown => "UNKNOWN",
            DeviceState::NotInUse => "NOT_INUSE",
            DeviceState::InUse => "INUSE",
            DeviceState::Busy => "BUSY",
            DeviceState::Invalid => "INVALID",
            DeviceState::Unavailable => "UNAVAILABLE",
            DeviceState::Ringing => "RINGING",
            DeviceState::RingInUse => "RINGINUSE",
            DeviceState::OnHold => "ONHOLD",
        }
    }

    /// What the channels of one device make together; it has at least one.
    pub fn of_lines(lines: impl IntoIterator<Item = DeviceState>) -> DeviceState {
        let (mut used, mut rung, mut held, mut busy, mut all_held) =
            (false, false, false, false, true);
        for state in lines {
            used |= state == DeviceState::InUse;
            rung |= state == DeviceState::Ringing;
            busy |= state == DeviceState::Busy;
            held |= state == DeviceState::OnHold;
            all_held &= state == DeviceState::OnHold;
        }
        match () {
            () if all_held => DeviceState::OnHold,
            () if rung && (used || held) => DeviceState::RingInUse,
            () if rung => DeviceState::Ringing,
            () if used || held => DeviceState::InUse,
            () if busy => DeviceState::Busy,
            () => DeviceState::NotInUse,
        }
    }

    /// Reads a word, in any case.
    pub fn parse(text: &str) -> Option<DeviceState> {
        use DeviceState::*;
        [
            Unknown,
            NotInUse,
            InUse,
            Busy,
            Invalid,
            Unavailable,
            Ringing,
            RingInUse,
            OnHold,
        ]
        .into_iter()
        .find(|state| state.word().eq_ignore_ascii_case(text.trim()))
    }
}

/// An extension's state as its hint's devices make it, with the figures and words of `ExtensionStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExtensionState {
    /// The extension was removed.
    Removed,
    /// It is there and has no hint.
    NoHint,
    /// All devices are idle.
    Idle,
    /// At least one is in use.
    InUse,
    /// All are busy.
    Busy,
    /// None can be reached.
    Unavailable,
    /// One is being rung.
    Ringing,
    /// One is in use while one is being rung.
    InUseRinging,
    /// All are on hold.
    Hold,
    /// One is in use while one is on hold.
    InUseHold,
}

impl ExtensionState {
    /// The figure of `Status`.
    pub fn figure(self) -> i32 {
        match self {
            ExtensionState::Removed => -2,
            ExtensionState::NoHint => -1,
            ExtensionState::Idle => 0,
            ExtensionState::InUse => 1,
            ExtensionState::Busy => 2,
            ExtensionState::Unavailable => 4,
            ExtensionState::Ringing => 8,
            ExtensionState::InUseRinging => 9,
            ExtensionState::Hold => 16,
            ExtensionState::InUseHold => 17,
        }
    }

    /// The word of `StatusText`.
    pub fn word(self) -> &'static str {
        match self {
            ExtensionState::Removed | ExtensionState::NoHint => "Unknown",
            ExtensionState::Idle => "Idle",
            ExtensionState::InUse => "InUse",
            ExtensionState::Busy => "Busy",
            ExtensionState::Unavailable => "Unavailable",
            ExtensionState::Ringing => "Ringing",
            ExtensionState::InUseRinging => "InUse&Ringing",
            ExtensionState::Hold => "Hold",
            ExtensionState::InUseHold => "InUse&Hold",
        }
    }

    /// What several devices behind one hint make together.
    pub fn of_devices(states: impl IntoIterator<Item = DeviceState>) -> ExtensionState {
        let (mut all_unavailable, mut all_busy, mut all_free, mut all_held) =
            (true, true, true, true);
        let (mut busy, mut used, mut rung, mut held) = (false, false, false, false);
        for state in states {
            let unavailable = matches!(state, DeviceState::Unavailable | DeviceState::Invalid);
            all_unavailable &= unavailable;
            all_busy &= state == DeviceState::Busy;
            all_free &=
                matches!(state, DeviceState::NotInUse | DeviceState::Unknown) || unavailable;
            all_held &= state == DeviceState::OnHold;
            busy |= state == DeviceState::Busy;
            used |= matches!(
                state,
                DeviceState::InUse | DeviceState::RingInUse | DeviceState::OnHold
            );
            rung |= matches!(state, DeviceState::Ringing | DeviceState::RingInUse);
            held |= state == DeviceState::OnHold;
        }
        match () {
            _ if all_unavailable => ExtensionState::Unavailable,
            _ if all_free => ExtensionState::Idle,
            _ if rung && used => ExtensionState::InUseRinging,
            _ if rung => ExtensionState::Ringing,
            _ if all_held => ExtensionState::Hold,
            _ if held => ExtensionState::InUseHold,
            _ if all_busy => ExtensionState::Busy,
            _ if used || busy => ExtensionState::InUse,
            _ => ExtensionState::Idle,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_of_several_devices() {
        use DeviceState as D;
        use ExtensionState as E;
        assert_eq!(E::of_devices([D::NotInUse]), E::Idle);
        assert_eq!(E::of_devices([D::Unknown]), E::Idle);
        assert_eq!(E::of_devices([D::Unavailable, D::NotInUse]), E::Idle);
        assert_eq!(E::of_devices([D::Unavailable, D::Invalid]), E::Unavailable);
        assert_eq!(E::of_devices([D::InUse, D::Ringing]), E::InUseRinging);
        assert_eq!(E::of_devices([D::NotInUse, D::Ringing]), E::Ringing);
        assert_eq!(E::of_devices([D::Busy, D::Busy]), E::Busy);
        assert_eq!(E::of_devices([D::Busy, D::NotInUse]), E::InUse);
        assert_eq!(E::of_devices([D::OnHold]), E::Hold);
        assert_eq!(E::of_devices([D::OnHold, D::InUse]), E::InUseHold);
    }
}
