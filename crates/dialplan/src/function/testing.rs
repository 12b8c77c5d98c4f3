//! A call for the tests of functions: variables in memory, a clock that stands, dice that are seeded.

use std::any::Any;
use std::cell::RefCell;

use super::{Env, FunctionError, Read, assign, find};
use crate::script::{Reply, Scope, substitute_now};

/// A call in which functions can be read and assigned to.
pub(crate) struct Fake(RefCell<State>);

struct State {
    /// The newest last.
    variables: Vec<(String, String)>,
    random: u64,
    warnings: usize,
}

impl Fake {
    pub(crate) fn new() -> Self {
        Fake(RefCell::new(State {
            variables: Vec::new(),
            random: 1,
            warnings: 0,
        }))
    }

    /// Fills in a text.
    pub(crate) fn fill(&self, text: &str) -> String {
        substitute_now(text, self).into_owned()
    }

    /// Sets a variable or assigns to a function.
    pub(crate) fn set(&self, target: &str, value: &str) {
        assign(&mut *self.0.borrow_mut(), target, value)
            .unwrap_or_else(|e| panic!("{target}: {e}"));
    }
}

impl Scope for Fake {
    fn variable(&self, name: &str) -> Option<String> {
        self.0.borrow().variable(name)
    }

    fn function<'a>(&'a self, name: &'a str, args: &'a str) -> Reply<'a> {
        match find(name).map(|function| function.read) {
            None => Box::pin(std::future::ready(Err(FunctionError::Unknown))),
            Some(None) => Box::pin(std::future::ready(Err(FunctionError::NotReadable))),
            Some(Some(Read::Later(read))) => read(self, args),
            Some(Some(Read::Now(read))) => {
                let value = read(&mut *self.0.borrow_mut(), args);
                Box::pin(std::future::ready(value))
            }
        }
    }

    fn warn(&self, text: String) {
        self.0.borrow_mut().warn(text);
    }
}

impl Env for State {
    fn variable(&self, name: &str) -> Option<String> {
        self.variables
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
    }

    fn set_variable(&mut self, name: &str, value: &str) {
        match self.variables.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value.to_owned(),
            None => self.variables.push((name.to_owned(), value.to_owned())),
        }
    }

    fn delete_variable(&mut self, name: &str) {
        self.variables.retain(|(known, _)| known != name);
    }

    fn variables_with_prefix(&self, prefix: &str) -> Vec<String> {
        let names = self.variables.iter().rev().map(|(name, _)| name);
        names
            .filter(|name| name.starts_with(prefix))
            .cloned()
            .collect()
    }

    /// Tuesday 14 November 2023, 22:13:20 UTC.
    fn now(&self) -> u64 {
        1_700_000_000_000_000
    }

    fn random(&mut self) -> u64 {
        self.random = self
            .random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        self.random.rotate_left(32)
    }

    fn zone(&self) -> &str {
        "UTC"
    }

    fn warn(&mut self, _: String) {
        self.warnings += 1;
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}
