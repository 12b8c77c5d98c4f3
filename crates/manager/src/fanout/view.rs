//! What a session is shown of the stream of events.

use ami::{Dialect, EventMask, Permission};

use crate::filter::FilterSet;
use crate::rendered::Told;
use crate::user::User;

/// What makes the views of two sessions the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ViewSpec {
    /// The classes that the user may read and the session's mask asks for.
    pub(crate) classes: Permission,
    /// How the session is spoken with.
    pub(crate) dialect: Dialect,
    /// The user's filters and the session's.
    pub(crate) filters: FilterSet,
}

impl ViewSpec {
    /// What `user` sees with this mask and these filters.
    pub(crate) fn new(
        user: &User,
        mask: EventMask,
        dialect: Dialect,
        filters: FilterSet,
    ) -> ViewSpec {
        let may = match dialect {
            Dialect::Current => user.read,
            // The class came after the old dialect, whose clients know none of its events.
            Dialect::Old => user.read.without(Permission::SECURITY),
        };
        ViewSpec {
            classes: may.intersection(mask.0),
            dialect,
            filters,
        }
    }

    /// Whether an event is part of it.
    pub(crate) fn wants(&self, told: &Told<'_>) -> bool {
        !self.classes.is_empty()
            && self.classes.contains(told.class)
            && told.dialect.is_none_or(|dialect| dialect == self.dialect)
            && self.filters.passes(told.name, told.packet)
    }
}
