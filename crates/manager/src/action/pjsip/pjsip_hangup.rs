use ami::action::pjsip::PjsipHangup;
use ami::refusal::{channel, pjsip as refusal};
use sip::call;
use switch::Cause;

use crate::action::Cx;
use crate::action::channel::hangup::hang_up;
use crate::reply::Reply;

pub(super) async fn pjsip_hangup(cx: &Cx<'_>, action: PjsipHangup) -> Result<Reply, Reply> {
    if action.channel.is_empty() {
        return Err(Reply::error(channel::NO_CHANNEL));
    }
    let cause = cause(&action.cause).ok_or_else(|| Reply::error(refusal::BAD_CAUSE))?;
    hang_up(cx, &action.channel, cause).await
}

/// The cause of an answer's figure or of a name.
fn cause(text: &str) -> Option<Cause> {
    let text = text.trim();
    match text.parse::<u16>() {
        Ok(code @ 300..700) => Some(call::cause(code)),
        Ok(_) => None,
        Err(_) => Cause::parse(text),
    }
}
