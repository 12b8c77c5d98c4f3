use ami::action::pjsip::PjsipQualify;
use ami::refusal::pjsip as refusal;
use sip::directory::Request;

use super::shown;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn pjsip_qualify(cx: &Cx<'_>, action: PjsipQualify) -> Result<Reply, Reply> {
    if action.endpoint.is_empty() {
        return Err(Reply::error(refusal::ENDPOINT_MISSING));
    }
    let directory = cx.host.sip();
    let settings = directory.settings();
    let endpoint = shown::named(&settings, &action.endpoint)
        .ok_or_else(|| Reply::error(refusal::NO_ENDPOINT))?;
    if endpoint.aors.is_empty() {
        return Err(Reply::error(refusal::NO_AORS_OF_ENDPOINT));
    }
    super::order(&directory, Request::Qualify(endpoint.name.clone()))?;
    Ok(Reply::success("Endpoint found, will qualify"))
}
