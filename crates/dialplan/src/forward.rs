//! Calls that a called far end sends on: to whom, and what is known of it.

use switch::channel::Redirecting;
use switch::signal::Forward;
use switch::{ChannelId, Party, Text};

use crate::world::World;

/// What a leg has of the one whose far end sent the call on.
pub(crate) struct SentBy {
    /// How often the call may be sent on.
    pub(crate) forwards: u32,
    /// Who sent it, and why.
    pub(crate) redirecting: Redirecting,
}

/// Whom to call, as everybody sees it.
pub(crate) fn shown(to: &Forward) -> Text {
    match to {
        Forward::Exten(exten) => exten.clone(),
        Forward::Dialled(dialled) => dialled.clone(),
    }
}

/// Technology and destination. An extension is looked for in `FORWARD_CONTEXT`, else where the leg was
/// dialled from; one that would read as more than an extension leads nowhere, since whoever named it is a
/// phone.
pub(crate) fn target(world: &World, leg: ChannelId, to: &Forward) -> Option<(Text, Text)> {
    match to {
        Forward::Dialled(dialled) => {
            let (technology, destination) = dialled.split_once('/')?;
            Some((technology.into(), destination.into()))
        }
        Forward::Exten(exten) if exten.is_empty() || exten.contains(['/', '@', '&', ',']) => None,
        Forward::Exten(exten) => {
            let named = world.switch.variable(Some(leg), "FORWARD_CONTEXT");
            let context = match named.filter(|named| !named.is_empty()) {
                Some(named) => named,
                None => world.switch.view(leg)?.context.clone(),
            };
            Some(("Local".into(), format!("{exten}@{context}").into()))
        }
    }
}

/// Who sends the call on; `None` where it was sent on too often already.
pub(crate) fn sent_by(
    world: &World,
    leg: ChannelId,
    to: &Forward,
    reason: &Text,
) -> Option<SentBy> {
    let channel = world.switch.channel(leg)?;
    if channel.forwards == 0 {
        return None;
    }
    let before = &channel.redirecting;
    let from = channel.view().caller.clone();
    let original = match before.original.is_empty() {
        true => from.clone(),
        false => before.original.clone(),
    };
    Some(SentBy {
        forwards: channel.forwards,
        redirecting: Redirecting {
            from,
            to: Party {
                number: shown(to),
                ..Party::default()
            },
            original,
            reason: reason.clone(),
            count: before.count + 1,
        },
    })
}
