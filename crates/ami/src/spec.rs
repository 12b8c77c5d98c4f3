//! What a declaration says about its word of the protocol, as data: help on the console, the reference
//! page and the JSON schema are made of it.

use crate::Permission;

/// An action.
#[derive(Debug, Clone, Copy)]
pub struct ActionSpec {
    /// The value of the `Action` header; clients may write it in any case.
    pub name: &'static str,
    /// The module that offers it; `core` cannot be unloaded.
    pub module: &'static str,
    /// Who may do it: one of the classes is enough, none means everybody who is logged in.
    pub privilege: Permission,
    /// One sentence.
    pub summary: &'static str,
    /// More about it, paragraphs with an empty line between; may be empty.
    pub details: &'static str,
    /// Its headers besides `Action` and `ActionID`.
    pub parameters: &'static [ParameterSpec],
    /// The events that a list is made of, for an action that answers with one.
    pub items: &'static [&'static str],
    /// The event that ends the list, or empty.
    pub complete: &'static str,
}

/// A header of an action.
#[derive(Debug, Clone, Copy)]
pub struct ParameterSpec {
    /// The key, or `*` for all keys that are not named.
    pub name: &'static str,
    /// What it means, in a sentence or two.
    pub help: &'static str,
    /// Whether the action is refused without it.
    pub required: bool,
    /// Whether it may come more than once.
    pub repeated: bool,
    /// The values that mean something; empty where any text does.
    pub values: &'static [&'static str],
}

/// An event.
#[derive(Debug, Clone, Copy)]
pub struct EventSpec {
    /// The value of the `Event` line.
    pub name: &'static str,
    /// The module that sends it.
    pub module: &'static str,
    /// Who sees it; empty for what only comes as an item of a list.
    pub class: Permission,
    /// One sentence.
    pub summary: &'static str,
    /// More about it, paragraphs with an empty line between; may be empty.
    pub details: &'static str,
    /// Whether it comes as an item of a list, with the asker's ActionID in place of the privilege.
    pub item: ItemSpec,
    /// Whether it ends a list, with `EventList: Complete` after the ActionID.
    pub complete: bool,
    /// Its lines in order.
    pub fields: &'static [FieldSpec],
}

/// Where the ActionID of a list's item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemSpec {
    /// Never an item.
    Never,
    /// Right after the `Event` line.
    ActionIdSecond,
    /// At the end.
    ActionIdLast,
}

/// A line of an event, or several.
#[derive(Debug, Clone, Copy)]
pub enum FieldSpec {
    /// One line.
    Line {
        /// The key.
        name: &'static str,
        /// What the value is.
        kind: Kind,
        /// What stands there when the value is empty.
        empty: &'static str,
        /// Whether the line may be missing.
        optional: bool,
        /// What it means.
        help: &'static str,
    },
    /// The lines that describe a channel, a bridge or an attempt to get in.
    Group {
        /// Which of these.
        group: Group,
        /// What each of the keys begins with.
        prefix: &'static str,
        /// Whether the lines may be missing.
        optional: bool,
        /// Whose they are.
        help: &'static str,
    },
    /// A line `Key: name=value` for each of several pairs.
    Pairs {
        /// The key.
        name: &'static str,
        /// What it means.
        help: &'static str,
    },
    /// Lines whose keys the sender chose.
    Free {
        /// What they mean.
        help: &'static str,
    },
}

/// A set of lines that many events share; see [`event::group`](crate::event::group).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// A channel.
    Channel,
    /// A bridge.
    Bridge,
    /// Who tried what.
    Security,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A whole number in decimal.
    Number,
    /// `Yes` or `No`.
    YesNo,
}
