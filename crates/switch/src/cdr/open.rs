//! A record that is not told yet.

use super::record::{Cdr, Disposition, Rules};
use crate::fact::Snap;
use crate::{BridgeId, Cause, Text, Time};

/// A call record in the making.
#[derive(Debug, Clone)]
pub(super) struct Open {
    pub(super) caller: Snap,
    pub(super) peer: Option<Snap>,
    pub(super) destination: Text,
    pub(super) context: Text,
    pub(super) application: Text,
    pub(super) data: Text,
    pub(super) start: Time,
    pub(super) answer: Option<Time>,
    pub(super) end: Option<Time>,
    pub(super) disposition: Disposition,
    pub(super) bridge: Option<BridgeId>,
    pub(super) userfield: Text,
    pub(super) variables: Vec<(Text, Text)>,
    pub(super) disabled: bool,
}

impl Open {
    pub(super) fn new(channel: &Snap, now: Time) -> Open {
        Open {
            caller: channel.clone(),
            peer: None,
            destination: channel.exten.clone(),
            context: channel.context.clone(),
            application: channel.application.clone(),
            data: channel.data.clone(),
            start: now,
            answer: None,
            end: None,
            disposition: Disposition::Failed,
            bridge: None,
            userfield: channel.userfield.clone(),
            variables: Vec::new(),
            disabled: false,
        }
    }

    pub(super) fn close(&mut self, now: Time, rules: Rules) {
        if self.end.is_some() {
            return;
        }
        self.end = Some(now);
        // A call that nobody answered and nobody refused: its cause says what became of it.
        if self.disposition == Disposition::Failed {
            self.disposition = match self.caller.cause {
                Cause::BUSY => Disposition::Busy,
                Cause::CONGESTION if rules.congestion => Disposition::Congestion,
                Cause::NORMAL | Cause::NO_ANSWER => Disposition::NoAnswer,
                _ => Disposition::Failed,
            };
        }
    }

    pub(super) fn finish(mut self, now: Time, rules: Rules) -> Open {
        self.close(now, rules);
        self
    }

    pub(super) fn is_told(&self, rules: Rules) -> bool {
        let alone = self.peer.is_none();
        !(self.disabled
            || alone && self.caller.dialed
            || alone && self.disposition != Disposition::Answered && !rules.unanswered)
    }

    pub(super) fn into_cdr(self, sequence: u64, rules: Rules) -> Cdr {
        let caller = format!(
            "\"{}\" <{}>",
            self.caller.caller.name, self.caller.caller.number
        );
        let (peer, peer_account) = self
            .peer
            .map(|peer| (peer.name.clone(), peer.account.clone()))
            .unwrap_or_default();
        Cdr {
            account: self.caller.account.clone(),
            source: self.caller.caller.number.clone(),
            destination: self.destination,
            context: self.context,
            caller: Text::from(caller),
            channel: self.caller.name.clone(),
            peer,
            application: self.application,
            data: self.data,
            start: self.start,
            answer: self.answer,
            end: self.end.unwrap_or(self.start),
            disposition: self.disposition,
            ama_flags: self.caller.ama_flags,
            uniqueid: self.caller.uniqueid.clone(),
            linkedid: self.caller.linkedid.clone(),
            peer_account,
            userfield: self.userfield,
            sequence,
            variables: self.variables,
            round_up: rules.round_up,
        }
    }
}
