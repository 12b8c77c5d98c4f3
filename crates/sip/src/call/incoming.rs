//! An INVITE of theirs, until it is answered (RFC 3261, 13.3).

use std::sync::Arc;

use engine::request::Responder;
use engine::{Calling, Incoming, Input, Reception};
use rsipstack::sip::{Headers, Request};
use switch::{Cause, ChannelId, Text};

use super::dialog::{Dialog, Ways};
use super::examine::{Refusal, examine, put_timer};
use super::hands::Hands;
use super::known::far_end;
use super::leg::{Call, Phase, Sounding, respond};
use super::message::{self, Asked, header, names};
use super::moments::{Due, PATIENCE, REMIND, T1};
use super::prack::Reliably;
use super::session_timer::SessionTimer;
use super::{Back, causes, identity, place};
use crate::limits;
use crate::sdp::{Exchange, Secret, Wants};
use crate::settings::{Endpoint, Settings, codecs};
use crate::wire::{Flow, ServerTransaction};

/// An INVITE that is not answered finally.
pub(super) struct Arriving {
    pub(super) asked: Asked,
    /// Its offer, if it had one.
    pub(super) offer: Option<Vec<u8>>,
    /// Our answer to that.
    pub(super) description: Option<Vec<u8>>,
    /// Whether that went out.
    pub(super) described: bool,
    pub(super) reliably: Reliably,
    timer: Option<SessionTimer>,
    /// The last provisional code.
    said: u16,
    /// It is to be answered as soon as their PRACK allows.
    pub(super) answer_wanted: bool,
}

/// Takes an INVITE, or refuses it at once.
pub(super) fn invite(
    hands: &mut Hands<'_, '_>,
    id: u64,
    transaction: ServerTransaction,
    request: Request,
    flow: Flow,
    endpoint: Arc<Endpoint>,
    replaces: Option<ChannelId>,
) -> Option<Call> {
    let tag = hands.dice.tag();
    let asked = Asked::of(transaction, &request, &tag);
    let refuse = |hands: &mut Hands<'_, '_>, Refusal(code, more): Refusal| {
        let mut response = asked.answer(code);
        response.headers.extend(more);
        respond(hands.cx, transaction, response);
    };
    let taken = match examine(&request, &endpoint) {
        Ok(taken) => taken,
        Err(refusal) => {
            refuse(hands, refusal);
            return None;
        }
    };
    let mut trying = crate::reply::to(&request, rsipstack::sip::StatusCode::Trying, "");
    trying.wire_reason = None;
    respond(hands.cx, transaction, trying);
    let (settings, here, there) = (&**hands.cx.settings, flow.local, flow.remote.ip());
    let contact = place::contact(settings, "", flow.transport, here, Some(there));
    let ways = Ways::by(&flow, &endpoint, settings);
    let dialog = Dialog::incoming(&request, &flow, ways, tag, contact);
    let (listen, shown) = place::sound(settings, &endpoint, flow.transport, here, Some(there));
    let mut sound = match open_sound(hands, &endpoint, listen, shown) {
        Ok(sound) => sound,
        Err(refusal) => {
            refuse(hands, refusal);
            return None;
        }
    };
    sound.exchange.prefer(endpoint.incoming_call_offer_pref);
    let offer = message::description(&request.headers, &request.body);
    let description = match offer.map(|offer| sound.exchange.answer(offer)).transpose() {
        Ok(description) => description,
        Err(_) => {
            hands.cx.sound.close(sound.session);
            refuse(hands, Refusal(488, Vec::new()));
            return None;
        }
    };
    tell(hands, id, &request, &dialog, &endpoint, &sound, replaces);
    let arriving = Arriving {
        asked,
        offer: offer.map(<[u8]>::to_vec),
        description,
        described: false,
        reliably: Reliably::new(taken.reliable),
        timer: taken.timer,
        said: 100,
        answer_wanted: false,
    };
    let mut call = Call::new(id, endpoint, dialog, Phase::Arriving(Box::new(arriving)));
    call.takes_update = names(&request.headers, "Allow", "UPDATE");
    call.sound = Some(sound);
    hands.index.tags.insert(call.dialog.local_tag.clone(), id);
    hands.index.invites.insert(transaction, id);
    // An engine that drops the responder refuses without a word.
    call.wait(hands, Due::Forgotten, PATIENCE * 4);
    Some(call)
}

/// Opens ports, and begins an exchange of descriptions about them.
pub(super) fn open_sound(
    hands: &mut Hands<'_, '_>,
    endpoint: &Endpoint,
    listen: std::net::IpAddr,
    shown: std::net::IpAddr,
) -> Result<Sounding, Refusal> {
    let (session, mut address) = hands.cx.sound.open(listen).map_err(|why| {
        let warning = format!("399 - \"no port for sound: {}\"", why.kind());
        Refusal(503, vec![header("Warning", warning)])
    })?;
    address.set_ip(shown);
    let id = u64::from(hands.dice.below(u32::MAX >> 1)) + 1;
    let secret = Secret(hands.dice.bytes());
    let exchange =
        Exchange::new(Wants::of(endpoint), address, id, secret).with_means(hands.cx.sound.means());
    Ok(Sounding {
        session,
        exchange,
        began: false,
    })
}

/// The engine learns of the call.
fn tell(
    hands: &mut Hands<'_, '_>,
    id: u64,
    request: &Request,
    dialog: &Dialog,
    endpoint: &Endpoint,
    sound: &Sounding,
    replaces: Option<ChannelId>,
) {
    let back = hands.back.clone();
    let reply = Responder::new(move |reception| {
        back(Back::Created {
            call: id,
            reception,
        });
    });
    let mut far = far_end(endpoint);
    if let Some(codec) = sound.exchange.codec() {
        far.format = Text::from(codecs::name(codec));
        far.formats = Text::from(codecs::list(&[codec]));
    }
    let settings: &Settings = hands.cx.settings;
    let domain = request.uri.host().to_string();
    hands.cx.out.engine.push(Input::Incoming(Box::new(Incoming {
        call: Calling {
            technology: "PJSIP",
            context: endpoint.context.clone(),
            exten: Text::from(identity::extension(request, settings)),
            caller: identity::caller(&request.headers, endpoint),
            redirected: identity::diversion(&request.headers),
            far,
            variables: vec![(Text::from("SIPDOMAIN"), Text::from(domain))],
            headers: kept(&request.headers),
            reference: Text::from(&*dialog.call_id),
        },
        replaces,
        reply,
    })));
}

/// Headers as the engine keeps them.
pub(super) fn kept(headers: &Headers) -> Vec<(Text, Text)> {
    headers
        .iter()
        .take(limits::KEPT_HEADERS)
        .map(|header| (Text::from(header.name()), Text::from(header.value())))
        .collect()
}

impl Call {
    /// The INVITE that waits, if one does; the call goes on to another phase then.
    fn take_arriving(&mut self, next: Phase) -> Option<Box<Arriving>> {
        match std::mem::replace(&mut self.phase, next) {
            Phase::Arriving(arriving) => Some(arriving),
            other => {
                self.phase = other;
                None
            }
        }
    }

    /// The engine made a channel for the call, or refused it.
    pub(super) fn received(&mut self, hands: &mut Hands<'_, '_>, reception: Reception) {
        self.forget(hands, Due::Forgotten);
        match reception {
            Reception::Made(channel) => {
                self.channel = Some(channel);
                hands.index.channels.insert(channel, self.id);
                if let Some(sound) = &self.sound {
                    hands.cx.sound.attach(sound.session, channel);
                }
                // The engine knows the format: it is what the call came with.
                let codec = self.sound.as_ref().and_then(|sound| sound.exchange.codec());
                self.format = codec.map_or("", codecs::name);
            }
            Reception::NoExtension => self.refuse(hands, 404, None),
            Reception::Incomplete => {
                let code = if self.endpoint.allow_overlap {
                    484
                } else {
                    404
                };
                self.refuse(hands, code, None);
            }
            Reception::Refused => self.refuse(hands, 503, None),
        }
    }

    /// 180: the far end is told that somebody is alerted.
    pub(super) fn ring(&mut self, hands: &mut Hands<'_, '_>) {
        match self.endpoint.inband_progress {
            true => self.provisional(hands, 183),
            false => self.provisional(hands, 180),
        }
    }

    /// A provisional answer; a 183 has a description.
    pub(super) fn provisional(&mut self, hands: &mut Hands<'_, '_>, code: u16) {
        let Phase::Arriving(arriving) = &mut self.phase else {
            return;
        };
        let step_back = arriving.said == 183 && code == 180;
        if arriving.said == code
            || (step_back && !hands.cx.settings.global.allow_sending_180_after_183)
        {
            return;
        }
        if arriving.reliably.is_waiting() {
            arriving.reliably.next = Some(code);
            return;
        }
        arriving.said = code;
        let reliable = arriving.reliably.wanted;
        let mut description = None;
        if code == 183 {
            description = match (&arriving.description, &mut self.sound) {
                (Some(answer), _) if !arriving.reliably.described => Some(answer.clone()),
                // Our offer may go into a provisional answer only where that arrives for sure.
                (None, Some(sound)) if reliable && sound.exchange.agreed().is_none() => {
                    Some(sound.exchange.offer())
                }
                _ => None,
            };
        }
        let Some(mut arriving) = self.take_arriving(Phase::Over) else {
            return;
        };
        let mut response = self.full_answer(&arriving.asked, code);
        self.put_connected(&mut response.headers);
        let described = description.is_some();
        arriving.described |= described;
        if let Some(description) = description {
            message::put(
                &mut response.headers,
                &mut response.body,
                "application/sdp",
                description,
            );
        }
        if reliable {
            arriving
                .reliably
                .number(&mut response, hands.dice, described);
            self.wait(hands, Due::ReliableAgain, T1);
            self.wait(hands, Due::ReliableEnd, PATIENCE);
        }
        self.respond(hands, &arriving.asked, response);
        self.phase = Phase::Arriving(arriving);
        self.wait(hands, Due::Remind, REMIND);
        if described {
            self.agree(hands);
        }
    }

    /// Says once more that we ring (RFC 3261, 13.3.1): proxies and far ends give up otherwise.
    pub(super) fn remind(&mut self, hands: &mut Hands<'_, '_>) {
        let Phase::Arriving(arriving) = &mut self.phase else {
            return;
        };
        if !arriving.reliably.is_waiting() {
            let code = std::mem::replace(&mut arriving.said, 100);
            self.provisional(hands, code);
        }
    }

    /// 200: the call is answered.
    pub(super) fn answer(&mut self, hands: &mut Hands<'_, '_>) {
        let Phase::Arriving(arriving) = &mut self.phase else {
            return;
        };
        // RFC 3262, 3: not before an answer that had a description is known to have arrived.
        if arriving.reliably.is_waiting() && arriving.reliably.describing() {
            arriving.answer_wanted = true;
            return;
        }
        let Some(arriving) = self.take_arriving(Phase::Up) else {
            return;
        };
        self.forget(hands, Due::ReliableAgain);
        self.forget(hands, Due::ReliableEnd);
        self.forget(hands, Due::Remind);
        hands.index.invites.remove(&arriving.asked.transaction);
        let mut response = self.full_answer(&arriving.asked, 200);
        self.put_connected(&mut response.headers);
        if let Some(timer) = arriving.timer {
            put_timer(&mut response, timer);
        }
        // RFC 6337, 2.2: what a reliable answer said is not said again.
        let described = arriving.reliably.described;
        let offered = !described && arriving.description.is_none();
        let body = match (arriving.description, &mut self.sound) {
            _ if described => None,
            (Some(answer), _) => Some(answer),
            (None, Some(sound)) => Some(sound.exchange.offer()),
            (None, None) => None,
        };
        if let Some(body) = body {
            message::put(
                &mut response.headers,
                &mut response.body,
                "application/sdp",
                body,
            );
        }
        self.accept(hands, &arriving.asked, response, offered);
        self.heard(hands);
        if let Some(timer) = arriving.timer {
            self.run_timer(hands, timer);
        }
        self.agree(hands);
    }

    /// A final answer that is none to talk on. `told` is what the engine hears of it, unless it ordered it.
    pub(super) fn refuse(&mut self, hands: &mut Hands<'_, '_>, code: u16, told: Option<Cause>) {
        let Some(arriving) = self.take_arriving(Phase::Over) else {
            return;
        };
        hands.index.invites.remove(&arriving.asked.transaction);
        let mut response = arriving.asked.answer(code);
        response.headers.extend(std::mem::take(&mut self.attached));
        let suppressed = self.endpoint.suppress_q850_reason_headers;
        if let Some(reason) = told.and_then(causes::reason).filter(|_| !suppressed) {
            response.headers.push(header("Reason", reason));
        }
        self.respond(hands, &arriving.asked, response);
        let cause = told.unwrap_or_else(|| causes::cause(code));
        self.part(hands, Some(cause), &code.to_string());
    }

    /// 487: they do not want it any more (RFC 3261, 9.2).
    pub(super) fn cancelled(&mut self, hands: &mut Hands<'_, '_>, request: &Request) {
        let told = causes::told(&request.headers);
        let Some(arriving) = self.take_arriving(Phase::Over) else {
            return;
        };
        hands.index.invites.remove(&arriving.asked.transaction);
        self.reply(hands, &arriving.asked, 487);
        self.part(hands, told.or(Some(Cause::INTERWORKING)), "487");
    }
}
