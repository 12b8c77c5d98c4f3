//! The users of manager.conf.

use std::time::Duration;

use ami::{Dialect, Permission};
use switch::Text;

use crate::acl::AccessList;
use crate::authenticate::Secret;
use crate::filter::FilterSet;
use crate::limits;

/// One user, as the files had it when it was read. A session keeps the one it logged in as.
#[derive(Debug, Clone)]
pub struct User {
    /// Name, as logged in with.
    pub name: String,
    /// What it proves itself with.
    pub secret: Secret,
    /// Which events it may see.
    pub read: Permission,
    /// Which actions it may do.
    pub write: Permission,
    /// Where it may come from.
    pub access: AccessList,
    /// Whether its coming and going is logged.
    pub display_connects: bool,
    /// Whether it may be logged in more than once.
    pub allow_multiple_login: bool,
    /// Variables that its Originates set on their channels.
    pub variables: Vec<(Text, Text)>,
    /// Which of the events that it may see it gets.
    pub filters: FilterSet,
    /// How it is spoken with; `None`: as its listener says.
    pub dialect: Option<Dialect>,
    /// The first word of replies that begin a list.
    pub list_response: ListResponse,
    /// How long it may take nothing of what is written to it before it is cut.
    pub write_timeout: Duration,
}

impl User {
    /// A user of this name that may nothing and has no secret.
    pub fn new(name: &str) -> User {
        User {
            name: name.to_owned(),
            secret: Secret::default(),
            read: Permission::NONE,
            write: Permission::NONE,
            access: AccessList::default(),
            display_connects: true,
            allow_multiple_login: true,
            variables: Vec::new(),
            filters: FilterSet::default(),
            dialect: None,
            list_response: ListResponse::default(),
            write_timeout: limits::WRITE_TIMEOUT,
        }
    }
}

/// The first word of replies that begin a list (`listresponse`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListResponse {
    /// `Success`, for every client alive.
    #[default]
    Success,
    /// `Follows`, as documents of the old dialect's age have it.
    Follows,
}

impl ListResponse {
    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            ListResponse::Success => "Success",
            ListResponse::Follows => "Follows",
        }
    }
}
