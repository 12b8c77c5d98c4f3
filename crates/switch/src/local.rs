//! Local channels: pairs whose halves are each other's far end.

use crate::channel::{Kind, Local};
use crate::create::{NewChannel, NoNewChannel};
use crate::fact::Fact;
use crate::signal::{Order, Signal};
use crate::snapshot::{Party, Text};
use crate::switch::Switch;
use crate::{ChannelId, State};

/// What a Local channel's dial string says: `exten@context/options`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalAddress<'a> {
    /// Extension.
    pub exten: &'a str,
    /// Context; `default` where the string names none.
    pub context: &'a str,
    /// Whether the pair may be taken out of the middle: not with the option `n`.
    pub optimize: bool,
}

impl<'a> LocalAddress<'a> {
    /// Reads a dial string.
    pub fn parse(text: &'a str) -> LocalAddress<'a> {
        let (place, options) = text.split_once('/').unwrap_or((text, ""));
        let (exten, context) = place.split_once('@').unwrap_or((place, "default"));
        LocalAddress {
            exten,
            context,
            optimize: !options.contains('n'),
        }
    }
}

impl Switch {
    /// Makes a pair: the half that is called, and the half that will run the dialplan.
    pub fn create_local(
        &mut self,
        address: &LocalAddress<'_>,
        linkedid: Text,
        ids: (Text, Text),
    ) -> Result<(ChannelId, ChannelId), NoNewChannel> {
        if self.channels.len() + 2 > self.max_channels {
            return Err(NoNewChannel::Full);
        }
        let taken = |id: &Text| !id.is_empty() && self.ids.contains_key(id);
        if taken(&ids.0) || taken(&ids.1) || !ids.0.is_empty() && ids.0 == ids.1 {
            return Err(NoNewChannel::Taken);
        }
        let name = format!(
            "Local/{}@{}-{:08x}",
            address.exten, address.context, self.local_pairs
        );
        self.local_pairs += 1;
        let local = Local {
            other: None,
            exten: Text::from(address.exten),
            context: Text::from(address.context),
            optimize: address.optimize,
        };
        let (formats, format) = self.local_formats();
        let new = |half: u8, kind: Kind, state: State, uniqueid: Text, linkedid: Text| NewChannel {
            name: Text::from(format!("{name};{half}")),
            technology: "Local",
            kind,
            state,
            context: local.context.clone(),
            exten: local.exten.clone(),
            caller: Party::default(),
            account: Text::default(),
            uniqueid,
            linkedid,
            language: Text::default(),
            formats: formats.clone(),
            format: format.clone(),
        };
        let one = self.create(new(
            1,
            Kind::LocalOne(local.clone()),
            State::Down,
            ids.0,
            linkedid,
        ))?;
        let linkedid = self
            .view(one)
            .map(|view| view.linkedid.clone())
            .unwrap_or_default();
        let two = self.create(new(
            2,
            Kind::LocalTwo(local.clone()),
            State::Ring,
            ids.1,
            linkedid,
        ))?;
        for (half, other) in [(one, two), (two, one)] {
            if let Some(channel) = self.channels.get_mut(&half)
                && let Kind::LocalOne(local) | Kind::LocalTwo(local) = &mut channel.kind
            {
                local.other = Some(other);
            }
        }
        self.devices.local_began(&local.exten, &local.context);
        Ok((one, two))
    }

    /// Calls through a pair: the second half takes over what the first was given, and is ready to run
    /// the dialplan. Who is calling at one end is whom the other is connected with.
    pub fn call_local(&mut self, one: ChannelId) -> Option<ChannelId> {
        let called = self.channels.get(&one)?;
        let Kind::LocalOne(local) = called.kind.clone() else {
            return None;
        };
        let two = local.other?;
        let from = called.view.clone();
        let (redirecting, forwards) = (called.redirecting.clone(), called.forwards);
        let (heirlooms, formats) = (called.heirlooms.clone(), called.caller_formats.clone());
        let variables: Vec<_> = called
            .variables
            .iter()
            .rev()
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect();
        self.edit(two, |view| {
            view.language = from.language.clone();
            view.ama_flags = from.ama_flags;
            view.peer_account = from.account.clone();
            view.rdnis = from.rdnis.clone();
            view.dnid = from.dnid.clone();
        });
        if let Some(channel) = self.channels.get_mut(&two) {
            channel.redirecting = redirecting;
            channel.heirlooms = heirlooms;
            channel.caller_formats = formats;
            channel.forwards = forwards;
        }
        for (name, value) in variables {
            self.set_variable(Some(two), &name, value);
        }
        // Parties and account are in place before the first of the facts is told.
        let old = self.view(two)?.account.clone();
        self.edit(two, |view| {
            view.caller = from.connected.clone();
            view.connected = from.caller.clone();
            view.account = from.account.clone();
        });
        if !from.connected.is_empty() {
            self.set_caller(two, from.connected.clone(), None);
        }
        if old != from.account {
            let channel = self.view(two)?;
            self.tell(Fact::AccountChanged { channel, old });
        }
        if !from.caller.is_empty() {
            self.set_connected(two, from.caller.clone());
        }
        let fact = Fact::LocalBridged {
            one: self.view(one)?,
            two: self.view(two)?,
            context: local.context,
            exten: local.exten,
            optimize: local.optimize,
        };
        self.tell(fact);
        Some(two)
    }

    /// Ends the second half of a pair that leads nowhere, before anything ran on it.
    pub fn abandon_local(&mut self, one: ChannelId) {
        let Some(two) = self
            .channels
            .get(&one)
            .and_then(|channel| channel.local_other())
        else {
            return;
        };
        for half in [one, two] {
            if let Some(channel) = self.channels.get_mut(&half)
                && let Kind::LocalOne(local) | Kind::LocalTwo(local) = &mut channel.kind
            {
                local.other = None;
            }
        }
        self.end(two);
    }

    /// Carries what one half is told to do to the other half, as what its far end did.
    pub(crate) fn carry(&mut self, from: ChannelId, order: Order) {
        let Some(to) = self
            .channels
            .get(&from)
            .and_then(|channel| channel.local_other())
        else {
            return;
        };
        let signal = match order {
            Order::Ringing => Signal::Ringing,
            Order::Progress => Signal::Progress,
            Order::Proceeding => Signal::Proceeding,
            Order::Answer => Signal::Answer,
            Order::Busy => Signal::Busy,
            Order::Congestion => Signal::Congestion,
            Order::Text(text) => Signal::Text(text),
            Order::Hold(music) => Signal::Hold(music),
            Order::Unhold => Signal::Unhold,
            Order::Connected(party) => Signal::Connected(party),
            Order::DigitBegin(digit) => return self.digit_began(to, digit),
            Order::DigitEnd(digit, duration) => return self.digit_ended(to, digit, duration),
            // A pair is called with `call_local` and parted with `part`.
            // Sound finds its way through a pair by what both halves hear.
            _ => return,
        };
        self.signal(to, signal);
    }

    /// One half ends: the other is told to hang up, with the cause and what became of the dialplan's
    /// last `Dial`.
    pub(crate) fn part(&mut self, id: ChannelId) {
        let Some(channel) = self.channels.get(&id) else {
            return;
        };
        let cause = channel.view.cause;
        let source = channel.view.hangup_source.clone();
        let status = channel.variables.get("DIALSTATUS").cloned();
        let (other, one) = match &channel.kind {
            Kind::LocalOne(local) => {
                self.devices.local_ended(&local.exten, &local.context);
                (local.other, true)
            }
            Kind::LocalTwo(local) => (local.other, false),
            Kind::Driver | Kind::Internal => return,
        };
        let Some(other) = other else { return };
        if let Some(channel) = self.channels.get_mut(&other)
            && let Kind::LocalOne(local) | Kind::LocalTwo(local) = &mut channel.kind
        {
            local.other = None;
        }
        if !one && let Some(status) = status {
            self.edit(other, |view| view.cause = cause);
            self.set_variable(Some(other), "CHANLOCALSTATUS", status);
        }
        if !source.is_empty() && &*source != "dialplan/builtin" {
            self.edit(other, |view| view.hangup_source = source);
        }
        self.hangup_requested(other, Some(cause));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dial_string_names_place_and_options() {
        let address = LocalAddress::parse("101@sales/nj");
        assert_eq!(
            (address.exten, address.context, address.optimize),
            ("101", "sales", false)
        );
        let address = LocalAddress::parse("101");
        assert_eq!(
            (address.exten, address.context, address.optimize),
            ("101", "default", true)
        );
    }
}
