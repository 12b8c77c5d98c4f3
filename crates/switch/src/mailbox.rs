//! Mailboxes: what waits in them, as programs outside count it.

use std::collections::BTreeMap;
use std::ops::Add;

use crate::fact::Fact;
use crate::limits;
use crate::snapshot::Text;
use crate::switch::Switch;

/// What waits in a mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mailbox {
    /// Messages that nobody heard yet.
    pub new: u32,
    /// Messages that were heard.
    pub old: u32,
}

/// Several mailboxes counted as one.
impl Add for Mailbox {
    type Output = Mailbox;

    fn add(self, other: Mailbox) -> Mailbox {
        Mailbox {
            new: self.new.saturating_add(other.new),
            old: self.old.saturating_add(other.old),
        }
    }
}

/// All mailboxes that somebody counts, by name such as `2001@default`.
pub type Mailboxes = BTreeMap<Text, Mailbox>;

impl Switch {
    /// Says what waits in a mailbox, which begins to exist with it. Whether there was room for it.
    pub fn set_mailbox(&mut self, name: &Text, mailbox: Mailbox) -> bool {
        if self.mailboxes.len() >= limits::MAILBOXES && !self.mailboxes.contains_key(name) {
            return false;
        }
        if self.mailboxes.insert(name.clone(), mailbox) != Some(mailbox) {
            self.mailbox_is(name, mailbox);
        }
        true
    }

    /// Nobody counts a mailbox any more: whether somebody did.
    pub fn remove_mailbox(&mut self, name: &Text) -> bool {
        let known = self.mailboxes.remove(name).is_some();
        if known {
            self.mailbox_is(name, Mailbox::default());
        }
        known
    }

    fn mailbox_is(&mut self, name: &Text, mailbox: Mailbox) {
        self.tell(Fact::MailboxChanged {
            name: name.clone(),
            mailbox,
        });
    }
}
