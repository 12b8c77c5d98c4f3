//! Calls: what is said between an INVITE and the end of what it began.
//!
//! [`Calls`] holds every dialog that an INVITE made, whoever sent it. It is called with requests that are
//! authenticated, with answers to its own, with orders from the engine and with its timers; whatever it has
//! to say goes to [`Cx::out`]. A call is gone from it when neither side waits for anything any more.

// Long because it is the table of contents of all that befalls a call.

use std::sync::Arc;

use engine::{FromChannel, Input, Reception};
use rsipstack::sip::{Method, Request, Response};
use rustc_hash::FxHashMap;
use switch::signal::Order;
use switch::{Cause, ChannelId, Text};

use crate::cx::Cx;
use crate::reply;
use crate::settings::{Endpoint, Settings};
use crate::wire::{ClientTransaction, Flow, ServerTransaction, Target, Unanswered};

mod abilities;
pub mod accepted;
pub(crate) mod attached;
mod causes;
mod destination;
mod detail;
mod dialog;
mod ending;
mod events;
mod examine;
mod giving_up;
mod hands;
pub(crate) mod identity;
mod incoming;
mod info;
mod known;
mod leg;
mod message;
mod moments;
mod notify;
mod outgoing;
mod place;
mod prack;
mod probe;
mod proof;
mod quality;
mod redirect;
mod refer;
mod reinvite;
mod session_timer;
mod set;
mod timer;

#[cfg(test)]
mod tests;

pub use causes::{cause, code};
use hands::{Dice, Hands, Index};
pub use known::far_end;
use leg::{Call, Phase};
use message::Asked;
pub use quality::{figure, variables};
use refer::Wanted;

/// Channels for which something may be ordered before they are called.
const MAX_PREPARED: usize = 10_000;

/// Headers and settings that may wait for a channel to be called.
const MAX_PREPARED_EACH: usize = 128;

/// What the engine's answers come back as. Whoever owns the core hands them to
/// [`Calls::created`] and [`Calls::transferred`], before any order that follows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Back {
    /// The engine made a channel for a call that came in, or refused it.
    Created {
        /// The call.
        call: u64,
        /// What became of it.
        reception: Reception,
    },
    /// The engine did what a phone asked for by REFER, or could not.
    Transferred {
        /// The call in which it was asked.
        call: u64,
        /// Which of its requests, by the `CSeq` number of the REFER.
        refer: u32,
        /// Whether it went well.
        well: bool,
    },
}

/// Where answers of the engine go: from the engine's thread to whoever owns the core.
pub type Return = Arc<dyn Fn(Back) + Send + Sync>;

/// Who is called and where: what [`Calls`] asks of whoever keeps the configuration and the registrations.
pub trait Reach {
    /// The endpoint of a name.
    fn endpoint(&self, name: &str) -> Option<Arc<Endpoint>>;

    /// Where its aors' first contact that can be reached is.
    fn contact(&self, endpoint: &Endpoint) -> Option<Place>;

    /// How an address is reached that no registration told: transport of the endpoint, its outbound proxy.
    /// `None` where it is no address, or no transport leads there.
    fn place(&self, endpoint: &Endpoint, uri: &str) -> Option<Place>;
}

/// Where somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The address, such as `sip:6001@192.0.2.1:5062`.
    pub uri: String,
    /// Proxies on the way there: the `Path` of its registration, or the outbound proxy.
    pub routes: Vec<String>,
    /// Where requests go.
    pub target: Target,
    /// Our own side of it: what `Contact` says and where sound is listened for.
    pub flow: Flow,
}

/// What there is, for whoever looks for leaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Calls, in whatever state.
    pub calls: usize,
    /// Those that wait for no more than the answer to their BYE.
    pub ending: usize,
    /// Sessions of sound.
    pub sessions: usize,
    /// Entries in all indexes together.
    pub indexed: usize,
}

/// All calls.
pub struct Calls {
    calls: FxHashMap<u64, Box<Call>>,
    count: u64,
    index: Index,
    dice: Dice,
    back: Return,
    /// What was ordered for channels that are not called yet: headers and settings.
    prepared: FxHashMap<ChannelId, Vec<Order>>,
}

impl Calls {
    /// No calls. `seed` is what tags and Call-IDs come of: nobody outside may guess it.
    pub fn new(seed: u64, back: Return) -> Calls {
        Calls {
            calls: FxHashMap::default(),
            count: 0,
            index: Index::default(),
            dice: Dice::new(seed),
            back,
            prepared: FxHashMap::default(),
        }
    }

    /// An INVITE without a dialog, authenticated and identified.
    pub fn invite(
        &mut self,
        cx: &mut Cx<'_>,
        transaction: ServerTransaction,
        request: Request,
        flow: Flow,
        endpoint: Arc<Endpoint>,
    ) {
        let replaced = self.replaced(&request);
        let id = self.next_id();
        let mut hands = self.hands(cx);
        let replaces = match replaced {
            Ok(replaces) => replaces,
            Err(code) => {
                let tag = hands.dice.tag();
                let asked = Asked::of(transaction, &request, &tag);
                return leg::respond(hands.cx, transaction, asked.answer(code));
            }
        };
        let made = incoming::invite(
            &mut hands,
            id,
            transaction,
            request,
            flow,
            endpoint,
            replaces,
        );
        if let Some(call) = made {
            self.calls.insert(id, Box::new(call));
        }
    }

    /// A request with a tag in `To`, other than ACK and CANCEL. Gives it back where no dialog of a call is
    /// meant: it may belong to a subscription, and is answered 481 otherwise.
    pub fn in_dialog(
        &mut self,
        cx: &mut Cx<'_>,
        transaction: ServerTransaction,
        request: Request,
        flow: Flow,
    ) -> Option<Request> {
        let Some(id) = self.find(&request) else {
            return Some(request);
        };
        let wanted = match request.method {
            Method::Refer => Some(self.wanted(cx, &request)),
            _ => None,
        };
        self.with(cx, id, |call, hands| {
            call.requested(hands, transaction, &request, flow, wanted);
        });
        None
    }

    /// The ACK of a 2xx.
    pub fn ack(&mut self, cx: &mut Cx<'_>, request: Request, flow: Flow) {
        let _ = flow;
        if let Some(id) = self.find(&request) {
            self.with(cx, id, |call, hands| call.acked(hands, &request));
        }
    }

    /// An INVITE was cancelled; the CANCEL is answered.
    pub fn cancelled(&mut self, cx: &mut Cx<'_>, transaction: ServerTransaction, request: Request) {
        if let Some(id) = self.index.invites.get(&transaction).copied() {
            self.with(cx, id, |call, hands| call.cancelled(hands, &request));
        }
    }

    /// An answer to a request of ours. Whether the request was one of a call.
    pub fn response(
        &mut self,
        cx: &mut Cx<'_>,
        transaction: ClientTransaction,
        response: Response,
        flow: Flow,
    ) -> bool {
        let _ = flow;
        let Some(id) = self.index.requests.get(&transaction).copied() else {
            return false;
        };
        self.with(cx, id, |call, hands| {
            call.responded(hands, transaction, &response)
        });
        true
    }

    /// A request of ours stays without an answer. Whether it was one of a call.
    pub fn unanswered(
        &mut self,
        cx: &mut Cx<'_>,
        transaction: ClientTransaction,
        why: &Unanswered,
    ) -> bool {
        let Some(id) = self.index.requests.get(&transaction).copied() else {
            return false;
        };
        self.with(cx, id, |call, hands| {
            call.unanswered(hands, transaction, why)
        });
        true
    }

    /// The engine made a channel for a call, or refused it.
    pub fn created(&mut self, cx: &mut Cx<'_>, call: u64, reception: Reception) {
        if self.calls.contains_key(&call) {
            return self.with(cx, call, |call, hands| call.received(hands, reception));
        }
        // They hung up while the engine made up its mind.
        if let Reception::Made(channel) = reception {
            let hangup = FromChannel::Hangup {
                cause: Some(Cause::INTERWORKING),
                tech_cause: Text::from("487"),
            };
            cx.out.engine.push(Input::Channel(channel, hangup));
        }
    }

    /// The engine did what a phone asked for by REFER, or could not.
    pub fn transferred(&mut self, cx: &mut Cx<'_>, call: u64, refer: u32, well: bool) {
        self.with(cx, call, |call, hands| call.transferred(hands, refer, well));
    }

    /// An order for a channel that is not about its sound.
    pub fn order(&mut self, cx: &mut Cx<'_>, reach: &dyn Reach, channel: ChannelId, order: &Order) {
        if let Order::Call {
            destination,
            caller,
            diverted,
            formats,
        } = order
        {
            let prepared = self.prepared.remove(&channel).unwrap_or_default();
            let id = self.next_id();
            let mut hands = self.hands(cx);
            let made = destination::call(&mut hands, id, reach, channel, destination, caller);
            if let Some(mut call) = made {
                call.was_diverted(diverted.clone());
                call.offer_for(formats);
                let mut hands = self.hands(cx);
                for order in &prepared {
                    call.ordered(&mut hands, order);
                }
                self.calls.insert(id, Box::new(call));
                self.with(cx, id, |call, hands| call.invite(hands));
            }
            return;
        }
        let Some(id) = self.index.channels.get(&channel).copied() else {
            match order {
                Order::Attach { .. } | Order::Set { .. } => self.prepare(channel, order),
                Order::Hangup(_) => {
                    self.prepared.remove(&channel);
                }
                _ => {}
            }
            return;
        };
        self.with(cx, id, |call, hands| call.ordered(hands, order));
    }

    /// A [`crate::cx::Timer::Call`] is due.
    pub fn timer(&mut self, cx: &mut Cx<'_>, call: u64, timer: u32) {
        self.with(cx, call, |call, hands| {
            if let Some(due) = call.came(timer) {
                call.due(hands, due);
            }
        });
    }

    /// Nothing was heard of a channel's far end for longer than its endpoint allows.
    pub fn silent(&mut self, cx: &mut Cx<'_>, channel: ChannelId) {
        if let Some(id) = self.index.channels.get(&channel).copied() {
            self.with(cx, id, |call, hands| call.lost(hands, 408));
        }
    }

    /// What the dialplan asks of a channel's call, such as `pjsip,call-id`; why not, where there is no such
    /// field or no such call.
    pub fn detail(
        &self,
        settings: &Settings,
        channel: ChannelId,
        field: &str,
    ) -> Result<String, String> {
        let call = self.of_channel(channel).ok_or("the call is over")?;
        let detail = call.detail(field, settings);
        detail.ok_or_else(|| format!("there is no {field:?} of a call"))
    }

    /// The endpoint of a channel's call, and where it is.
    pub fn far_end(&self, channel: ChannelId) -> Option<(&Endpoint, &str)> {
        let call = self.of_channel(channel)?;
        Some((&*call.endpoint, &*call.dialog.target))
    }

    fn of_channel(&self, channel: ChannelId) -> Option<&Call> {
        let id = self.index.channels.get(&channel)?;
        self.calls.get(id).map(|call| &**call)
    }

    /// A channel's far end cannot be heard and will not be.
    pub fn cut(&mut self, cx: &mut Cx<'_>, channel: ChannelId) {
        if let Some(id) = self.index.channels.get(&channel).copied() {
            self.with(cx, id, |call, hands| call.cut(hands));
        }
    }

    /// What there is.
    pub fn counts(&self) -> Counts {
        let count = |which: fn(&Call) -> bool| self.calls.values().filter(|c| which(c)).count();
        Counts {
            calls: self.calls.len(),
            ending: count(|call| matches!(call.phase, Phase::Ending(_))),
            sessions: count(|call| call.sound.is_some()),
            indexed: self.index.len() + self.prepared.len(),
        }
    }

    fn next_id(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    fn hands<'a, 'c>(&'a mut self, cx: &'a mut Cx<'c>) -> Hands<'a, 'c> {
        Hands {
            cx,
            index: &mut self.index,
            dice: &mut self.dice,
            back: &self.back,
        }
    }

    /// Does something with a call, and lets it go where nothing is awaited after that.
    fn with(&mut self, cx: &mut Cx<'_>, id: u64, does: impl FnOnce(&mut Call, &mut Hands<'_, '_>)) {
        let Some(mut call) = self.calls.remove(&id) else {
            return;
        };
        let mut hands = self.hands(cx);
        does(&mut call, &mut hands);
        match call.is_over() {
            true => call.unlist(&mut hands),
            false => {
                self.calls.insert(id, call);
            }
        }
    }

    /// The call whose dialog a request is in (RFC 3261, 12.2.2).
    fn find(&self, request: &Request) -> Option<u64> {
        let id = *self.index.tags.get(reply::to_tag(&request.headers)?)?;
        let dialog = &self.calls.get(&id)?.dialog;
        let theirs = reply::from_tag(&request.headers).unwrap_or_default();
        let call_id = message::value(&request.headers, "Call-ID").unwrap_or_default();
        (dialog.call_id == call_id && dialog.remote_tag == theirs).then_some(id)
    }

    fn wanted(&self, cx: &Cx<'_>, request: &Request) -> Wanted {
        let ignore = cx.settings.global.ignore_uri_user_options;
        refer::wanted(request, ignore, &self.index, |id| {
            let call = self.calls.get(&id)?;
            Some((&call.dialog, call.channel?))
        })
    }

    /// The channel that an INVITE wants to take the place of (RFC 3891, 3), or the code that refuses it.
    fn replaced(&self, request: &Request) -> Result<Option<ChannelId>, u16> {
        let mut lines = message::values(&request.headers, "Replaces");
        let Some(line) = lines.next() else {
            return Ok(None);
        };
        if lines.next().is_some() {
            return Err(400);
        }
        let named = refer::replaces(line).ok_or(400u16)?;
        let id = self.index.tags.get(named.local_tag).ok_or(481u16)?;
        let call = self.calls.get(id).ok_or(481u16)?;
        let dialog = &call.dialog;
        if dialog.call_id != named.call_id || dialog.remote_tag != named.remote_tag {
            return Err(481);
        }
        match (&call.phase, call.channel) {
            (Phase::Ending(_) | Phase::Over, _) => Err(603),
            (Phase::Arriving(_), _) => Err(481),
            (Phase::Up, _) if named.early_only => Err(486),
            (_, Some(channel)) => Ok(Some(channel)),
            (_, None) => Err(603),
        }
    }

    fn prepare(&mut self, channel: ChannelId, order: &Order) {
        if self.prepared.len() < MAX_PREPARED || self.prepared.contains_key(&channel) {
            let orders = self.prepared.entry(channel).or_default();
            if orders.len() < MAX_PREPARED_EACH {
                orders.push(order.clone());
            }
        }
    }
}
