use ami::action::session::Challenge;

use crate::reply::Reply;
use crate::session::Session;

/// Gives something to prove the secret with.
pub(super) fn challenge(session: &mut Session, action: Challenge) -> Reply {
    if !action.auth_type.eq_ignore_ascii_case("MD5") {
        return Reply::error("Must specify AuthType");
    }
    Reply::fields().line("Challenge", session.give_challenge())
}
