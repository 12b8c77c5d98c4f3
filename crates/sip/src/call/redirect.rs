//! 3xx: the far end wants somebody else to be called (RFC 3261, 8.1.3.4).

use rsipstack::sip::{Headers, Response};
use switch::Text;
use switch::signal::{Forward, Signal};

use super::hands::Hands;
use super::identity;
use super::leg::{Call, Phase, Sent};
use super::message::elements;
use super::outgoing::renumber;
use crate::settings::RedirectMethod;
use crate::uri;

/// Addresses that are looked at of those that a 3xx names.
const MAX_NAMED: usize = 16;

/// How often one INVITE goes somewhere else.
const MAX_REDIRECTS: usize = 8;

impl Call {
    /// A 3xx of theirs. Whether the INVITE went somewhere else; it is a refusal otherwise, and where the
    /// dialplan is to call somebody it has been told.
    pub(super) fn redirected(
        &mut self,
        hands: &mut Hands<'_, '_>,
        sent: Option<Sent>,
        response: &Response,
    ) -> bool {
        // 305 names a proxy that nobody here trusts, 380 no address to call (RFC 3261, 21.3).
        if !matches!(response.status_code.code(), 300..=302) {
            return false;
        }
        let named = named(&response.headers);
        if self.endpoint.redirect_method == RedirectMethod::UriPjsip {
            return sent.is_some_and(|sent| self.follow(hands, &sent, named));
        }
        let Some(address) = named.first() else {
            return false;
        };
        let to = match self.endpoint.redirect_method {
            RedirectMethod::UriCore => {
                let dialled = format!("PJSIP/{}/{address}", self.endpoint.name);
                Forward::Dialled(dialled.into())
            }
            _ => Forward::Exten(identity::extension_of(address, hands.cx.settings).into()),
        };
        let reason = identity::diversion(&response.headers).map(|(_, reason)| reason);
        let reason = reason.unwrap_or_else(|| Text::from("cfu"));
        self.signal(hands, Signal::Forwarded { to, reason });
        false
    }

    /// Sends the INVITE to the first of these addresses where it was not before.
    fn follow(&mut self, hands: &mut Hands<'_, '_>, sent: &Sent, named: Vec<String>) -> bool {
        let Phase::Calling(calling) = &mut self.phase else {
            return false;
        };
        let Some(mut request) = sent.request.clone() else {
            return false;
        };
        calling.been.push(uri::text(&request.uri));
        if calling.been.len() > MAX_REDIRECTS {
            return false;
        }
        let known = |address: &String| {
            let address = uri::parse(address).map(|address| uri::text(&address));
            address.is_none_or(|address| calling.been.contains(&address))
        };
        let Some(next) = named.into_iter().find(|address| !known(address)) else {
            return false;
        };
        calling.reliable.clear();
        // What proved who we are to one does so to nobody else.
        let proof = ["Authorization", "Proxy-Authorization"];
        request.headers.retain(|header| {
            !proof
                .iter()
                .any(|name| name.eq_ignore_ascii_case(header.name()))
        });
        self.dialog.redirect(next, &mut request);
        self.dialog.sequence += 1;
        renumber(&mut request, self.dialog.sequence);
        self.send_invite(hands, *request, 0);
        true
    }
}

/// The addresses that `Contact` names, the one that they like best first.
fn named(headers: &Headers) -> Vec<String> {
    let mut named: Vec<(f32, String)> = elements(headers, "Contact")
        .take(MAX_NAMED)
        .filter_map(|one| {
            let one = uri::name_addr(one)?;
            let scheme = one.address.split(':').next()?;
            let callable = ["sip", "sips"]
                .iter()
                .any(|s| s.eq_ignore_ascii_case(scheme));
            let weight = one.param("q").and_then(|q| q.parse().ok()).unwrap_or(1.0);
            (callable && uri::parse(one.address).is_some())
                .then(|| (weight, one.address.to_owned()))
        })
        .collect();
    named.sort_by(|one, other| other.0.total_cmp(&one.0));
    named.into_iter().map(|(_, address)| address).collect()
}
