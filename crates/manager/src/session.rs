//! One client's conversation: requests in, replies and events out, without the socket.

mod known;
mod outbox;
mod pending;

use std::future::Future;
use std::sync::Arc;
use std::task::{Context, Poll};

use ami::event::session::WaitEventComplete;
use ami::event::system::FullyBooted;
use ami::{Decoder, Dialect, Event, Packet, Permission};
use switch::Time;

use known::Known;
pub(crate) use outbox::Outbox;
pub(crate) use pending::Outcome;
use pending::Pending;

use crate::action::{self, Cx, Run};
use crate::fanout::Taken;
use crate::limits;
use crate::manager::Manager;
use crate::peer::Peer;
use crate::register::{Refused, Ticket};
use crate::reply::Reply;
use crate::security::Incident;

/// A conversation.
pub(crate) struct Session {
    manager: Arc<Manager>,
    peer: Peer,
    /// What the listener speaks.
    dialect: Dialect,
    since: Time,
    ticket: Ticket,
    known: Option<Box<Known>>,
    challenge: Option<Box<str>>,
    decoder: Decoder,
    /// Bytes that came while a request was being worked on.
    unread: Vec<u8>,
    pending: Option<Box<Pending>>,
    /// Orders given to the engine since it last answered.
    unanswered: u32,
    /// What the client has still to take.
    pub(crate) out: Outbox,
    /// Nothing more is read or told; it is over when the client has taken what is there.
    ending: bool,
}

impl Session {
    /// A client has come; it is greeted, if the limits have room for it.
    pub(crate) fn new(
        manager: &Arc<Manager>,
        peer: Peer,
        dialect: Dialect,
    ) -> Result<Session, Refused> {
        let ticket = manager.enter(peer)?;
        let mut out = Outbox::default();
        out.reply().extend_from_slice(dialect.greeting().as_bytes());
        out.fence();
        Ok(Session {
            since: manager.host.now(),
            manager: Arc::clone(manager),
            peer,
            dialect,
            ticket,
            known: None,
            challenge: None,
            decoder: Decoder::new(),
            unread: Vec::new(),
            pending: None,
            unanswered: 0,
            out,
            ending: false,
        })
    }

    /// How far the events go that may be written before the next replies.
    ///
    /// An action's reply comes before the events that it caused: the engine answers first and tells
    /// afterwards. So whoever reads this position, then collects the replies, and then writes the events
    /// up to the position, keeps the promise.
    pub(crate) fn head(&self) -> u64 {
        self.known.as_ref().map_or(0, |known| known.seat.head())
    }

    /// Whether more bytes of the client are welcome.
    pub(crate) fn wants_input(&self) -> bool {
        !self.ending && self.pending.is_none() && self.unread.is_empty() && self.has_room()
    }

    /// Takes bytes of the client and answers as many requests as it may now. `false` if its turn is
    /// over: it has more to do.
    pub(crate) fn input(&mut self, mut bytes: &[u8], cx: &mut Context<'_>) -> bool {
        // Whoever asks something has read the answer to his login.
        if self
            .known
            .as_ref()
            .is_some_and(|known| known.quiet.is_some())
        {
            self.welcome();
        }
        let done = self.answer(&mut bytes, cx);
        self.unread.extend_from_slice(bytes);
        done
    }

    /// Goes on with what is being worked on, and with the requests behind it. `false` as above.
    pub(crate) fn go_on(&mut self, cx: &mut Context<'_>) -> bool {
        let unread = std::mem::take(&mut self.unread);
        let mut rest = &*unread;
        let done = self.answer(&mut rest, cx);
        if !rest.is_empty() {
            self.unread = rest.to_vec();
        }
        done
    }

    /// Puts the events up to `head` into the outbox, as far as there is room. `true` if there are more.
    pub(crate) fn take_events(&mut self, head: u64, cx: &mut Context<'_>) -> bool {
        if self.ending || self.waits_for_event() || self.out.is_fenced() || self.is_quiet(cx) {
            return false;
        }
        let Some(known) = &self.known else {
            return false;
        };
        if self.out.len() >= limits::MAX_UNREAD_REPLIES {
            return true;
        }
        match known
            .seat
            .take(head, limits::MAX_UNREAD_REPLIES, &mut self.out)
        {
            Taken::All => false,
            Taken::Some => true,
            Taken::Cut => {
                self.cut();
                false
            }
        }
    }

    /// Whether it is too soon after the login to tell anything; otherwise the first thing is told.
    fn is_quiet(&mut self, cx: &mut Context<'_>) -> bool {
        let Some(quiet) = self.known.as_mut().and_then(|known| known.quiet.as_mut()) else {
            return false;
        };
        if quiet.as_mut().poll(cx).is_pending() {
            return true;
        }
        self.welcome();
        false
    }

    /// Whether there is an event to be told now; otherwise the task is woken when there is.
    pub(crate) fn event_is_there(&self, cx: &Context<'_>) -> bool {
        match &self.known {
            Some(known) if !self.ending && known.quiet.is_none() => known.seat.ready(cx.waker()),
            _ => false,
        }
    }

    /// For a client that does not take what is there: whether it fell so far behind that it is cut;
    /// otherwise the task is woken when it does.
    pub(crate) fn fell_behind(&mut self, cx: &Context<'_>) -> bool {
        let cut = match &self.known {
            Some(known) if !self.ending => known.seat.is_cut(cx.waker()),
            _ => false,
        };
        if cut {
            self.cut();
        }
        cut
    }

    /// The client will send nothing more.
    pub(crate) fn input_ended(&mut self) {
        // Somebody who waits for an event that may never come waits no longer.
        if self.waits_for_event() || (self.pending.is_none() && self.unread.is_empty()) {
            self.ending = true;
        }
    }

    /// Nothing more is read or told.
    pub(crate) fn end(&mut self) {
        self.ending = true;
        self.pending = None;
    }

    /// Whether the session ends as soon as the client has taken what is there.
    pub(crate) fn is_ending(&self) -> bool {
        self.ending
    }

    /// Whether somebody threw it out; otherwise the task is woken when so.
    pub(crate) fn is_thrown_out(&self, cx: &Context<'_>) -> bool {
        self.ticket.is_thrown_out(cx.waker())
    }

    /// Whether it has to log in still.
    pub(crate) fn is_stranger(&self) -> bool {
        self.known.is_none()
    }

    /// How long the client may take nothing of what is written to it.
    pub(crate) fn write_timeout(&self) -> std::time::Duration {
        self.known
            .as_ref()
            .map_or(limits::WRITE_TIMEOUT, |known| known.user.write_timeout)
    }

    /// The client's address, for the log.
    pub(crate) fn peer(&self) -> &Peer {
        &self.peer
    }

    fn has_room(&self) -> bool {
        !self.out.is_fenced() && self.out.len() < limits::MAX_UNREAD_REPLIES
    }

    fn waits_for_event(&self) -> bool {
        self.pending
            .as_ref()
            .is_some_and(|pending| pending.is_for_event())
    }

    /// Answers requests in order. `false` if the turn is over before the input is.
    fn answer(&mut self, input: &mut &[u8], cx: &mut Context<'_>) -> bool {
        for _ in 0..limits::MAX_TURN {
            if self.pending.is_some() && self.poll_pending(cx).is_pending() {
                return true;
            }
            if self.ending || !self.has_room() {
                return true;
            }
            match self.decoder.decode(input) {
                None => return true,
                Some(Ok(packet)) => self.request(packet),
                Some(Err(overflow)) => {
                    self.reply(&overflow.action_id, &Reply::error(overflow.to_string()));
                }
            }
        }
        false
    }

    fn request(&mut self, packet: Packet) {
        match self.outcome(&packet) {
            Outcome::Reply(reply) => self.reply(packet.get("ActionID"), &reply),
            Outcome::LoggedIn(reply) => {
                self.reply(packet.get("ActionID"), &reply);
                // Some clients throw away what shares a read with it.
                self.out.fence();
            }
            Outcome::Last(reply) => {
                self.reply(packet.get("ActionID"), &reply);
                self.ending = true;
            }
            Outcome::Refused(reply) => {
                self.pending = Some(Box::new(Pending::refusal(packet.get("ActionID"), reply)));
            }
            Outcome::Switch(future) => {
                self.pending = Some(Box::new(Pending::action(packet.get("ActionID"), future)));
            }
            Outcome::WaitEvent(timeout) => {
                self.pending = Some(Box::new(Pending::event(packet.get("ActionID"), timeout)));
            }
        }
    }

    fn outcome(&mut self, packet: &Packet) -> Outcome {
        let name = packet.get("Action");
        if name.is_empty() {
            self.report(Incident::BadFormat("NONE"));
            return Reply::error("Missing action in request").into();
        }
        let entry = action::find(name);
        let Some(known) = &self.known else {
            return match entry.map(|entry| (entry.spec.name, entry.run)) {
                Some(("Challenge" | "Login" | "Logoff", Run::Session(run))) => run(self, packet),
                _ => {
                    self.report(Incident::NotAllowed(name));
                    Reply::error("Permission denied").into()
                }
            };
        };
        let Some(entry) = entry.filter(|e| self.manager.host.modules().loaded(e.spec.module))
        else {
            self.report(Incident::BadFormat(name));
            return Reply::error(format!(
                "Invalid/unknown command: {name}. Use Action: ListCommands to show available commands."
            ))
            .into();
        };
        if !known.user.write.allows(entry.spec.privilege) {
            self.report(Incident::NotAllowed(name));
            return Reply::error("Permission denied").into();
        }
        match entry.run {
            Run::Session(run) => run(self, packet),
            Run::Switch(run) => {
                let (manager, user) = (Arc::clone(&self.manager), Arc::clone(&known.user));
                let (dialect, packet) = (known.dialect, packet.clone());
                Outcome::Switch(Box::pin(async move {
                    let cx = Cx {
                        engine: &manager.engine,
                        host: &*manager.host,
                        user: &user,
                        dialect,
                        action_id: packet.get("ActionID"),
                    };
                    run(&cx, &packet).await
                }))
            }
        }
    }

    fn poll_pending(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(pending) = &mut self.pending else {
            return Poll::Ready(());
        };
        let event = match &self.known {
            Some(known) if pending.is_for_event() => known.seat.ready(cx.waker()),
            _ => false,
        };
        let (reply, last) = std::task::ready!(pending.poll(cx, event));
        let Some(pending) = self.pending.take() else {
            return Poll::Ready(());
        };
        self.reply(&pending.action_id, &reply);
        self.ending |= last;
        if pending.is_for_event() {
            self.tell_waited(&pending.action_id);
        }
        Poll::Ready(())
    }

    /// The events that WaitEvent waited for, and the event that ends them.
    fn tell_waited(&mut self, action_id: &str) {
        if let Some(known) = &self.known {
            known
                .seat
                .take(known.seat.head(), limits::MAX_UNREAD_REPLIES, &mut self.out);
        }
        WaitEventComplete.write_item(self.out.reply(), action_id);
    }

    fn reply(&mut self, action_id: &str, reply: &Reply) {
        reply.write(action_id, self.out.reply());
    }

    /// Tells of somebody who has just logged in that the switch is up. The old dialect's clients came
    /// before the event.
    fn welcome(&mut self) {
        let Some(known) = &mut self.known else { return };
        known.quiet = None;
        let times = self.manager.host.times();
        let may = known
            .user
            .read
            .intersection(known.mask.0)
            .contains(Permission::SYSTEM);
        if !may || !times.booted || known.dialect == Dialect::Old {
            return;
        }
        let now = self.manager.host.now();
        let mut rendered = crate::rendered::Rendered::new(self.manager.settings().style.clone());
        rendered.at(now);
        rendered.event(&FullyBooted {
            uptime: now.since(times.started).as_secs(),
            last_reload: now.since(times.reloaded).as_secs(),
            status: "Fully Booted",
        });
        for told in rendered.take().iter() {
            self.out.reply().extend_from_slice(told.packet);
        }
    }

    /// The client fell too far behind: tells it how much it missed and ends.
    fn cut(&mut self) {
        let missed = self.known.as_ref().and_then(|known| known.seat.missed());
        let events = missed.map_or(0, |missed| missed.0);
        let limit = limits::MAX_BEHIND;
        let event = ami::event::session::EventsLost {
            missed: events,
            limit,
        };
        event.write(self.out.reply(), &ami::event::Extra::NONE);
        tracing::warn!(
            target: "manager",
            "{} read too slowly and was cut: {events} events, {limit} bytes behind",
            self.peer.ip()
        );
        self.end();
    }
}
