//! Hints: extensions that show the state of devices and persons.

use std::sync::Arc;

use switch::Text;
use switch::device::{DeviceState, ExtensionState};
use switch::fact::Fact;
use switch::presence::{Presence, PresenceState};

use crate::lookup::Hint;
use crate::world::World;

/// The state of a device, whoever keeps it.
pub fn device_state(world: &World, device: &str) -> DeviceState {
    if let Some(state) = world.far_state(device) {
        return state;
    }
    world.switch.devices.state(device, &|exten, context| {
        world.exists(None, context, exten, 1)
    })
}

/// What a hint's devices make together: the part before a comma, devices joined with `&`.
pub fn extension_state(world: &World, hint: &str) -> ExtensionState {
    let devices = hint.split(',').next().unwrap_or_default();
    let mut devices = devices
        .split('&')
        .filter(|device| !device.is_empty())
        .peekable();
    if devices.peek().is_none() {
        return ExtensionState::NoHint;
    }
    ExtensionState::of_devices(devices.map(|device| device_state(world, device)))
}

/// The presence at a hint: the part behind the first comma.
pub fn presence(world: &World, hint: &str) -> Arc<Presence> {
    let provider = hint.split_once(',').map_or("", |(_, provider)| provider);
    world
        .switch
        .devices
        .presence(provider)
        .cloned()
        .unwrap_or_else(|| Arc::new(not_set()))
}

/// The presence of somebody who said nothing.
pub fn not_set() -> Presence {
    Presence {
        state: PresenceState::NotSet,
        subtype: Text::default(),
        message: Text::default(),
    }
}

/// Sets a device's state and tells it with the extensions that show it.
pub fn set_device(world: &mut World, device: &Text, state: DeviceState) {
    if world.switch.devices.set(device, state) {
        device_changed(world, device);
        world.switch.tell(Fact::DeviceChanged {
            device: device.clone(),
            state,
        });
    }
}

/// Tells the state of a driver's device where it is another now.
pub(crate) fn refresh_device(world: &mut World, device: &Text) {
    if let Some(state) = world.far_state(device) {
        set_device(world, device, state);
    }
}

/// Takes note of the state of a driver's device: one that is known since this moment has changed nothing
/// yet.
pub(crate) fn device_begins(world: &mut World, device: &Text) {
    if world.switch.devices.is_known(device) {
        return refresh_device(world, device);
    }
    let Some(state) = world.far_state(device) else {
        return;
    };
    world.switch.devices.set(device, state);
    let hints = Arc::clone(&world.hints);
    for hint in hints.watching(device) {
        let shown = extension_state(world, &hint.hint);
        let place = Text::from(format!("{}@{}", hint.exten, hint.context));
        world.switch.devices.set_hint(&place, shown);
    }
}

/// Tells the extensions whose hint names the device, where their state is another now.
pub fn device_changed(world: &mut World, device: &str) {
    let hints = Arc::clone(&world.hints);
    for Hint {
        exten,
        context,
        hint,
    } in hints.watching(device)
    {
        let state = extension_state(world, hint);
        if world
            .switch
            .devices
            .set_hint(&Text::from(format!("{exten}@{context}")), state)
        {
            world.switch.tell(Fact::ExtensionChanged {
                exten: exten.clone(),
                context: context.clone(),
                hint: hint.clone(),
                state,
            });
        }
    }
}

/// Sets a presence and tells it with the extensions that show it.
pub fn set_presence(world: &mut World, presentity: &Text, presence: Presence) {
    if !world.switch.set_presence(presentity, presence) {
        return;
    }
    let hints = Arc::clone(&world.hints);
    for Hint {
        exten,
        context,
        hint,
    } in &hints.all
    {
        if hint
            .split_once(',')
            .is_some_and(|(_, provider)| provider == &**presentity)
        {
            let presence = self::presence(world, hint);
            world.switch.tell(Fact::ExtensionPresenceChanged {
                exten: exten.clone(),
                context: context.clone(),
                hint: hint.clone(),
                presence,
            });
        }
    }
}
