use ami::action::pjsip::PjsipSetMaintenance;
use ami::refusal::pjsip as refusal;
use engine::request::Request;
use switch::fact::Fact;

use super::shown;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn pjsip_set_maintenance(
    cx: &Cx<'_>,
    action: PjsipSetMaintenance,
) -> Result<Reply, Reply> {
    if action.endpoint.is_empty() {
        return Err(Reply::error(refusal::ENDPOINT_MISSING));
    }
    let on = match action.state.to_ascii_lowercase().as_str() {
        "on" => true,
        "off" => false,
        _ => return Err(Reply::error(refusal::ON_OR_OFF)),
    };
    let directory = cx.host.sip();
    let settings = directory.settings();
    let endpoint = shown::named(&settings, &action.endpoint)
        .ok_or_else(|| Reply::error(refusal::no_endpoint(&action.endpoint)))?;
    if directory.maintain(&endpoint.name, on) {
        let fact = Fact::MaintenanceChanged {
            technology: "PJSIP",
            device: endpoint.name.clone(),
            on,
        };
        cx.engine.tell(Request::Tell(fact))?;
    }
    let word = if on { "enabled" } else { "disabled" };
    Ok(Reply::success(format!("Maintenance mode {word}")))
}
