use ami::EventMask;
use ami::action::session::Events;

use crate::reply::Reply;
use crate::session::Session;

/// Chooses which events come from now on.
pub(super) fn events(session: &mut Session, action: Events) -> Reply {
    let Some(mask) = EventMask::parse(&action.event_mask) else {
        return Reply::error("Invalid event mask");
    };
    session.set_mask(mask);
    Reply::fields().line("Events", if mask.is_on() { "On" } else { "Off" })
}
