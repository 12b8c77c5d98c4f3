//! The local time of the machine.

use jiff::tz::{Offset, TimeZone};

use super::Cx;

/// The zone that times of day are told in.
pub(super) fn zone(cx: &Cx<'_>) -> TimeZone {
    let offset = Offset::from_seconds(cx.host.times().utc_offset);
    offset.map_or(TimeZone::UTC, TimeZone::fixed)
}
