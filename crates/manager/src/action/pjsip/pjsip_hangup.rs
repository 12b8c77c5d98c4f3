use ami::action::pjsip::PjsipHangup;
use ami::refusal::{channel, pjsip as refusal};
use engine::far;
use switch::signal::Order;
use switch::{Cause, Text};

use crate::action::Cx;
use crate::action::channel::hangup::hang_up;
use crate::reply::Reply;

pub(super) async fn pjsip_hangup(cx: &Cx<'_>, action: PjsipHangup) -> Result<Reply, Reply> {
    if action.channel.is_empty() {
        return Err(Reply::error(channel::NO_CHANNEL));
    }
    let text = action.cause.trim();
    let cause = match far::figure(text) {
        Some(figure) => {
            // A call that is not answered is refused with this figure and no other of the same cause. Those
            // of a pattern have the cause alone.
            if !action.channel.starts_with('/') {
                let order = Order::Set {
                    name: "response_code",
                    value: Text::from(figure.to_string()),
                };
                super::order_channel(cx, action.channel.as_str().into(), order).await?;
            }
            far::cause(figure)
        }
        None => Cause::parse(text)
            .filter(|_| text.parse::<i64>().is_err())
            .ok_or_else(|| Reply::error(refusal::BAD_CAUSE))?,
    };
    hang_up(cx, &action.channel, cause).await
}
