//! Who the client is, and what it wants to see: what the actions of a session work on.

use std::pin::Pin;
use std::sync::Arc;

use ami::{Dialect, EventMask};
use tokio::time::{Sleep, sleep};
use tracing::info;

use super::Session;
use crate::fanout::{Seat, ViewSpec};
use crate::filter::{Filter, FilterError, FilterSet};
use crate::limits;
use crate::manager::Manager;
use crate::security::{self, Incident, Scene};
use crate::user::User;

/// Who somebody turned out to be, and what he wants to see.
pub(super) struct Known {
    pub(super) user: Arc<User>,
    pub(super) dialect: Dialect,
    pub(super) mask: EventMask,
    pub(super) filters: FilterSet,
    pub(super) seat: Seat,
    /// Until when he is told nothing, so that nothing shares a read with the answer to his login.
    pub(super) quiet: Option<Pin<Box<Sleep>>>,
}

impl Session {
    pub(crate) fn manager(&self) -> &Arc<Manager> {
        &self.manager
    }

    /// Who it is, once logged in.
    pub(crate) fn user(&self) -> Option<&Arc<User>> {
        self.known.as_ref().map(|known| &known.user)
    }

    /// The challenge that was given, if one was.
    pub(crate) fn challenge(&self) -> Option<&str> {
        self.challenge.as_deref()
    }

    /// Gives a challenge; the same until it is used.
    pub(crate) fn give_challenge(&mut self) -> &str {
        self.challenge
            .get_or_insert_with(|| rand::random_range(0..1_000_000_000).to_string().into())
    }

    /// Tells of a login that did not succeed.
    pub(crate) fn report_of(&self, account: &str, incident: Incident<'_>) {
        let Session {
            peer,
            ticket,
            since,
            ..
        } = self;
        let scene = Scene {
            peer,
            number: ticket.number,
            since: *since,
            account,
        };
        security::report(&self.manager, scene, incident);
    }

    /// Tells of what this session's user did.
    pub(crate) fn report(&self, incident: Incident<'_>) {
        self.report_of(self.user().map_or("", |user| &user.name), incident);
    }

    /// The session is this user's from now on; `false` if he may be logged in but once and is.
    pub(crate) fn log_in(&mut self, user: &Arc<User>, mask: EventMask) -> bool {
        if !self.ticket.log_in(user) {
            return false;
        }
        let dialect = user.dialect.unwrap_or(self.dialect);
        let spec = ViewSpec::new(user, mask, dialect, user.filters.clone());
        self.known = Some(Box::new(Known {
            user: Arc::clone(user),
            dialect,
            mask,
            filters: user.filters.clone(),
            seat: self.manager.hub.join(spec),
            quiet: Some(Box::pin(sleep(limits::QUIET_AFTER_LOGIN))),
        }));
        self.challenge = None;
        if user.display_connects {
            info!(target: "manager", "  == Manager '{}' logged on from {}", user.name, self.peer.ip());
        }
        true
    }

    /// Chooses which events the client gets from now on.
    pub(crate) fn set_mask(&mut self, mask: EventMask) {
        if let Some(known) = &mut self.known {
            known.mask = mask;
        }
        self.change_view();
    }

    /// Whether the client gets any events at all.
    pub(crate) fn mask(&self) -> EventMask {
        self.known
            .as_ref()
            .map_or(EventMask::OFF, |known| known.mask)
    }

    /// Adds a filter until the session ends.
    pub(crate) fn add_filter(&mut self, filter: Filter) -> Result<(), FilterError> {
        if let Some(known) = &mut self.known {
            known.filters.add(filter)?;
        }
        self.change_view();
        Ok(())
    }

    /// Whether an order may be given to the engine without waiting for its answer. Every so often it may
    /// not, so that a client cannot give orders faster than they are carried out.
    pub(crate) fn may_order(&mut self) -> bool {
        self.unanswered = (self.unanswered + 1) % limits::MAX_UNANSWERED;
        self.unanswered != 0
    }

    fn change_view(&mut self) {
        let Some(known) = &mut self.known else { return };
        let spec = ViewSpec::new(
            &known.user,
            known.mask,
            known.dialect,
            known.filters.clone(),
        );
        known.seat.change(spec, &mut self.out);
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let ip = self.peer.ip();
        match &self.known {
            Some(known) if known.user.display_connects => {
                info!(target: "manager", "  == Manager '{}' logged off from {ip}", known.user.name);
            }
            Some(_) => {}
            None => {
                info!(target: "manager", "  == Connect attempt from '{ip}' unable to authenticate");
            }
        }
    }
}
