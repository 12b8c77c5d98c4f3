use std::sync::Arc;

use ami::EventMask;
use ami::action::session::Login;
use tracing::warn;

use crate::reply::Reply;
use crate::security::Incident;
use crate::session::{Outcome, Session};
use crate::user::User;

/// Lets somebody in who can prove who he is. Whatever a refusal's reason, it looks and takes the same.
pub(super) fn login(session: &mut Session, action: Login) -> Outcome {
    if session.user().is_some() {
        return Reply::success("Already authenticated").into();
    }
    let Some(user) = authenticate(session, &action) else {
        return Outcome::Refused(Reply::error("Authentication failed"));
    };
    let mask = EventMask::parse(&action.events).unwrap_or(EventMask::ON);
    if !session.log_in(&user, mask) {
        session.report_of(&user.name, Incident::LoggedInAlready);
        return Outcome::Refused(Reply::error("Login Already In Use"));
    }
    session.report(Incident::LoggedIn);
    Outcome::LoggedIn(Reply::success("Authentication accepted"))
}

fn authenticate(session: &Session, action: &Login) -> Option<Arc<User>> {
    let (name, ip) = (&action.username, session.peer().ip());
    let settings = session.manager().settings();
    let Some(user) = settings.user(name) else {
        session.report_of(name, Incident::UnknownUser);
        warn!(target: "manager", "{ip} tried to authenticate with nonexistent user '{name}'");
        return None;
    };
    if let Some(list) = user.access.refusal(ip) {
        session.report_of(name, Incident::RefusedAddress(list));
        warn!(target: "manager", "{ip} failed to pass IP ACL as '{name}'");
        return None;
    }
    let proved = if action.auth_type.eq_ignore_ascii_case("MD5") {
        responds(session, user, &action.key)
    } else {
        let right = user.secret.is(&action.secret);
        if !right {
            session.report_of(name, Incident::WrongSecret);
        }
        right
    };
    if !proved {
        warn!(target: "manager", "{ip} failed to authenticate as '{name}'");
        return None;
    }
    Some(Arc::clone(user))
}

/// Whether the key answers the challenge that this session was given.
fn responds(session: &Session, user: &User, key: &str) -> bool {
    let right = session
        .challenge()
        .is_some_and(|challenge| user.secret.is_proved(challenge, key));
    if !right {
        let challenge = session.challenge().unwrap_or_default();
        // The right response is not told: it proves the secret as well as the secret does.
        let incident = Incident::WrongResponse {
            challenge,
            response: key,
            expected: "",
        };
        session.report_of(&user.name, incident);
    }
    right
}
