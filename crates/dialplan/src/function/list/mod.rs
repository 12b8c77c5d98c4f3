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

use super::{Env, value_of};
use crate::script::arguments;

/// A variable that holds a list, as `varname[,delimiter]` names it.
struct List {
    name: String,
    /// A comma if none is given.
    delimiter: char,
    fields: String,
}

impl List {
    fn named(env: &mut dyn Env, args: &str) -> List {
        let args = arguments::split_raw(args, 2);
        let name = arguments::nth(&args, 0).to_owned();
        List {
            delimiter: arguments::escaped(arguments::nth(&args, 1)).map_or(',', |(c, _)| c),
            fields: value_of(env, &name),
            name,
        }
    }
}
