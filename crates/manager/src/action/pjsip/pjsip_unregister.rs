use ami::action::pjsip::PjsipUnregister;
use sip::directory::Request;

use super::registration;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn pjsip_unregister(cx: &Cx<'_>, action: PjsipUnregister) -> Result<Reply, Reply> {
    registration::order(
        cx,
        &action.registration,
        Request::Unregister,
        "Unregistration",
    )
}
