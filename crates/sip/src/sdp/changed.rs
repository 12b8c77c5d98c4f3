//! What a call wants of its sound, changed in the middle of it.

use media::codec::Codec;

use super::{Exchange, codecs};
use crate::settings::{DtmfMode, OfferPref};

impl Exchange {
    /// Digits travel in another way: what we send at once, what we say from the next description on.
    pub fn set_dtmf(&mut self, mode: DtmfMode) {
        if self.wants.dtmf == mode {
            return;
        }
        self.wants.dtmf = mode;
        self.renumber();
        if let Some(agreed) = &mut self.agreed {
            agreed.digits = mode.digits(agreed.events.is_some());
        }
    }

    /// The codecs of the next description, the best first. What was agreed on holds until it is answered.
    pub fn set_codecs(&mut self, codecs: Vec<Codec>) {
        if self.wants.codecs != codecs {
            self.wants.codecs = codecs;
            self.renumber();
        }
    }

    /// Our answers have the codecs in this order (`incoming_call_offer_pref`).
    pub fn prefer(&mut self, prefer: OfferPref) {
        self.prefer = prefer;
    }

    /// Codecs that both have, as our answer names them.
    pub(super) fn preferred(&self, common: &[(u8, Codec)]) -> Vec<(u8, Codec)> {
        let theirs: Vec<Codec> = common.iter().map(|(_, codec)| *codec).collect();
        let ours: Vec<Codec> = self
            .wants
            .codecs
            .iter()
            .filter(|codec| theirs.contains(codec))
            .copied()
            .collect();
        let order = self.prefer.of(&ours, &theirs);
        let numbered = |codec: &Codec| common.iter().find(|(_, known)| known == codec);
        order.iter().filter_map(numbered).copied().collect()
    }

    /// Numbers for what is wanted now. What had a number in this dialog keeps it (RFC 3264, 8.3.2).
    fn renumber(&mut self) {
        let (types, events) = (std::mem::take(&mut self.types), self.events.clone());
        self.types = codecs::payload_types(&self.wants.codecs);
        for (number, codec) in types {
            codecs::renumber(&mut self.types, number, codec);
        }
        self.events = codecs::event_types(&self.wants.codecs, self.wants.dtmf);
        for (number, clock) in events {
            codecs::renumber_events(&mut self.events, number, clock);
        }
    }
}
