use crate::Event;

/// The entry that DBGet asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(name = "DBGetResponse", item_id_last)]
pub struct DbGetResponse<'a> {
    /// The family.
    pub family: &'a str,
    /// The key.
    pub key: &'a str,
    /// The value.
    #[event(name = "Val")]
    pub value: &'a str,
}
