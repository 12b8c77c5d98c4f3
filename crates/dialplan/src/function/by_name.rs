//! Functions and values that are given by name.

use jiff::tz::TimeZone;

use super::{ALL, Env, Function, FunctionError, Read};
use crate::script::timespec::{self, Moment};
use crate::script::{Reference, arguments};

/// Looks a function up by its name.
pub fn find(name: &str) -> Option<&'static Function> {
    ALL.binary_search_by(|function| function.name.cmp(name))
        .ok()
        .and_then(|at| ALL.get(at).copied())
}

/// What would stand for `${reference}`: a variable, or a function that does not have to wait; what is not
/// there is empty. For functions that are given the name of a value and not the value. Functions that
/// reach past the call are refused, since nobody knows here on whose behalf it is.
pub fn value_of(env: &mut dyn Env, reference: &str) -> String {
    let reference = Reference::parse(reference);
    let value = match reference.call {
        None => env.variable(reference.name).unwrap_or_default(),
        Some(args) => read_now(env, reference.name, args).unwrap_or_else(|error| {
            env.warn(format!("Function {}: {error}", reference.name));
            String::new()
        }),
    };
    reference.slice.of(value)
}

/// Sets a variable, or assigns to a function when the target is written as one. Functions that reach past
/// the call are refused, as in [`value_of`].
pub fn assign(env: &mut dyn Env, target: &str, value: &str) -> Result<(), FunctionError> {
    let Some((name, args)) = arguments::call(target) else {
        env.set_variable(target, value);
        return Ok(());
    };
    let function = find(name).ok_or(FunctionError::Unknown)?;
    if function.escalates.on_write() {
        return Err(FunctionError::Refused);
    }
    let write = function.write.ok_or(FunctionError::NotWritable)?;
    write(env, args, value)
}

fn read_now(env: &mut dyn Env, name: &str, args: &str) -> Result<String, FunctionError> {
    let function = find(name).ok_or(FunctionError::Unknown)?;
    match function.read {
        Some(_) if function.escalates.on_read() => Err(FunctionError::Refused),
        Some(Read::Now(read)) => read(env, args),
        Some(Read::Later(_)) => Err(FunctionError::failed(
            "it has to wait, which it cannot here",
        )),
        None => Err(FunctionError::NotReadable),
    }
}

/// The moment it is for a function.
pub(super) fn moment(env: &dyn Env) -> Moment {
    Moment {
        microseconds: env.now(),
        zone: timespec::zone(env.zone()).unwrap_or(TimeZone::UTC),
    }
}

/// Reads the number that a text begins with, as C's `%lf` does.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.trim_start();
    let sign = usize::from(text.starts_with(['-', '+']));
    let digits = |from: usize| {
        let rest = text.as_bytes().get(from..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let mut end = sign + digits(sign);
    if text.as_bytes().get(end) == Some(&b'.') {
        end += 1 + digits(end + 1);
    }
    if let Some(b'e' | b'E') = text.as_bytes().get(end) {
        let signed = usize::from(matches!(text.as_bytes().get(end + 1), Some(b'-' | b'+')));
        let exponent = digits(end + 1 + signed);
        end += if exponent == 0 {
            0
        } else {
            1 + signed + exponent
        };
    }
    text.get(..end)?.parse().ok()
}
