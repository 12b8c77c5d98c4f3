//! What a call wants of its sound, changed in the middle of it.

use media::codec::Codec;

use super::{Exchange, codecs};
use crate::settings::DtmfMode;

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
