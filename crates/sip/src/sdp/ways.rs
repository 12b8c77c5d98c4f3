//! Which ways sound goes: hold, and what is left of an offer.

/// Which ways sound goes, as seen from one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ways {
    /// That side sends.
    pub send: bool,
    /// That side listens.
    pub receive: bool,
}

impl Ways {
    /// Both ways.
    pub const BOTH: Ways = Ways {
        send: true,
        receive: true,
    };

    pub(super) fn name(self) -> &'static str {
        match (self.send, self.receive) {
            (true, true) => "sendrecv",
            (true, false) => "sendonly",
            (false, true) => "recvonly",
            (false, false) => "inactive",
        }
    }

    pub(super) fn turned(self) -> Ways {
        Ways {
            send: self.receive,
            receive: self.send,
        }
    }

    pub(super) fn and(self, other: Ways) -> Ways {
        Ways {
            send: self.send && other.send,
            receive: self.receive && other.receive,
        }
    }
}
