//! Times and dates.

mod strftime;
mod strptime;

use jiff::tz::TimeZone;

pub(crate) use strftime::STRFTIME;
pub(crate) use strptime::STRPTIME;

use super::Env;
use crate::script::timespec;

/// Longest format, in bytes.
const MAX_FORMAT: usize = 1_024;

/// The zone of this name; the switch's own where there is none, and UTC where nobody knows it.
fn zone_of(env: &mut dyn Env, name: &str) -> TimeZone {
    let name = if name.is_empty() {
        env.zone().to_owned()
    } else {
        name.to_owned()
    };
    timespec::zone(&name).unwrap_or_else(|| {
        env.warn(format!(
            "\"{name}\" is no time zone that is known; it is UTC then"
        ));
        TimeZone::UTC
    })
}
