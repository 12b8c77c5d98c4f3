//! Events that programs and dialplans raise.

use ami::event::session::UserEvent;
use switch::fact::Fact;

use super::group::channel;
use crate::rendered::Rendered;

pub(super) fn tell(fact: &Fact, out: &mut Rendered) {
    let Fact::UserEvent {
        channel: of,
        name,
        headers,
    } = fact
    else {
        return;
    };
    let event = UserEvent {
        channel: of.as_deref().map(channel),
        kind: name,
        headers,
    };
    // Of a channel the dialects say different things, a program's event is the same in both.
    if of.is_some() {
        out.current(&event);
    } else {
        out.event(&event);
    }
}
