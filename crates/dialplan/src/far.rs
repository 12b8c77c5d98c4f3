//! Devices that drivers speak with, and the channels that lead to them.

mod figures;

use std::collections::HashMap;

use switch::channel::{Channel, Kind, Redirecting};
use switch::device::DeviceState;
use switch::{Cause, ChannelId, NewChannel, Party, State, Text};

use crate::hint;
use crate::leg::{NoLeg, Request};
use crate::world::World;

pub use figures::{cause, figure, reason, refusal};

/// What is known of a device before it is called or calls.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FarEnd {
    /// Its name, such as `6001`.
    pub device: Text,
    /// Whose calls they are.
    pub caller: Party,
    /// Where its dialplan is.
    pub context: Text,
    /// Language of its sounds; empty for the switch's own.
    pub language: Text,
    /// Account that its calls are charged to.
    pub account: Text,
    /// Class of its music on hold; empty for the default.
    pub music_class: Text,
    /// Country whose tones it hears; empty for the default.
    pub tone_zone: Text,
    /// Variables of its channels, in order.
    pub variables: Vec<(Text, Text)>,
    /// Its codecs as a list shows them, such as `(ulaw|alaw)`.
    pub formats: Text,
    /// The first of them.
    pub format: Text,
    /// Calls at which it counts as busy; 0 for never.
    pub busy_at: u32,
    /// Groups whose ringing it may pick up, and those that may pick up its own: `callgroup`,
    /// `pickupgroup` and the named ones.
    pub groups: [Text; 4],
    /// Whether it hears the tone of ringing from us, before an answer too.
    pub inband_ringing: bool,
}

/// A call that a device begins.
#[derive(Debug)]
pub struct Calling {
    /// The technology, such as `PJSIP`.
    pub technology: &'static str,
    /// Where its dialplan begins: the context.
    pub context: Text,
    /// Where its dialplan begins: the extension.
    pub exten: Text,
    /// Who calls.
    pub caller: Party,
    /// Who sent the call here, where it says so (`Diversion`), and why (`cfb`, `cfnr` and so on).
    pub redirected: Option<(Party, Text)>,
    /// The device that calls, and what its calls begin with beside its own caller id.
    pub far: FarEnd,
    /// Variables of this call beside the device's own, in order, such as `SIPDOMAIN`.
    pub variables: Vec<(Text, Text)>,
    /// The message's headers in order, for `PJSIP_HEADER`.
    pub headers: Vec<(Text, Text)>,
    /// What the far end calls this call, such as its `Call-ID`; empty for nothing.
    pub reference: Text,
}

/// A technology whose channels a driver makes real.
#[derive(Debug)]
pub(crate) struct Technology {
    name: &'static str,
    devices: HashMap<Text, Device>,
    /// Channels made since the start.
    made: u64,
}

/// A device and where it is.
#[derive(Debug)]
struct Device {
    far: FarEnd,
    contacts: Vec<Text>,
}

impl Technology {
    fn new(name: &'static str) -> Technology {
        Technology {
            name,
            devices: HashMap::new(),
            made: 0,
        }
    }
}

impl World {
    /// Takes all devices that a technology can call, in place of those it named before. Those that it
    /// named before stay where they are.
    pub fn set_devices(&mut self, technology: &'static str, devices: Vec<FarEnd>) {
        let known = self.technology_mut(technology);
        let mut before = std::mem::take(&mut known.devices);
        for far in devices {
            let contacts = before.remove(&far.device).map(|device| device.contacts);
            let contacts = contacts.unwrap_or_default();
            known
                .devices
                .insert(far.device.clone(), Device { far, contacts });
        }
        let mut names: Vec<Text> = before.into_keys().collect();
        names.extend(known.devices.keys().cloned());
        names.sort_unstable();
        for name in names {
            hint::device_begins(self, &Text::from(format!("{technology}/{name}")));
        }
    }

    /// Takes where a device can be reached now; nowhere where there is no contact.
    pub fn set_reach(&mut self, technology: &'static str, device: &str, contacts: Vec<Text>) {
        let known = self.technology_mut(technology);
        if let Some(known) = known.devices.get_mut(device) {
            known.contacts = contacts;
            hint::refresh_device(self, &Text::from(format!("{technology}/{device}")));
        }
    }

    /// Where a device can be reached, one address each; `None` where there is no such device.
    pub fn contacts(&self, technology: &str, device: &str) -> Option<&[Text]> {
        let device = self.technology(technology)?.devices.get(device)?;
        Some(&device.contacts)
    }

    /// What is known of a device.
    pub fn far_end(&self, technology: &str, device: &str) -> Option<&FarEnd> {
        Some(&self.technology(technology)?.devices.get(device)?.far)
    }

    /// Whether a driver makes channels of this technology.
    pub fn has_technology(&self, technology: &str) -> bool {
        self.technology(technology).is_some()
    }

    /// The state of a device such as `PJSIP/6001`, by its channels and by whether it can be reached;
    /// `None` where no driver knows it.
    pub(crate) fn far_state(&self, device: &str) -> Option<DeviceState> {
        let (technology, name) = device.split_once('/')?;
        let known = self.technology(technology)?;
        let Some(device) = known.devices.get(name) else {
            return Some(DeviceState::Invalid);
        };
        let lines = self.switch.devices.lines(&format!("{}/{name}", known.name));
        let lines: Vec<&Channel> = lines
            .iter()
            .filter_map(|id| self.switch.channel(*id))
            .collect();
        let used = lines
            .iter()
            .filter(|line| matches!(line.state(), State::Up | State::Ring | State::Busy));
        let busy_at = usize::try_from(device.far.busy_at).unwrap_or(usize::MAX);
        if busy_at > 0 && used.count() >= busy_at {
            return Some(DeviceState::Busy);
        }
        Some(match () {
            () if !lines.is_empty() => DeviceState::of_lines(lines.into_iter().map(line_state)),
            () if device.contacts.is_empty() => DeviceState::Unavailable,
            () => DeviceState::NotInUse,
        })
    }

    /// Makes a channel towards a device; nobody is called yet. `6001`, `number@6001` or `6001/sip:…`.
    pub(crate) fn call_device(
        &mut self,
        technology: &str,
        destination: &str,
        request: Request,
    ) -> Result<ChannelId, NoLeg> {
        let (named, address) = match destination.split_once('/') {
            Some((named, address)) => (named, Some(address)),
            None => (destination, None),
        };
        let name = named.rsplit_once('@').map_or(named, |(_, name)| name);
        let known = self
            .technology(technology)
            .ok_or(NoLeg::Unavailable(Cause::UNKNOWN))?;
        let technology = known.name;
        let device = known
            .devices
            .get(name)
            .filter(|device| address.is_some() || !device.contacts.is_empty())
            .ok_or(NoLeg::Unavailable(Cause::NO_ROUTE))?;
        let far = device.far.clone();
        let new = Calling {
            technology,
            context: far.context.clone(),
            exten: Text::from("s"),
            caller: far.caller.clone(),
            redirected: None,
            far,
            variables: Vec::new(),
            headers: Vec::new(),
            reference: Text::default(),
        };
        self.driver_channel(new, State::Down, request)
    }

    /// Makes a channel for a call that a device began; the dialplan is started by
    /// [`crate::run::start`].
    pub fn incoming(&mut self, calling: Calling) -> Result<ChannelId, NoLeg> {
        let dialled = calling.exten.clone();
        let redirected = calling.redirected.clone();
        let id = self.driver_channel(calling, State::Ring, Request::default())?;
        self.switch.edit(id, |view| view.dnid = dialled);
        if let Some((from, reason)) = redirected {
            let rdnis = from.number.clone();
            self.switch.edit(id, |view| view.rdnis = rdnis);
            if let Some(channel) = self.switch.channel_mut(id) {
                channel.redirecting = Redirecting {
                    from,
                    reason,
                    count: 1,
                    ..Redirecting::default()
                };
            }
        }
        Ok(id)
    }

    fn driver_channel(
        &mut self,
        calling: Calling,
        state: State,
        request: Request,
    ) -> Result<ChannelId, NoLeg> {
        let far = calling.far;
        let known = self.technology_mut(calling.technology);
        let name = Text::from(format!("{}/{}-{:08x}", known.name, far.device, known.made));
        known.made += 1;
        let number = calling.caller.number.clone();
        let id = self.switch.create(NewChannel {
            name,
            technology: calling.technology,
            kind: Kind::Driver,
            state,
            context: calling.context,
            exten: calling.exten,
            caller: calling.caller,
            account: far.account,
            uniqueid: request.uniqueid,
            linkedid: request.linkedid,
            language: far.language,
            formats: far.formats,
            format: far.format,
        })?;
        for (name, value) in far.variables.into_iter().chain(calling.variables) {
            self.switch.set_variable(Some(id), &name, value);
        }
        self.switch.edit(id, |view| view.ani = number);
        if let Some(channel) = self.switch.channel_mut(id) {
            channel.music_class = far.music_class;
            channel.tone_zone = far.tone_zone;
            channel.pickup_groups = far.groups;
            channel.inband_ringing = far.inband_ringing;
            channel.headers = calling.headers;
            channel.reference = calling.reference;
        }
        Ok(id)
    }

    /// A technology by its name. What was once called `SIP` is reached by that name still.
    fn technology(&self, name: &str) -> Option<&Technology> {
        let named = |name: &str| {
            let mut known = self.technologies.iter();
            known.find(|known| known.name.eq_ignore_ascii_case(name))
        };
        named(name).or_else(|| match name.eq_ignore_ascii_case("SIP") {
            true => named("PJSIP"),
            false => None,
        })
    }

    fn technology_mut(&mut self, name: &'static str) -> &mut Technology {
        let at = self
            .technologies
            .iter()
            .position(|known| known.name == name);
        let at = at.unwrap_or_else(|| {
            self.technologies.push(Technology::new(name));
            self.technologies.len() - 1
        });
        &mut self.technologies[at]
    }
}

fn line_state(line: &Channel) -> DeviceState {
    match line.state() {
        _ if line.on_hold => DeviceState::OnHold,
        State::Down | State::PreRing => DeviceState::NotInUse,
        State::Ringing => DeviceState::Ringing,
        State::Busy => DeviceState::Busy,
        _ => DeviceState::InUse,
    }
}
