use ami::action::pjsip::PjsipRegister;
use sip::directory::Request;

use super::registration;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn pjsip_register(cx: &Cx<'_>, action: PjsipRegister) -> Result<Reply, Reply> {
    registration::order(
        cx,
        &action.registration,
        Request::Register,
        "Reregistration",
    )
}
