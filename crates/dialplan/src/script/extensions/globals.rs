//! What the values of the file itself may use.

use std::cell::RefCell;

use crate::function::FunctionError;
use crate::script::{Reply, Scope};

/// The globals read so far, and the environment.
pub(super) struct Globals<'a> {
    pub(super) globals: &'a [(String, String)],
    pub(super) environment: &'a dyn Fn(&str) -> Option<String>,
    pub(super) warnings: RefCell<Vec<String>>,
}

impl Scope for Globals<'_> {
    fn variable(&self, name: &str) -> Option<String> {
        self.globals
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
    }

    fn function<'a>(&'a self, name: &'a str, args: &'a str) -> Reply<'a> {
        let value = match name {
            "ENV" => Ok((self.environment)(args).unwrap_or_default()),
            "GLOBAL" => Ok(self.variable(args).unwrap_or_default()),
            _ => Err(FunctionError::Failed(
                "a file's own values may use no functions but ENV".to_owned(),
            )),
        };
        Box::pin(std::future::ready(value))
    }

    fn warn(&self, text: String) {
        self.warnings.borrow_mut().push(text);
    }
}
