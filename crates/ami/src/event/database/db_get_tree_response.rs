use crate::Event;

/// An entry of the list that DBGetTree asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(name = "DBGetTreeResponse", item_id_last)]
pub struct DbGetTreeResponse<'a> {
    /// Family and key: `/family/key`.
    pub key: &'a str,
    /// The value.
    #[event(name = "Val")]
    pub value: &'a str,
}
