//! Transfers: REFER (RFC 3515) of theirs and ours, and `Replaces` (RFC 3891) of the attended ones.

use std::time::Duration;

use engine::Input;
use engine::request::Responder;
use rsipstack::sip::{Method, Request, Response};
use switch::signal::Signal;
use switch::{Cause, ChannelId, Text};

use super::hands::{Hands, Index};
use super::leg::{Call, Phase, What};
use super::message::{self, Asked, header, names, value};
use super::moments::{Due, PATIENCE};
use super::{Back, identity};
use crate::uri;

/// REFERs of one call that may wait for the engine.
const MAX_REFERS: usize = 8;

/// How long whoever was asked to call somebody else may let that one ring.
const REFERRAL: Duration = Duration::from_secs(300);

/// How far a REFER of ours is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Referral {
    /// It is not answered.
    Asked,
    /// They try.
    Taken,
}

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
        self.send(hands, What::News, request);
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
                // Whoever waits hears of it while the channel is still there.
                self.transferred_away(hands, Ok(()));
                self.refuse(hands, 302, Some(Cause::NORMAL));
            }
            Phase::Up => {
                self.referral = Some(Referral::Asked);
                let mut request = self.request(hands, Method::Refer);
                request
                    .headers
                    .push(header("Refer-To", format!("<{address}>")));
                let us = uri::name_addr(&self.dialog.local).map(|named| named.address.to_owned());
                let by = format!("<{}>", us.unwrap_or_default());
                request.headers.push(header("Referred-By", by));
                self.send(hands, What::Refer, request);
            }
            // Whoever was not reached yet cannot be sent elsewhere.
            _ => self.transferred_away(hands, Err(0)),
        }
    }

    /// What became of a transfer that was ordered: they are elsewhere, or the code that tells why not.
    fn transferred_away(&mut self, hands: &mut Hands<'_, '_>, how: Result<(), u16>) {
        self.referral = None;
        self.forget(hands, Due::Referral);
        let (success, figure) = (how.is_ok(), how.err().unwrap_or(0));
        self.signal(hands, Signal::Transferred { success, figure });
    }

    /// They hang up. Where they took a REFER of ours, they went where it sent them.
    pub(super) fn referral_ends(&mut self, hands: &mut Hands<'_, '_>) {
        match self.referral {
            Some(Referral::Taken) => self.transferred_away(hands, Ok(())),
            Some(Referral::Asked) => self.transferred_away(hands, Err(0)),
            None => {}
        }
    }

    /// Nothing more is heard of a REFER of ours.
    pub(super) fn referral_forgotten(&mut self, hands: &mut Hands<'_, '_>) {
        if self.referral.is_some() {
            self.transferred_away(hands, Err(408));
        }
    }

    /// How a REFER of ours goes (RFC 3515, 2.4.5).
    pub(super) fn notified(&mut self, hands: &mut Hands<'_, '_>, asked: &Asked, request: &Request) {
        let event = value(&request.headers, "Event").unwrap_or_default();
        let event = event.split(';').next().unwrap_or_default().trim();
        if !event.eq_ignore_ascii_case("refer") {
            let mut response = asked.answer(489);
            response.headers.push(header("Allow-Events", "refer"));
            return self.respond(hands, asked, response);
        }
        self.reply(hands, asked, 200);
        if self.referral.is_none() {
            return;
        }
        let body = text::decode(&request.body);
        let code = body
            .split_ascii_whitespace()
            .nth(1)
            .and_then(|code| code.parse::<u16>().ok());
        let state = value(&request.headers, "Subscription-State").unwrap_or_default();
        let params = state.find(';').map_or("", |at| &state[at..]);
        let state = state.split(';').next().unwrap_or_default().trim();
        match code {
            Some(200..300) => self.transferred_away(hands, Ok(())),
            Some(code @ 300..700) => self.transferred_away(hands, Err(code)),
            _ if state.eq_ignore_ascii_case("terminated") => self.transferred_away(hands, Err(0)),
            _ => {
                self.referral = Some(Referral::Taken);
                let expires = uri::param(params, "expires").and_then(|text| text.parse().ok());
                self.await_referral(hands, expires);
            }
        }
    }

    /// A final answer to our REFER.
    pub(super) fn refer_answered(&mut self, hands: &mut Hands<'_, '_>, response: &Response) {
        if self.referral.is_none() {
            return;
        }
        match response.status_code.code() {
            // One who tells nothing more has taken it over (RFC 4488).
            200..300 if names(&response.headers, "Refer-Sub", "false") => {
                self.transferred_away(hands, Ok(()));
            }
            200..300 => {
                self.referral = Some(Referral::Taken);
                self.await_referral(hands, None);
            }
            code => self.transferred_away(hands, Err(code)),
        }
    }

    /// The next news of a REFER of ours has to come within so many seconds.
    fn await_referral(&mut self, hands: &mut Hands<'_, '_>, seconds: Option<u64>) {
        let span = seconds.map_or(REFERRAL, Duration::from_secs);
        self.wait(hands, Due::Referral, span.clamp(PATIENCE, REFERRAL));
    }
}
