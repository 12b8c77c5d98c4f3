//! The kinds of events in the log.

/// A kind of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A channel came into being.
    ChanStart,
    /// It is gone.
    ChanEnd,
    /// It was answered.
    Answer,
    /// It was hung up.
    Hangup,
    /// It entered a bridge.
    BridgeEnter,
    /// It left one.
    BridgeExit,
    /// A followed application began on it.
    AppStart,
    /// And ended.
    AppEnd,
    /// It sent its peer elsewhere.
    BlindTransfer,
    /// It joined two that it talked with.
    AttendedTransfer,
    /// A Local pair began to take itself out.
    LocalOptimizeBegin,
    /// And is out.
    LocalOptimize,
    /// The last channel of a call is gone.
    LinkedidEnd,
    /// A digit came from it.
    Dtmf,
    /// The dialplan says something of its own.
    UserDefined,
}

impl Kind {
    const ALL: [Kind; 15] = [
        Kind::ChanStart,
        Kind::ChanEnd,
        Kind::Answer,
        Kind::Hangup,
        Kind::BridgeEnter,
        Kind::BridgeExit,
        Kind::AppStart,
        Kind::AppEnd,
        Kind::BlindTransfer,
        Kind::AttendedTransfer,
        Kind::LocalOptimizeBegin,
        Kind::LocalOptimize,
        Kind::LinkedidEnd,
        Kind::Dtmf,
        Kind::UserDefined,
    ];

    /// The word of the log.
    pub fn word(self) -> &'static str {
        match self {
            Kind::ChanStart => "CHAN_START",
            Kind::ChanEnd => "CHAN_END",
            Kind::Answer => "ANSWER",
            Kind::Hangup => "HANGUP",
            Kind::BridgeEnter => "BRIDGE_ENTER",
            Kind::BridgeExit => "BRIDGE_EXIT",
            Kind::AppStart => "APP_START",
            Kind::AppEnd => "APP_END",
            Kind::BlindTransfer => "BLINDTRANSFER",
            Kind::AttendedTransfer => "ATTENDEDTRANSFER",
            Kind::LocalOptimizeBegin => "LOCAL_OPTIMIZE_BEGIN",
            Kind::LocalOptimize => "LOCAL_OPTIMIZE",
            Kind::LinkedidEnd => "LINKEDID_END",
            Kind::Dtmf => "DTMF",
            Kind::UserDefined => "USER_DEFINED",
        }
    }
}

/// A set of kinds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kinds(u32);

impl Kinds {
    /// Reads a list with commas; `ALL` is every kind. Words of kinds that this switch never has mean
    /// nothing.
    pub fn parse(list: &str) -> Kinds {
        Kinds(list.split(',').map(str::trim).fold(0, |set, word| {
            let meant = |kind: &&Kind| {
                word.eq_ignore_ascii_case("ALL") || word.eq_ignore_ascii_case(kind.word())
            };
            Kind::ALL
                .iter()
                .filter(meant)
                .fold(set, |set, kind| set | 1 << *kind as u32)
        }))
    }

    /// Whether the kind is among them.
    pub fn contains(self, kind: Kind) -> bool {
        self.0 & 1 << kind as u32 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_cel_conf() {
        let all = Kinds::parse("ALL");
        assert!(Kind::ALL.into_iter().all(|kind| all.contains(kind)));
        let some = Kinds::parse("hangup, CHAN_END,PICKUP");
        let kept: Vec<Kind> = Kind::ALL
            .into_iter()
            .filter(|kind| some.contains(*kind))
            .collect();
        assert_eq!(kept, [Kind::ChanEnd, Kind::Hangup]);
        assert_eq!(Kinds::parse(""), Kinds::default());
    }
}
