//! Values that hold several fields.

mod array;
mod cut;
mod fieldnum;
mod fieldqty;
mod listfilter;
mod pop;
mod push;
mod shift;
mod sort;
mod unshift;

pub(crate) use array::ARRAY;
pub(crate) use cut::CUT;
pub(crate) use fieldnum::FIELDNUM;
pub(crate) use fieldqty::FIELDQTY;
pub(crate) use listfilter::LISTFILTER;
pub(crate) use pop::POP;
pub(crate) use push::PUSH;
pub(crate) use shift::SHIFT;
pub(crate) use sort::SORT;
pub(crate) use unshift::UNSHIFT;
