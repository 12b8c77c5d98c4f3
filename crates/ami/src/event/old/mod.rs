//! The words of the old dialect, version 1.1, where they differ from today's.
//!
//! Asterisk 1.4 to 1.8 told calls in events of another form. What stands here replaces the event of the
//! same name for sessions of that dialect, with these exceptions: `Dial` with its `SubEvent` stands for
//! DialBegin and DialEnd; `Bridge` comes when the second channel enters a bridge and `Unlink` when one of
//! two leaves, in place of BridgeEnter and BridgeLeave; `DTMF` stands for DTMFBegin and DTMFEnd, `Hold` for
//! Unhold too, `MusicOnHold` for its start and stop, `HangupRequest` for SoftHangupRequest too. Events of
//! today that are neither here nor in [`UNCHANGED`] did not exist and are not sent.

mod bridge;
mod dial_begin;
mod dial_end;
mod dtmf;
mod extension_status;
mod fully_booted;
mod hangup;
mod hangup_request;
mod hold;
mod local_bridge;
mod music_on_hold;
mod new_account_code;
mod new_callerid;
mod newchannel;
mod newexten;
mod newstate;
mod originate_response;
mod rename;
mod unlink;
mod user_event;
mod var_set;

pub use bridge::Bridge;
pub use dial_begin::DialBegin;
pub use dial_end::DialEnd;
pub use dtmf::Dtmf;
pub use extension_status::ExtensionStatus;
pub use fully_booted::FullyBooted;
pub use hangup::Hangup;
pub use hangup_request::HangupRequest;
pub use hold::Hold;
pub use local_bridge::LocalBridge;
pub use music_on_hold::MusicOnHold;
pub use new_account_code::NewAccountCode;
pub use new_callerid::NewCallerid;
pub use newchannel::Newchannel;
pub use newexten::Newexten;
pub use newstate::Newstate;
pub use originate_response::OriginateResponse;
pub use rename::Rename;
pub use unlink::Unlink;
pub use user_event::UserEvent;
pub use var_set::VarSet;

use crate::Event;
use crate::spec::EventSpec;

/// Every event that the old dialect has in a form of its own, by name.
pub const ALL: &[&EventSpec] = &[
    &Bridge::SPEC,
    &DialBegin::SPEC,
    &DialEnd::SPEC,
    &Dtmf::SPEC,
    &ExtensionStatus::SPEC,
    &FullyBooted::SPEC,
    &Hangup::SPEC,
    &HangupRequest::SPEC,
    &Hold::SPEC,
    &LocalBridge::SPEC,
    &MusicOnHold::SPEC,
    &NewAccountCode::SPEC,
    &NewCallerid::SPEC,
    &Newchannel::SPEC,
    &Newexten::SPEC,
    &Newstate::SPEC,
    &OriginateResponse::SPEC,
    &Rename::SPEC,
    &Unlink::SPEC,
    &UserEvent::SPEC,
    &VarSet::SPEC,
];

/// The events of today that the old dialect has in the same form.
pub const UNCHANGED: &[&str] = &["CEL", "Cdr", "Load", "Reload", "Shutdown", "Unload"];
