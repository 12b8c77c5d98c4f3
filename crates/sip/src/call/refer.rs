//! Transfers: REFER (RFC 3515) of theirs and ours, and `Replaces` (RFC 3891) of the attended ones.

use engine::Input;
use engine::request::Responder;
use rsipstack::sip::{Method, Request, Response};
use switch::{Cause, ChannelId, Text};

use super::hands::{Hands, Index};
use super::leg::{Call, Phase, What};
use super::message::{self, Asked, header, names, value};
use super::{Back, identity};
use crate::uri;

/// REFERs of one call that may wait for the engine.
const MAX_REFERS: usize = 8;

/// A dialog as `Replaces` names it, as seen from us.
pub(super) struct Named<'a> {
    pub(super) call_id: &'a str,
    pub(super) local_tag: &'a str,
    pub(super) remote_tag: &'a str,
    /// Whether it may be taken over only while it is not answered.
    pub(super) early_only: bool,
}

/// Reads `425928@host;to-tag=7743;from-tag=6472`.
pub(super) fn replaces(text: &str) -> Option<Named<'_>> {
    let at = text.find(';')?;
    let (call_id, params) = text.split_at(at);
    Some(Named {
        call_id: call_id.trim(),
        local_tag: uri::param(params, "to-tag")?,
        remote_tag: uri::param(params, "from-tag")?,
        early_only: uri::param(params, "early-only").is_some(),
    })
}

/// What a REFER asks for.
pub(super) enum Wanted {
    /// The one we talk with is to call this extension.
    Blind(String),
    /// It is to be joined with the far end of this other call.
    Attended(ChannelId),
    /// It cannot be done: this code tells why.
    Refused(u16),
}

/// Reads `Refer-To`. `channel_of` finds the channel of a dialog of ours.
pub(super) fn wanted<'a>(
    request: &Request,
    ignore_options: bool,
    index: &Index,
    channel_of: impl Fn(u64) -> Option<(&'a super::dialog::Dialog, ChannelId)>,
) -> Wanted {
    let mut lines = message::values(&request.headers, "Refer-To");
    let (Some(line), None) = (lines.next(), lines.next()) else {
        return Wanted::Refused(400);
    };
    let address = uri::name_addr(line).map(|named| named.address.to_owned());
    let Some(parsed) = address.as_deref().and_then(uri::parse) else {
        return Wanted::Refused(400);
    };
    let replaced = parsed
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("Replaces"))
        .map(|(_, value)| uri::unescape(value));
    if let Some(text) = replaced {
        let Some(named) = replaces(&text) else {
            return Wanted::Refused(400);
        };
        let found = index
            .tags
            .get(named.local_tag)
            .and_then(|id| channel_of(*id));
        return match found {
            Some((dialog, channel))
                if dialog.call_id == named.call_id && dialog.remote_tag == named.remote_tag =>
            {
                Wanted::Attended(channel)
            }
            _ => Wanted::Refused(481),
        };
    }
    let user = parsed.user().unwrap_or_default();
    let user = match ignore_options {
        true => user.split(';').next().unwrap_or_default(),
        false => user,
    };
    match user.is_empty() {
        true => Wanted::Refused(404),
        false => Wanted::Blind(uri::unescape(user)),
    }
}

impl Call {
    /// A REFER of theirs (RFC 3515, 2.4).
    pub(super) fn referred(
        &mut self,
        hands: &mut Hands<'_, '_>,
        asked: &Asked,
        request: &Request,
        wanted: Wanted,
    ) {
        let channel = match (self.channel, &self.phase) {
            (Some(channel), Phase::Up) => channel,
            _ => return self.reply(hands, asked, 481),
        };
        if !self.endpoint.allow_transfer {
            return self.reply(hands, asked, 603);
        }
        if self.refers.len() == MAX_REFERS {
            return self.reply(hands, asked, 480);
        }
        let (exten, attended) = match wanted {
            Wanted::Blind(exten) => (exten, None),
            Wanted::Attended(other) if other == channel => return self.reply(hands, asked, 400),
            Wanted::Attended(other) => (String::new(), Some(other)),
            Wanted::Refused(code) => return self.reply(hands, asked, code),
        };
        // RFC 4488: they may not want to hear how it goes.
        let quiet = value(&request.headers, "Refer-Sub")
            .is_some_and(|value| value.trim().eq_ignore_ascii_case("false"));
        let mut response = self.full_answer(asked, 202);
        if quiet {
            response.headers.push(header("Refer-Sub", "false"));
        }
        self.respond(hands, asked, response);
        self.refers.push((asked.sequence, quiet));
        if !quiet {
            self.notify(hands, asked.sequence, 100);
        }
        let (back, call, refer) = (hands.back.clone(), self.id, asked.sequence);
        let reply = Responder::new(move |well| back(Back::Transferred { call, refer, well }));
        hands.cx.out.engine.push(Input::Transfer {
            channel,
            exten: Text::from(exten),
            attended,
            reply,
        });
    }

    /// The engine did it, or could not.
    pub(super) fn transferred(&mut self, hands: &mut Hands<'_, '_>, refer: u32, well: bool) {
        let Some(at) = self.refers.iter().position(|(known, _)| *known == refer) else {
            return;
        };
        let (_, quiet) = self.refers.swap_remove(at);
        if !quiet && self.is_up() {
            self.notify(hands, refer, if well { 200 } else { 503 });
        }
    }

    /// Tells how a transfer goes (RFC 3515, 2.4.4).
    fn notify(&mut self, hands: &mut Hands<'_, '_>, refer: u32, code: u16) {
        let mut request = self.dialog.request(Method::Notify, hands.cx.settings);
        request
            .headers
            .push(header("Event", format!("refer;id={refer}")));
        let state = match code {
            100..200 => "active;expires=60",
            _ => "terminated;reason=noresource",
        };
        request.headers.push(header("Subscription-State", state));
        let words = rsipstack::sip::StatusCode::from(code);
        let body = format!("SIP/2.0 {code} {}\r\n", words.text());
        let kind = "message/sipfrag;version=2.0";
        message::put(
            &mut request.headers,
            &mut request.body,
            kind,
            body.into_bytes(),
        );
        self.send(hands, What::Minor, request);
    }

    /// The far end is to call somebody else: REFER, or 302 where the call is not answered yet.
    pub(super) fn transfer(&mut self, hands: &mut Hands<'_, '_>, to: &str) {
        let address = match to.split_once(':') {
            Some(("sip" | "sips" | "tel", _)) => to.to_owned(),
            _ => format!("sip:{}@{}", identity::escape(to), self.host()),
        };
        match &self.phase {
            Phase::Arriving(_) => {
                self.attach("Contact", &format!("<{address}>"));
                self.refuse(hands, 302, Some(Cause::NORMAL));
            }
            Phase::Up => {
                let mut request = self.request(hands, Method::Refer);
                request
                    .headers
                    .push(header("Refer-To", format!("<{address}>")));
                let us = uri::name_addr(&self.dialog.local).map(|named| named.address.to_owned());
                let by = format!("<{}>", us.unwrap_or_default());
                request.headers.push(header("Referred-By", by));
                self.send(hands, What::Refer, request);
            }
            _ => {}
        }
    }

    /// How a REFER of ours goes (RFC 3515, 2.4.5): once they have reached the other one, we are not
    /// needed.
    pub(super) fn notified(&mut self, hands: &mut Hands<'_, '_>, asked: &Asked, request: &Request) {
        let event = value(&request.headers, "Event").unwrap_or_default();
        let event = event.split(';').next().unwrap_or_default().trim();
        if !event.eq_ignore_ascii_case("refer") {
            let mut response = asked.answer(489);
            response.headers.push(header("Allow-Events", "refer"));
            return self.respond(hands, asked, response);
        }
        self.reply(hands, asked, 200);
        let body = text::decode(&request.body);
        let code = body
            .split_ascii_whitespace()
            .nth(1)
            .and_then(|code| code.parse::<u16>().ok());
        if code.is_some_and(|code| (200..300).contains(&code)) && self.is_up() {
            self.part(hands, Some(Cause::NORMAL), "");
            self.hang_up(hands, Cause::NORMAL);
        }
    }

    /// A final answer to our REFER.
    pub(super) fn refer_answered(&mut self, hands: &mut Hands<'_, '_>, response: &Response) {
        let code = response.status_code.code();
        // One who tells nothing more has taken it over (RFC 4488).
        let quiet = names(&response.headers, "Refer-Sub", "false");
        if (200..300).contains(&code) && quiet && self.is_up() {
            self.part(hands, Some(Cause::NORMAL), "");
            self.hang_up(hands, Cause::NORMAL);
        }
    }
}
