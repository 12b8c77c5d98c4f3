use ami::action::system::LoggerRotate;
use ami::refusal::system as refusal;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn logger_rotate(cx: &Cx<'_>, _: LoggerRotate) -> Reply {
    match cx.host.rotate_log(None).await {
        Ok(()) => Reply::success("Reloaded the logger and rotated log files"),
        Err(_) => Reply::error(refusal::LOGGER_FAILED),
    }
}
