//! Keys that mean something in a call: which were pressed so far, and what they come to.

use std::time::Duration;

use switch::channel::Features;
use switch::{Text, Time};

use crate::world::FeatureRules;

/// What keys have done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feature {
    /// Whoever pressed them leaves the call.
    Disconnect,
    /// The other one is sent elsewhere.
    BlindTransfer,
}

/// What a digit was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Typed {
    /// Nothing but a digit, for the other side.
    Digit,
    /// Perhaps the beginning of something: it is kept back.
    Kept,
    /// The last of a feature's keys.
    Feature(Feature),
    /// The digits that were kept back are nothing but digits.
    Digits(String),
}

/// The keys of one channel in a bridge.
pub(super) struct Keys {
    known: Vec<(Text, Feature)>,
    patience: Duration,
    typed: String,
    /// When what is kept back is given up.
    due: Option<Time>,
}

impl Keys {
    /// Those that a channel may use.
    pub(super) fn new(may: Features, rules: &FeatureRules) -> Keys {
        let known = [
            (may.disconnect, &rules.disconnect, Feature::Disconnect),
            (may.transfer, &rules.blind_transfer, Feature::BlindTransfer),
        ];
        let known = known
            .into_iter()
            .filter(|(may, keys, _)| *may && !keys.is_empty());
        Keys {
            known: known
                .map(|(_, keys, feature)| (keys.clone(), feature))
                .collect(),
            patience: rules.digit_timeout,
            typed: String::new(),
            due: None,
        }
    }

    /// Whether the digit that begins may belong to a feature: it is kept back.
    pub(super) fn keeps(&self, digit: char) -> bool {
        !self.typed.is_empty() || self.known.iter().any(|(keys, _)| keys.starts_with(digit))
    }

    /// A digit ended.
    pub(super) fn ended(&mut self, digit: char, now: Time) -> Typed {
        if !self.keeps(digit) {
            return Typed::Digit;
        }
        self.typed.push(digit);
        let goes_on = |keys: &Text| keys.len() > self.typed.len() && keys.starts_with(&self.typed);
        if self.known.iter().any(|(keys, _)| goes_on(keys)) {
            self.due = Some(now + self.patience);
            return Typed::Kept;
        }
        self.give_up()
    }

    /// When [`Keys::give_up`] is due.
    pub(super) fn due(&self) -> Option<Time> {
        self.due
    }

    /// Nothing more comes: what is kept back is a feature's keys or nothing but digits.
    pub(super) fn give_up(&mut self) -> Typed {
        self.due = None;
        let typed = std::mem::take(&mut self.typed);
        let mut known = self.known.iter();
        match known.find(|(keys, _)| **keys == *typed) {
            Some((_, feature)) => Typed::Feature(*feature),
            None => Typed::Digits(typed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(blind: &str, disconnect: &str) -> Keys {
        let rules = FeatureRules {
            blind_transfer: blind.into(),
            disconnect: disconnect.into(),
            ..FeatureRules::default()
        };
        let may = Features {
            disconnect: true,
            transfer: true,
        };
        Keys::new(may, &rules)
    }

    #[test]
    fn keys_are_features_or_digits() {
        let now = Time(0);
        let mut keys = keys("#1", "*");
        assert!(!keys.keeps('5') && keys.keeps('#') && keys.keeps('*'));
        assert_eq!(keys.ended('5', now), Typed::Digit);
        assert_eq!(keys.ended('*', now), Typed::Feature(Feature::Disconnect));
        assert_eq!(keys.ended('#', now), Typed::Kept);
        assert_eq!(keys.due(), Some(now + Duration::from_secs(1)));
        assert_eq!(keys.ended('1', now), Typed::Feature(Feature::BlindTransfer));
        assert_eq!(keys.due(), None);
        assert_eq!(keys.ended('#', now), Typed::Kept);
        assert!(keys.keeps('5'));
        assert_eq!(keys.ended('5', now), Typed::Digits("#5".into()));
        assert_eq!(keys.ended('#', now), Typed::Kept);
        assert_eq!(keys.give_up(), Typed::Digits("#".into()));
    }

    #[test]
    fn the_longer_of_two_is_waited_for() {
        let now = Time(0);
        let mut keys = keys("##", "#");
        assert_eq!(keys.ended('#', now), Typed::Kept);
        assert_eq!(keys.give_up(), Typed::Feature(Feature::Disconnect));
        assert_eq!(keys.ended('#', now), Typed::Kept);
        assert_eq!(keys.ended('#', now), Typed::Feature(Feature::BlindTransfer));
    }

    #[test]
    fn whoever_may_do_nothing_has_no_keys() {
        let keys = Keys::new(Features::default(), &FeatureRules::default());
        assert!("0123456789*#".chars().all(|digit| !keys.keeps(digit)));
    }
}
