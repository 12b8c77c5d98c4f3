//! Settings of one call that the dialplan changes: [`Order::Set`](switch::signal::Order::Set).

use std::sync::Arc;

use engine::Input;
use media::codec::Codec;
use switch::fact::{Fact, Level};

use super::hands::Hands;
use super::leg::{Call, Phase};
use super::reinvite::Wish;
use crate::settings::{DtmfMode, Endpoint, codecs};

impl Call {
    /// Changes a setting. What cannot be done is warned of, and leaves the call as it was.
    pub(super) fn set(&mut self, hands: &mut Hands<'_, '_>, name: &str, value: &str) {
        match name {
            "dtmf_mode" => match DtmfMode::parse(value) {
                Some(mode) => self.set_dtmf_mode(hands, mode),
                None => warn(hands, format!("no dtmf_mode is called {value:?}")),
            },
            "media_offer" => self.set_codecs(hands, value),
            "moh_passthrough" => self.own_endpoint().moh_passthrough = config::is_true(value),
            "session_refresh" => self.refresh(hands, value),
            "response_code" => match value.parse() {
                Ok(code @ 300..700) => self.refusal = Some(code),
                _ => warn(hands, format!("{value:?} refuses no call")),
            },
            "transfer_handling" => {
                if value != "core" {
                    let text = format!("transfer_handling {value:?}: transfers stay the switch's");
                    warn(hands, text);
                }
            }
            _ => warn(hands, format!("a call has no setting {name:?}")),
        }
    }

    /// The endpoint, as this call's own from now on.
    fn own_endpoint(&mut self) -> &mut Endpoint {
        Arc::make_mut(&mut self.endpoint)
    }

    /// Digits travel in another way at once; a far end that was told of the old one is asked anew.
    fn set_dtmf_mode(&mut self, hands: &mut Hands<'_, '_>, mode: DtmfMode) {
        if self.endpoint.dtmf_mode == mode {
            return;
        }
        self.own_endpoint().dtmf_mode = mode;
        let Some(sound) = &mut self.sound else {
            return;
        };
        sound.exchange.set_dtmf(mode);
        let unsaid = matches!(&self.phase, Phase::Calling(calling) if calling.sequence == 0);
        if unsaid || self.answers_anew() {
            return;
        }
        self.agree(hands);
        self.wish(hands, Wish::Describe);
    }

    /// The codecs of the next description, in place of `allow`.
    fn set_codecs(&mut self, hands: &mut Hands<'_, '_>, list: &str) {
        let mut allowed: Vec<Codec> = Vec::new();
        if let Err(why) = codecs::allow(&mut allowed, list) {
            warn(hands, format!("media_offer: {why}"));
        }
        if allowed.is_empty() {
            return warn(hands, format!("media_offer {list:?} leaves no codec"));
        }
        if let Some(sound) = &mut self.sound {
            sound.exchange.set_codecs(allowed.clone());
        }
        self.media_offer = Some(allowed);
        self.answers_anew();
    }

    /// Asks them to agree on the sound anew: by INVITE, or by UPDATE where that is wanted and they take it.
    fn refresh(&mut self, hands: &mut Hands<'_, '_>, method: &str) {
        let wish = match method {
            "" | "invite" => Wish::Describe,
            "update" if self.is_up() && !self.takes_update => {
                warn(hands, "the far end takes no UPDATE: INVITE does it".into());
                Wish::Describe
            }
            "update" => Wish::DescribeByUpdate,
            _ => return warn(hands, format!("{method:?} refreshes no call")),
        };
        self.wish(hands, wish);
    }

    /// Answers their offer anew, where no answer has gone out; whether that is so.
    fn answers_anew(&mut self) -> bool {
        let Phase::Arriving(arriving) = &mut self.phase else {
            return false;
        };
        if arriving.described {
            return false;
        }
        if let (Some(offer), Some(sound)) = (&arriving.offer, &mut self.sound) {
            // With nothing in common left, what was agreed on holds.
            if let Ok(answer) = sound.exchange.answer(offer) {
                arriving.description = Some(answer);
            }
        }
        true
    }
}

/// A line for the log.
pub(super) fn warn(hands: &mut Hands<'_, '_>, text: String) {
    hands.cx.out.engine.push(Input::Saw(Fact::Log {
        level: Level::Warning,
        from: "sip",
        text,
    }));
}
