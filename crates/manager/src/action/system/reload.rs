use ami::action::system::Reload;
use ami::refusal::system as refusal;

use crate::action::Cx;
use crate::host::Reloaded;
use crate::reply::Reply;

pub(super) async fn reload(cx: &Cx<'_>, action: Reload) -> Reply {
    let module = (!action.module.is_empty()).then_some(&*action.module);
    match cx.host.reload(module).await {
        Reloaded::Success | Reloaded::Queued => Reply::success("Module Reloaded"),
        Reloaded::NotFound => Reply::error(refusal::NO_SUCH_MODULE),
        Reloaded::NotSupported => Reply::error(refusal::RELOAD_UNSUPPORTED),
        Reloaded::InProgress => Reply::error(refusal::RELOAD_IN_PROGRESS),
        Reloaded::Failed => Reply::error(refusal::UNKNOWN_ERROR),
    }
}
