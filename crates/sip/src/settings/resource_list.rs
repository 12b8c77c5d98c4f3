//! `type = resource_list`: several things that a subscription names as one (RFC 4662).

use std::time::Duration;

use switch::Text;

use super::option::Takes::*;
use super::option::{Object, Opt, row};

/// Several things that a subscription names as one. Each field is the option of its name.
#[derive(Debug, Clone, Default)]
pub struct ResourceList {
    /// Its name: the section's.
    pub name: Text,
    /// The event package: `presence`, `dialog` or `message-summary`.
    pub event: Text,
    /// Whether every notification has all of them.
    pub full_state: bool,
    /// What is in it: extensions, mailboxes or other lists.
    pub list_item: Vec<Text>,
    /// How long changes are gathered before they are told.
    pub notification_batch_interval: Duration,
    pub(super) shown: Vec<Text>,
}

impl Object for ResourceList {
    const OPTIONS: &'static [Opt<ResourceList>] = &[
        row("event", "Event", "", Other(put_event)),
        row(
            "full_state",
            "FullState",
            "false",
            Flag(|l| &mut l.full_state),
        ),
        row("list_item", "ListItem", "", Lines(|l| &mut l.list_item)),
        row(
            "notification_batch_interval",
            "NotificationBatchInterval",
            "0",
            Other(put_interval),
        ),
        row(
            "resource_display_name",
            "ResourceDisplayName",
            "false",
            IdleFlag,
        ),
    ];

    fn shown(&mut self) -> &mut Vec<Text> {
        &mut self.shown
    }

    fn named(&mut self, name: Text) {
        self.name = name;
    }
}

fn put_event(list: &mut ResourceList, value: &str) -> Result<String, String> {
    let event = value.trim().to_ascii_lowercase();
    match event.as_str() {
        "" | "presence" | "dialog" | "message-summary" => {
            list.event = event.as_str().into();
            Ok(event)
        }
        _ => Err(format!("nobody can be told of {value}")),
    }
}

fn put_interval(list: &mut ResourceList, value: &str) -> Result<String, String> {
    let millis: u32 = value
        .trim()
        .parse()
        .map_err(|_| format!("not a number of milliseconds: {value}"))?;
    list.notification_batch_interval = Duration::from_millis(millis.into());
    Ok(millis.to_string())
}
