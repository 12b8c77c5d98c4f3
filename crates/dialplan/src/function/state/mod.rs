//! What devices and persons are at.

mod device_state;
mod extension_state;
mod hint;
mod presence_state;
mod vmcount;

pub(crate) use device_state::DEVICE_STATE;
pub(crate) use extension_state::EXTENSION_STATE;
pub(crate) use hint::HINT;
pub(crate) use presence_state::PRESENCE_STATE;
pub(crate) use vmcount::VMCOUNT;
