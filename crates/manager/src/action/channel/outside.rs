//! What a program on the wire may have evaluated.

use ami::Permission;
use engine::request::Trust;

use crate::action::Cx;
use crate::user::User;

/// Whether functions that reach outside the call are open to it.
pub(super) fn trust(cx: &Cx<'_>) -> Trust {
    if cx.host.settings().live_dangerously {
        Trust::Full
    } else {
        Trust::Outside
    }
}

/// Whether the user may have this text evaluated: what runs programs, or could hide that it does, takes
/// the permission `system`.
pub(super) fn may_evaluate(user: &User, text: &str) -> bool {
    user.write.contains(Permission::SYSTEM) || !["SHELL", "EVAL"].iter().any(|w| text.contains(w))
}
