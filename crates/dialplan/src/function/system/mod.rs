//! The switch and the host it runs on.

mod env;
mod ifmodule;
mod shell;
mod stat;
mod sysinfo;
mod version;

pub(crate) use env::ENV;
pub(crate) use ifmodule::IFMODULE;
pub(crate) use shell::SHELL;
pub(crate) use stat::STAT;
pub(crate) use sysinfo::SYSINFO;
pub(crate) use version::VERSION;

use super::FunctionError;
use crate::scope::CallScope;
use crate::script::Scope;

/// The call, or whoever else uses a function, with the world outside to ask.
pub(super) fn call_scope(scope: &dyn Scope) -> Result<&CallScope, FunctionError> {
    let scope = scope
        .as_any()
        .and_then(|scope| scope.downcast_ref::<CallScope>());
    scope.ok_or_else(|| FunctionError::failed("it needs a call"))
}
