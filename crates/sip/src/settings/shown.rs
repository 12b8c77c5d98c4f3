//! Objects as the manager interface and the console show them.

use super::option::Object;
use super::{
    Acl, Aor, Auth, Endpoint, Global, Identify, Registration, ResourceList, System, Transport,
};

/// A value of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field<'a> {
    /// The option's name in pjsip.conf.
    pub option: &'static str,
    /// Its key on the manager interface.
    pub key: &'static str,
    /// Its value.
    pub value: &'a str,
}

macro_rules! shows {
    ($($object:ty),*) => {$(
        impl $object {
            /// Its values in the order in which the manager interface shows them.
            pub fn fields(&self) -> impl Iterator<Item = Field<'_>> {
                let table = <$object as Object>::OPTIONS.iter();
                table.zip(&self.shown).filter(|(option, _)| !option.field.is_empty()).map(|(option, value)| Field {
                    option: option.name,
                    key: option.field,
                    value,
                })
            }

            /// The value of an option as it is shown; empty where there is none of that name.
            pub fn shown(&self, option: &str) -> &str {
                self.fields().find(|field| field.option == option).map_or("", |field| field.value)
            }
        }
    )*};
}

shows!(
    Acl,
    Aor,
    Auth,
    Endpoint,
    Global,
    Identify,
    Registration,
    ResourceList,
    System,
    Transport
);
