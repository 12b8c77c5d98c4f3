//! Tables: variables with a name and a key.

mod hash;
mod hashkeys;

pub(crate) use hash::HASH;
pub(crate) use hashkeys::HASHKEYS;
