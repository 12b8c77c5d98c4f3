//! What phones do on their own: they call, transfer and hear.

use std::sync::{Arc, Mutex};

use engine::request::Responder;
use engine::{Calling, FarEnd, Incoming, Input, Reception};
use switch::{ChannelId, Party, Text};

use super::super::asked::Asked;
use super::super::phone::TECHNOLOGY;
use super::Exchange;

impl Exchange {
    /// What the engine knows of a phone from now on; without contacts it cannot be reached.
    pub fn know(&mut self, far: FarEnd, contacts: &[&str]) {
        let device = far.device.clone();
        self.known.retain(|known| known.device != device);
        self.known.push(far);
        self.handle(Input::Devices(TECHNOLOGY, self.known.clone()));
        let contacts = contacts.iter().map(|contact| Text::from(*contact));
        self.handle(Input::Reach {
            technology: TECHNOLOGY,
            device,
            contacts: contacts.collect(),
        });
    }

    /// A phone calls an extension of the context `default`.
    pub fn dial(&mut self, phone: &str, exten: &str) -> Option<ChannelId> {
        self.call_in(phone, exten, None)
    }

    /// A phone calls in the place of a channel of another one, which ends.
    pub fn replace(&mut self, phone: &str, old: ChannelId) -> Option<ChannelId> {
        self.call_in(phone, "", Some(old))
    }

    fn call_in(
        &mut self,
        phone: &str,
        exten: &str,
        replaces: Option<ChannelId>,
    ) -> Option<ChannelId> {
        let known = self.known.iter().find(|known| &*known.device == phone);
        let far = known.cloned().unwrap_or_else(|| far_end(phone));
        let made: Arc<Mutex<Option<ChannelId>>> = Arc::default();
        let slot = Arc::clone(&made);
        self.handle(Input::Incoming(Box::new(Incoming {
            call: Calling {
                technology: TECHNOLOGY,
                context: Text::from("default"),
                exten: Text::from(exten),
                caller: match far.caller.is_empty() {
                    true => Party {
                        number: Text::from(phone),
                        ..Party::default()
                    },
                    false => far.caller.clone(),
                },
                redirected: None,
                far,
                variables: Vec::new(),
                headers: Vec::new(),
                reference: Text::default(),
            },
            replaces,
            reply: Responder::new(move |reception| {
                if let (Ok(mut slot), Reception::Made(id)) = (slot.lock(), reception) {
                    *slot = Some(id);
                }
            }),
        })));
        made.lock().map_or(None, |id| *id)
    }

    /// A phone sends whoever it talks with to an extension, or joins them with whoever it talks with on
    /// another of its channels.
    pub fn transfer(
        &mut self,
        channel: ChannelId,
        exten: &str,
        attended: Option<ChannelId>,
    ) -> Asked<bool> {
        let exten = Text::from(exten);
        self.ask_with(|reply| Input::Transfer {
            channel,
            exten,
            attended,
            reply,
        })
    }

    /// Whose sound goes into each file of a channel, in words as [`Exchange::hears`] has them.
    pub fn recorded(&self, channel: ChannelId) -> Vec<Vec<String>> {
        let name = |id| self.lines.get(&id).cloned().unwrap_or_default();
        self.ears.recorded(channel, name)
    }

    /// What a phone hears on a channel, in words; other phones by their names.
    pub fn hears(&self, channel: ChannelId) -> Vec<String> {
        let name = |id| self.lines.get(&id).cloned().unwrap_or_default();
        self.ears.heard(channel, name)
    }
}

/// What the engine knows of a phone.
pub(super) fn far_end(phone: &str) -> FarEnd {
    FarEnd {
        device: Text::from(phone),
        context: Text::from("default"),
        formats: Text::from("(ulaw)"),
        format: Text::from("ulaw"),
        ..FarEnd::default()
    }
}
