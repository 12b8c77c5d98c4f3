use ami::action::session::Filter as Action;

use crate::filter::Filter;
use crate::reply::Reply;
use crate::session::Session;

/// Adds a filter until the session ends.
pub(super) fn filter(session: &mut Session, action: Action) -> Reply {
    if !action.operation.eq_ignore_ascii_case("Add") {
        return Reply::error("Unknown operation");
    }
    let filter = if action.match_criteria.is_empty() {
        Filter::legacy(&action.filter)
    } else {
        Filter::advanced(&action.match_criteria, &action.filter)
    };
    match filter.and_then(|filter| session.add_filter(filter)) {
        Ok(()) => Reply::success("Success"),
        Err(error) => {
            tracing::debug!(target: "manager", "filter refused: {error}");
            Reply::error("Filter did not compile.  Check the syntax of the filter given.")
        }
    }
}
