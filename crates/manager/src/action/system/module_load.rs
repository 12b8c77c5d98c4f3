use ami::action::system::ModuleLoad;
use ami::refusal::system as refusal;

use crate::action::Cx;
use crate::host::{ModuleFailed, Reloaded};
use crate::reply::Reply;

pub(super) async fn module_load(cx: &Cx<'_>, action: ModuleLoad) -> Result<Reply, Reply> {
    let kind = action.load_type.to_ascii_lowercase();
    let module = &*action.module;
    if kind.is_empty() {
        return Err(Reply::error(refusal::INCOMPLETE_MODULE_LOAD));
    }
    if module.is_empty() && kind != "reload" {
        return Err(Reply::error(refusal::NEED_MODULE_NAME));
    }
    if module.contains('/') {
        return Err(Reply::error(refusal::MODULE_OUTSIDE_DIRECTORY));
    }
    match &*kind {
        "load" => {
            cx.host.load_module(module).await.map_err(not_loaded)?;
            Ok(Reply::success("Module loaded."))
        }
        "unload" => {
            let outcome = cx.host.unload_module(module).await;
            outcome.map_err(|_| Reply::error(refusal::COULD_NOT_UNLOAD))?;
            Ok(Reply::success("Module unloaded."))
        }
        "refresh" => {
            let refused = |_| Reply::error(refusal::COULD_NOT_REFRESH);
            cx.host.unload_module(module).await.map_err(refused)?;
            cx.host.load_module(module).await.map_err(refused)?;
            Ok(Reply::success("Module unloaded and loaded."))
        }
        "reload" => reload(cx, module).await,
        _ => Err(Reply::error(refusal::INCOMPLETE_MODULE_LOAD)),
    }
}

fn not_loaded(why: ModuleFailed) -> Reply {
    Reply::error(match why {
        ModuleFailed::Unknown => refusal::MODULE_NOT_FOUND,
        ModuleFailed::Already | ModuleFailed::InUse => refusal::COULD_NOT_LOAD,
    })
}

async fn reload(cx: &Cx<'_>, module: &str) -> Result<Reply, Reply> {
    if module.is_empty() {
        cx.host.reload(None).await;
        return Ok(Reply::success("All modules reloaded"));
    }
    match cx.host.reload(Some(module)).await {
        Reloaded::Success | Reloaded::Queued => Ok(Reply::success("Module reloaded.")),
        Reloaded::NotFound => Err(Reply::error(refusal::NO_MODULE_TO_RELOAD)),
        Reloaded::NotSupported => Err(Reply::error(refusal::RELOAD_ACTION_UNSUPPORTED)),
        Reloaded::InProgress => Err(Reply::error(refusal::RELOAD_IN_PROGRESS)),
        Reloaded::Failed => Err(Reply::error(refusal::UNKNOWN_ERROR)),
    }
}
