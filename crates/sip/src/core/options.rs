//! OPTIONS: what we can do (RFC 3261, 11).

use engine::Input;
use engine::request::{Request as Engine, Responder};
use rsipstack::sip::{Header, Request, StatusCode};

use super::{Back, Core};
use crate::limits::FINDING;
use crate::reply;
use crate::settings::Endpoint;
use crate::uri;
use crate::wire::ServerTransaction;

/// The methods that we know.
pub(crate) const ALLOW: &str = "OPTIONS, REGISTER, SUBSCRIBE, NOTIFY, INVITE, ACK, BYE, CANCEL, UPDATE, \
                                PRACK, INFO, MESSAGE, REFER";

/// What of SIP's extensions we know.
const SUPPORTED: &str = "100rel, timer, replaces, norefersub, path";

impl Core {
    /// An OPTIONS outside of any dialog. Whoever sends one wants to know whether we are there, or, where it
    /// names an extension, whether a call to it would find one (RFC 3261, 11.2).
    pub(super) fn options(
        &mut self,
        transaction: ServerTransaction,
        request: Request,
        endpoint: &Endpoint,
    ) {
        let exten = request.uri.user().map(uri::unescape).unwrap_or_default();
        let exten = match self.settings.global.ignore_uri_user_options {
            true => exten.split(';').next().unwrap_or(&exten).to_owned(),
            false => exten,
        };
        // Beside more than that in one moment there is no need to be exact.
        if exten.is_empty() || self.finding.len() >= FINDING {
            return self.capabilities(transaction, &request);
        }
        let back = self.back.clone();
        let reply = Responder::new(move |there| back(Back::Extension(transaction, there)));
        let caller = endpoint.callerid.number.clone();
        let ask = Engine::HasExtension(caller, endpoint.context.clone(), exten.into(), reply);
        self.finding.insert(transaction, Box::new(request));
        self.out.engine.push(Input::Request(ask));
    }

    /// The engine knows whether there is an extension.
    pub(super) fn extension_known(&mut self, transaction: ServerTransaction, there: bool) {
        match self.finding.remove(&transaction) {
            Some(request) if there => self.capabilities(transaction, &request),
            Some(request) => self.refuse(transaction, &request, StatusCode::NotFound),
            None => {}
        }
    }

    fn capabilities(&mut self, transaction: ServerTransaction, request: &Request) {
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
