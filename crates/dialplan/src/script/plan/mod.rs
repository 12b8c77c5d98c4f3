//! The whole script: contexts of extensions, each a list of steps, and finding the step to run.

mod context;
mod edit;
mod lookup;
mod save;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

pub use context::{CallerPattern, Context, Extension, IgnorePattern, Include, Switch};
pub use edit::{EditError, NewStep};
pub use lookup::{At, Found, Query};

/// The registrar of what comes from `extensions.conf` or is edited by hand.
pub const PBX_CONFIG: &str = "pbx_config";

/// A dialplan. A clone shares all contexts with the original until one of the two is edited, so a running
/// plan is changed by editing a clone and putting it in place.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The settings of `[general]`.
    pub general: General,
    /// The variables of `[globals]`, in the order of the file.
    pub globals: Vec<(String, String)>,
    contexts: Vec<Arc<Context>>,
    by_name: HashMap<Arc<str>, usize>,
}

/// The settings of `[general]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct General {
    /// `static`: the file is kept by hand, and may be saved over only with [`General::write_protect`] off.
    pub is_static: bool,
    /// `writeprotect`: `dialplan save` is refused.
    pub write_protect: bool,
    /// `autofallthrough`: a call that runs out of steps ends instead of waiting for digits.
    pub auto_fall_through: bool,
    /// `clearglobalvars`: a reload forgets the globals that the file no longer sets.
    pub clear_globals: bool,
    /// `extenpatternmatchnew`: accepted; patterns are found the same way either way.
    pub new_pattern_match: bool,
    /// `overrideswitch`: the switch that is tried before all contexts.
    pub override_switch: Option<String>,
    /// `userscontext`: the context of what `users.conf` brings.
    pub users_context: String,
}

impl Default for General {
    fn default() -> Self {
        General {
            is_static: false,
            write_protect: false,
            auto_fall_through: true,
            clear_globals: false,
            new_pattern_match: false,
            override_switch: None,
            users_context: "default".to_owned(),
        }
    }
}

/// The number of a step, or the mark of a hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Not a step: what the application names is watched for the extension's state.
    Hint,
    /// Counted from one.
    Number(u32),
}

impl fmt::Display for Priority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Priority::Hint => f.write_str("hint"),
            Priority::Number(number) => write!(f, "{number}"),
        }
    }
}

/// What an extension does at one priority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its place among the extension's steps.
    pub priority: Priority,
    /// The name it can be jumped to by.
    pub label: Option<Arc<str>>,
    /// The application's name; of a hint, all that is watched.
    pub application: Arc<str>,
    /// The application's arguments, variables not yet filled in.
    pub data: Arc<str>,
    /// Who put it there, such as `pbx_config`.
    pub registrar: Arc<str>,
    /// The file and line it was read from.
    pub source: Option<Source>,
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The file's name.
    pub file: Arc<str>,
    /// Counted from one.
    pub line: u32,
}

impl Plan {
    /// A plan without contexts.
    pub fn new() -> Self {
        Plan::default()
    }

    /// The contexts, in the order in which they were made.
    pub fn contexts(&self) -> impl ExactSizeIterator<Item = &Context> {
        self.contexts.iter().map(Arc::as_ref)
    }

    /// The context of this name.
    pub fn context(&self, name: &str) -> Option<&Context> {
        self.by_name
            .get(name)
            .and_then(|at| self.contexts.get(*at))
            .map(Arc::as_ref)
    }
}

#[cfg(test)]
mod tests;
