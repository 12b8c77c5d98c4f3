//! Any text, filled in as a line of the dialplan, worked out as an expression, read as a pattern and as
//! times: there is a result, and in time.
#![no_main]

use std::any::Any;
use std::cell::RefCell;

use dialplan::function::{self, Env, FunctionError, Read};
use dialplan::script::pattern::{Mode, Pattern};
use dialplan::script::timespec::{Moment, TimeSpec};
use dialplan::script::{MAX_LENGTH, Reply, Scope, substitute_now};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let call = Call(RefCell::new(Variables(vec![(
        "SELF".to_owned(),
        text.to_owned(),
    )])));
    assert!(substitute_now(text, &call).len() <= MAX_LENGTH.max(text.len()));
    substitute_now(&format!("$[{text}]"), &call);
    substitute_now("${EVAL(${SELF})}", &call);
    let (name, dialled) = text.split_at(text.floor_char_boundary(text.len() / 2));
    if let Ok(pattern) = Pattern::parse(&format!("_{name}")) {
        for mode in [Mode::Exact, Mode::Can, Mode::More] {
            pattern.fit(dialled, mode);
        }
        assert!(pattern.precedence(&pattern).is_eq());
    }
    if let Ok(times) = TimeSpec::parse(text) {
        times.matches(&Moment::utc(1_700_000_000_000_000));
    }
});

/// A call that is nothing but variables.
struct Call(RefCell<Variables>);

struct Variables(Vec<(String, String)>);

impl Scope for Call {
    fn variable(&self, name: &str) -> Option<String> {
        self.0.borrow().variable(name)
    }

    fn function<'a>(&'a self, name: &'a str, args: &'a str) -> Reply<'a> {
        let value = match function::find(name).map(|function| function.read) {
            None => Err(FunctionError::Unknown),
            Some(None) => Err(FunctionError::NotReadable),
            Some(Some(Read::Now(read))) => read(&mut *self.0.borrow_mut(), args),
            Some(Some(Read::Later(read))) => return read(self, args),
        };
        Box::pin(std::future::ready(value))
    }

    fn warn(&self, _: String) {}
}

impl Env for Variables {
    fn variable(&self, name: &str) -> Option<String> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
    }

    fn set_variable(&mut self, name: &str, value: &str) {
        self.delete_variable(name);
        self.0.push((name.to_owned(), value.to_owned()));
    }

    fn delete_variable(&mut self, name: &str) {
        self.0.retain(|(known, _)| known != name);
    }

    fn variables_with_prefix(&self, prefix: &str) -> Vec<String> {
        self.0
            .iter()
            .map(|(name, _)| name.clone())
            .filter(|name| name.starts_with(prefix))
            .collect()
    }

    fn now(&self) -> u64 {
        1_700_000_000_000_000
    }

    fn random(&mut self) -> u64 {
        7
    }

    fn zone(&self) -> &str {
        "UTC"
    }

    fn warn(&mut self, _: String) {}

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}
