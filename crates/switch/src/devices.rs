//! States of devices and presences, and which of them have to be told.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::ChannelId;
use crate::device::{DeviceState, ExtensionState};
use crate::fact::{Fact, Snap};
use crate::presence::Presence;
use crate::snapshot::Text;
use crate::switch::Switch;

/// What is known of devices and presences.
#[derive(Debug, Default)]
pub struct Devices {
    /// States that somebody set or a driver reported, by device name.
    known: BTreeMap<Text, DeviceState>,
    /// Presences, by presentity.
    presences: BTreeMap<Text, Arc<Presence>>,
    /// What was last told of each hint, by `exten@context`.
    hints: HashMap<Text, ExtensionState>,
    /// Local pairs whose called half is there, by `exten@context`.
    local: HashMap<Text, usize>,
    /// Channels of drivers, by device.
    lines: HashMap<Text, Vec<ChannelId>>,
    changed: Vec<Text>,
    ended: Vec<Text>,
}

impl Devices {
    /// The state of a device; `reachable` says whether an extension exists (exten, context).
    pub fn state(&self, device: &str, reachable: &dyn Fn(&str, &str) -> bool) -> DeviceState {
        let Some(place) = device.strip_prefix("Local/") else {
            // A device of a technology is there only if its driver said so.
            let unknown = match device.contains('/') {
                true => DeviceState::Invalid,
                false => DeviceState::Unknown,
            };
            return self.known.get(device).copied().unwrap_or(unknown);
        };
        let place = place.split_once('/').map_or(place, |(place, _)| place);
        let (exten, context) = place.split_once('@').unwrap_or((place, "default"));
        match () {
            _ if self.local.contains_key(place) => DeviceState::InUse,
            _ if reachable(exten, context) => DeviceState::NotInUse,
            _ => DeviceState::Invalid,
        }
    }

    /// Sets a device's state: whether it is another one now.
    pub fn set(&mut self, device: &Text, state: DeviceState) -> bool {
        self.known.insert(device.clone(), state) != Some(state)
    }

    /// Takes note of what a hint shows: whether it is something else than before. A hint that was never
    /// told counts as idle.
    pub fn set_hint(&mut self, place: &Text, state: ExtensionState) -> bool {
        self.hints
            .insert(place.clone(), state)
            .unwrap_or(ExtensionState::Idle)
            != state
    }

    /// Whether a device's state was ever set.
    pub fn is_known(&self, device: &str) -> bool {
        self.known.contains_key(device)
    }

    /// Forgets a device.
    pub fn forget(&mut self, device: &str) {
        self.known.remove(device);
    }

    /// All devices whose state is known, by name.
    pub fn all(&self) -> impl Iterator<Item = (&Text, DeviceState)> {
        self.known.iter().map(|(device, state)| (device, *state))
    }

    /// A presence.
    pub fn presence(&self, presentity: &str) -> Option<&Arc<Presence>> {
        self.presences.get(presentity)
    }

    /// Sets a presence: whether it is another one now.
    pub fn set_presence(&mut self, presentity: &Text, presence: Arc<Presence>) -> bool {
        self.presences.insert(presentity.clone(), presence.clone()) != Some(presence)
    }

    /// All presences that are known, by presentity.
    pub fn presences(&self) -> impl Iterator<Item = (&Text, &Arc<Presence>)> {
        self.presences.iter()
    }

    /// The channels that a driver's device has, in order of their making.
    pub fn lines(&self, device: &str) -> &[ChannelId] {
        self.lines.get(device).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn line_began(&mut self, channel: &Snap) {
        let lines = self.lines.entry(device_of(&channel.name)).or_default();
        lines.push(channel.id);
    }

    pub(crate) fn line_ended(&mut self, channel: &Snap) {
        let device = device_of(&channel.name);
        if let Some(lines) = self.lines.get_mut(&device) {
            lines.retain(|line| *line != channel.id);
            if lines.is_empty() {
                self.lines.remove(&device);
            }
        }
    }

    pub(crate) fn local_began(&mut self, exten: &str, context: &str) {
        *self
            .local
            .entry(Text::from(format!("{exten}@{context}")))
            .or_default() += 1;
    }

    pub(crate) fn local_ended(&mut self, exten: &str, context: &str) {
        let place = format!("{exten}@{context}");
        if let Some(count) = self.local.get_mut(&*place) {
            *count -= 1;
            if *count == 0 {
                self.local.remove(&*place);
            }
        }
    }
}

impl Switch {
    /// Takes note that the device behind a channel may have another state now.
    pub(crate) fn touch_device_of(&mut self, channel: &Snap, ended: bool) {
        let device = device_of(&channel.name);
        let list = if ended {
            &mut self.devices.ended
        } else {
            &mut self.devices.changed
        };
        list.push(device);
    }

    /// The devices whose channels changed; with `settled`, those whose channels ended as well. Ends
    /// wait until all is quiet, so that a device is judged by what is left of a whole call.
    pub fn take_touched_devices(&mut self, settled: bool) -> Vec<Text> {
        let mut touched = std::mem::take(&mut self.devices.changed);
        if settled {
            touched.append(&mut self.devices.ended);
        }
        touched
    }

    /// Sets the state of a device that keeps one, and says so where it is another now.
    pub fn set_device(&mut self, device: &Text, state: DeviceState) -> bool {
        let changed = self.devices.set(device, state);
        if changed {
            self.tell(Fact::DeviceChanged {
                device: device.clone(),
                state,
            });
        }
        changed
    }

    /// Sets a presence, and says so where it is another now.
    pub fn set_presence(&mut self, presentity: &Text, presence: Presence) -> bool {
        let presence = Arc::new(presence);
        let changed = self.devices.set_presence(presentity, presence.clone());
        if changed {
            self.tell(Fact::PresenceChanged {
                presentity: presentity.clone(),
                presence,
            });
        }
        changed
    }
}

/// The device behind a channel: its name without the number.
fn device_of(name: &Text) -> Text {
    match name.rfind('-') {
        Some(at) => Text::from(&name[..at]),
        None => name.clone(),
    }
}
