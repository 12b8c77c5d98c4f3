//! Who tried to get in by something else than the manager interface: that tells of its own sessions.

use std::net::SocketAddr;

use ami::event::group::Security;
use ami::event::security::{
    ChallengeResponseFailed, ChallengeSent, FailedAcl, InvalidAccountId, InvalidPassword,
    InvalidTransport, RequestBadFormat, RequestNotAllowed, RequestNotSupported, SuccessfulAuth,
};
use switch::Time;
use switch::fact::{Attempt, Fact, Incident};

use super::Clock;
use crate::rendered::Rendered;

/// When it was: `2026-11-23T07:16:35.011+0000`.
const FORMAT: &str = "%Y-%m-%dT%H:%M:%S.%3f%z";

pub(super) fn tell(at: Time, fact: &Fact, clock: &Clock, out: &mut Rendered) {
    let Fact::Attempted(attempt) = fact else {
        return;
    };
    let time = clock.format(at, FORMAT);
    let local = side(attempt.local, attempt.transport);
    let remote = side(attempt.remote, attempt.transport);
    let severity = match attempt.what {
        Incident::Challenged(_) | Incident::LetIn { .. } => "Informational",
        _ => "Error",
    };
    let who = Security {
        time: &time,
        severity,
        service: attempt.service,
        account_id: &attempt.account,
        session_id: &attempt.session,
        local_address: &local,
        remote_address: &remote,
    };
    write(attempt, who, out);
}

fn write(of: &Attempt, attempt: Security<'_>, out: &mut Rendered) {
    match &of.what {
        Incident::Challenged(challenge) => out.event(&ChallengeSent {
            attempt,
            challenge,
            ..ChallengeSent::default()
        }),
        Incident::LetIn { with_secret } => out.event(&SuccessfulAuth {
            attempt,
            using_password: (*with_secret).into(),
            ..SuccessfulAuth::default()
        }),
        Incident::UnknownAccount => out.event(&InvalidAccountId {
            attempt,
            ..InvalidAccountId::default()
        }),
        Incident::WrongSecret => out.event(&InvalidPassword {
            attempt,
            ..InvalidPassword::default()
        }),
        Incident::WrongResponse {
            challenge,
            response,
            expected,
        } => out.event(&ChallengeResponseFailed {
            attempt,
            challenge,
            response,
            expected_response: expected,
            ..ChallengeResponseFailed::default()
        }),
        Incident::RefusedAddress(list) => out.event(&FailedAcl {
            attempt,
            acl_name: (!list.is_empty()).then_some(&**list),
            ..FailedAcl::default()
        }),
        Incident::RefusedTransport(transport) => out.event(&InvalidTransport {
            attempt,
            attempted_transport: transport,
            ..InvalidTransport::default()
        }),
        Incident::Unreadable(request_type) => out.event(&RequestBadFormat {
            attempt,
            request_type,
            ..RequestBadFormat::default()
        }),
        Incident::NotAllowed(request_type) => out.event(&RequestNotAllowed {
            attempt,
            request_type,
            ..RequestNotAllowed::default()
        }),
        Incident::NotSupported(request_type) => out.event(&RequestNotSupported {
            attempt,
            request_type,
            ..RequestNotSupported::default()
        }),
    }
}

/// `IPV4/UDP/127.0.0.1/5060`
fn side(address: SocketAddr, transport: &str) -> String {
    let ip = address.ip().to_canonical();
    let family = if ip.is_ipv4() { "IPV4" } else { "IPV6" };
    format!("{family}/{transport}/{ip}/{}", address.port())
}
