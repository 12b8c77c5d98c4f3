//! States of devices, extensions and people.

use ami::event::state::{
    DeviceStateChange, ExtensionStatus, MessageWaiting, PresenceStateChange, PresenceStatus,
};
use switch::fact::Fact;

use crate::rendered::Rendered;

pub(super) fn tell(fact: &Fact, out: &mut Rendered) {
    match fact {
        Fact::DeviceChanged { device, state } => {
            out.current(&DeviceStateChange {
                device,
                state: state.word(),
            });
        }
        Fact::ExtensionChanged {
            exten,
            context,
            hint,
            state,
        } => out.current(&ExtensionStatus {
            exten,
            context,
            hint,
            status: state.figure(),
            status_text: state.word(),
        }),
        Fact::PresenceChanged {
            presentity,
            presence,
        } => out.current(&PresenceStateChange {
            presentity,
            status: presence.state.word(),
            subtype: &presence.subtype,
            message: &presence.message,
        }),
        Fact::ExtensionPresenceChanged {
            exten,
            context,
            hint,
            presence,
        } => {
            out.current(&PresenceStatus {
                exten,
                context,
                hint,
                status: presence.state.word(),
                subtype: &presence.subtype,
                message: &presence.message,
            });
        }
        Fact::MailboxChanged { name, mailbox } => out.event(&MessageWaiting {
            channel: None,
            mailbox: name,
            waiting: u8::from(mailbox.new > 0),
            new: mailbox.new,
            old: mailbox.old,
        }),
        _ => {}
    }
}
