//! OPTIONS: what we can do (RFC 3261, 11).

use rsipstack::sip::{Header, Request, StatusCode};

use super::Core;
use crate::reply;
use crate::wire::ServerTransaction;

/// The methods that we know.
pub(crate) const ALLOW: &str = "OPTIONS, REGISTER, SUBSCRIBE, NOTIFY, INVITE, ACK, BYE, CANCEL, UPDATE, \
                                PRACK, INFO, MESSAGE, REFER";

/// What of SIP's extensions we know.
const SUPPORTED: &str = "100rel, timer, replaces, norefersub, path";

impl Core {
    /// An OPTIONS outside of any dialog. Whoever sends one wants to know whether we are there.
    pub(super) fn options(&mut self, transaction: ServerTransaction, request: &Request) {
        let mut answer = reply::to(request, StatusCode::OK, &self.tag());
        for header in [
            Header::Accept("application/sdp".into()),
            Header::Allow(ALLOW.into()),
            Header::Supported(SUPPORTED.into()),
            Header::AcceptEncoding("identity".into()),
            Header::AcceptLanguage("en".into()),
        ] {
            answer.headers.push(header);
        }
        self.respond(transaction, answer);
    }
}
