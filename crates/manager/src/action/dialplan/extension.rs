//! How the actions name an extension and its steps.

use dialplan::script::plan::Priority;

use crate::action::number;
use crate::reply::Reply;

/// The extension's name, and behind a slash the callers that it is for.
pub(super) fn split(text: &str) -> (&str, Option<&str>) {
    match text.split_once('/') {
        Some((name, caller)) => (name, Some(caller)),
        None => (text, None),
    }
}

/// `hint` or a number from 1.
pub(super) fn priority(text: &str) -> Result<Priority, Reply> {
    if text.trim().eq_ignore_ascii_case("hint") {
        return Ok(Priority::Hint);
    }
    number::leading(text)
        .and_then(|number| u32::try_from(number).ok())
        .filter(|number| *number > 0)
        .map(Priority::Number)
        .ok_or_else(|| Reply::error("The priority specified was invalid."))
}
