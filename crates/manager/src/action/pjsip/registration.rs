//! Orders to registrations of ours.

use ami::refusal::pjsip as refusal;
use sip::directory::Request;
use switch::Text;

use crate::action::Cx;
use crate::reply::Reply;

/// Gives an order to one registration, or with `*all` to all; `what` is its word in the reply.
pub(super) fn order(
    cx: &Cx<'_>,
    name: &str,
    request: fn(Text) -> Request,
    what: &str,
) -> Result<Reply, Reply> {
    if name.is_empty() {
        return Err(Reply::error(refusal::REGISTRATION_MISSING));
    }
    let directory = cx.host.sip();
    let settings = directory.settings();
    if name == "*all" {
        for name in settings.registrations.keys() {
            super::order(&directory, request(name.clone()))?;
        }
        return Ok(Reply::success(format!("{what}s queued.")));
    }
    if !settings.registrations.contains_key(name) {
        return Err(Reply::error(refusal::NO_REGISTRATION));
    }
    super::order(&directory, request(name.into()))?;
    Ok(Reply::success(format!("{what} sent")))
}
