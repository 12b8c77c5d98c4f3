//! What the security-minded want to be told of sessions.

use ami::Permission;
use ami::event::group::Security;
use ami::event::security::{
    ChallengeResponseFailed, FailedAcl, InvalidAccountId, InvalidPassword, RequestBadFormat,
    RequestNotAllowed, SessionLimit, SuccessfulAuth,
};
use jiff::Timestamp;
use switch::Time;

use crate::manager::Manager;
use crate::peer::Peer;
use crate::rendered::Rendered;

/// What happened.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Incident<'a> {
    /// Somebody logged in.
    LoggedIn,
    /// Nobody of that name is known.
    UnknownUser,
    /// The secret was wrong.
    WrongSecret,
    /// The address may not; the name of the list that says so, empty for the user's own.
    RefusedAddress(&'a str),
    /// A challenge was answered wrongly.
    WrongResponse {
        /// The challenge.
        challenge: &'a str,
        /// The answer.
        response: &'a str,
        /// The right answer.
        expected: &'a str,
    },
    /// The user is logged in as often as may be.
    LoggedInAlready,
    /// An action that the user may not do.
    NotAllowed(&'a str),
    /// An action that does not exist, or none.
    BadFormat(&'a str),
}

/// On whose connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene<'a> {
    /// The two ends.
    pub(crate) peer: &'a Peer,
    /// The connection's number.
    pub(crate) number: u64,
    /// When it began.
    pub(crate) since: Time,
    /// Who it is, or claims to be.
    pub(crate) account: &'a str,
}

/// Tells everybody who may see it.
pub(crate) fn report(manager: &Manager, scene: Scene<'_>, incident: Incident<'_>) {
    if !manager.hub.has_reader(Permission::SECURITY) {
        return;
    }
    let now = manager.host.now();
    let (time, since) = (local_time(manager, now), local_time(manager, scene.since));
    let session_id = format!("0x{:012x}", scene.number);
    let (local, remote) = (
        scene.peer.local_text().to_string(),
        scene.peer.remote_text().to_string(),
    );
    let severity = match incident {
        Incident::LoggedIn => "Informational",
        _ => "Error",
    };
    let attempt = Security {
        time: &time,
        severity,
        service: "AMI",
        account_id: scene.account,
        session_id: &session_id,
        local_address: &local,
        remote_address: &remote,
    };
    let session_time = Some(&*since);
    let mut out = Rendered::new(manager.settings().style.clone());
    out.at(now);
    match incident {
        Incident::LoggedIn => {
            out.event(&SuccessfulAuth {
                attempt,
                using_password: 0,
                module: None,
                session_time,
            });
        }
        Incident::UnknownUser => {
            out.event(&InvalidAccountId {
                attempt,
                module: None,
                session_time,
            });
        }
        Incident::WrongSecret => {
            out.event(&InvalidPassword {
                attempt,
                session_time,
                ..InvalidPassword::default()
            });
        }
        Incident::RefusedAddress(list) => out.event(&FailedAcl {
            attempt,
            module: None,
            acl_name: (!list.is_empty()).then_some(list),
            session_time,
        }),
        Incident::WrongResponse {
            challenge,
            response,
            expected,
        } => {
            out.event(&ChallengeResponseFailed {
                attempt,
                challenge,
                response,
                expected_response: expected,
                module: None,
                session_time,
            });
        }
        Incident::LoggedInAlready => {
            out.event(&SessionLimit {
                attempt,
                module: None,
                session_time,
            });
        }
        Incident::NotAllowed(action) => {
            let request_type = &*format!("Action: {action}");
            let rest = RequestNotAllowed::default();
            out.event(&RequestNotAllowed {
                attempt,
                request_type,
                session_time,
                ..rest
            });
        }
        Incident::BadFormat(action) => {
            let request_type = &*format!("Action: {action}");
            let rest = RequestBadFormat::default();
            out.event(&RequestBadFormat {
                attempt,
                request_type,
                session_time,
                ..rest
            });
        }
    }
    manager.hub.publish(&out.take());
}

/// `2026-11-23T07:14:59.526+0000`
fn local_time(manager: &Manager, at: Time) -> String {
    let at = i64::try_from(at.0)
        .ok()
        .and_then(|micros| Timestamp::from_microsecond(micros).ok());
    let at = at.unwrap_or_default().to_zoned(manager.zone());
    at.strftime("%Y-%m-%dT%H:%M:%S.%3f%z").to_string()
}
