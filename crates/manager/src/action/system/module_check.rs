use ami::action::system::ModuleCheck;
use ami::refusal::system as refusal;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn module_check(cx: &Cx<'_>, action: ModuleCheck) -> Reply {
    // An ending, whichever, is not part of the name.
    let name = action.module.split('.').next().unwrap_or_default();
    if name == "core" || !cx.host.modules().loaded(name) {
        return Reply::error(refusal::MODULE_NOT_LOADED);
    }
    // Modules have no versions of their own; the line has to be there.
    Reply::fields().line("Version", "")
}
