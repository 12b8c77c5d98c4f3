//! Requests about devices, hints and presences.

use std::sync::Arc;

use dialplan::hint;
use dialplan::world::{Change, Shared};
use switch::Text;
use switch::device::{DeviceState, ExtensionState};
use switch::presence::Presence;

use crate::request::HintState;

/// Who watches a hint: the switch itself, to tell what it shows. Phones that subscribe come on top.
const WATCHERS: usize = 1;

pub(super) fn extension(shared: &Shared, exten: Text, context: Text) -> HintState {
    let world = shared.borrow();
    let hint = world.hint(&context, &exten).unwrap_or_default();
    HintState {
        state: hint::extension_state(&world, &hint),
        presence: hint::presence(&world, &hint),
        watchers: WATCHERS,
        exten,
        context,
        hint,
    }
}

pub(super) fn hints(shared: &Shared) -> Vec<HintState> {
    let world = shared.borrow();
    let state_of = |at: &dialplan::Hint| HintState {
        exten: at.exten.clone(),
        context: at.context.clone(),
        hint: at.hint.clone(),
        state: match hint::extension_state(&world, &at.hint) {
            ExtensionState::NoHint => ExtensionState::Idle,
            state => state,
        },
        presence: hint::presence(&world, &at.hint),
        watchers: WATCHERS,
    };
    world.hints().all.iter().map(state_of).collect()
}

pub(super) fn set_device(shared: &Shared, device: &Text, state: DeviceState) {
    let mut world = shared.borrow_mut();
    if let Some(name) = device.strip_prefix("Custom:") {
        let key = Text::from(format!("/CustomDevstate/{name}"));
        world.change_database(
            Change::Put {
                key,
                value: Text::from(state.word()),
            },
            drop,
        );
    }
    hint::set_device(&mut world, device, state);
}

pub(super) fn presence(shared: &Shared, presentity: &str) -> Option<Arc<Presence>> {
    let world = shared.borrow();
    let known = world.switch.devices.presence(presentity).cloned();
    let provider = presentity.split(':').next().unwrap_or_default();
    known.or_else(|| {
        (provider.eq_ignore_ascii_case("CustomPresence") && presentity.contains(':'))
            .then(|| Arc::new(hint::not_set()))
    })
}
