use ami::action::session::ListCommands;

use crate::action;
use crate::reply::Reply;
use crate::session::Session;

/// Lists what the user may do.
pub(super) fn list_commands(session: &mut Session, _: ListCommands) -> Reply {
    let Some(user) = session.user() else {
        return Reply::fields();
    };
    let modules = session.manager().host.modules();
    action::all()
        .map(|entry| entry.spec)
        .filter(|spec| user.write.allows(spec.privilege) && modules.loaded(spec.module))
        .fold(Reply::fields(), |reply, spec| {
            let about = format!("{}  (Priv: {})", spec.summary, spec.privilege);
            reply.line(spec.name, &*about)
        })
}
