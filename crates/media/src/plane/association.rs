//! What has to be settled with a far end before sound can go: where it is, and with which keys.
//!
//! Its lock comes before all others of the session: whoever holds it may take `input` and `output`.

use std::net::SocketAddr;
use std::time::Duration;

use super::session::{Session, lock};
use crate::demux::Kind;
use crate::dtls::{Handshake, Identity};
use crate::session::{Agreed, Reaching, Securing};
use crate::{dtls, ice, limits};

/// The search for the far end, and the handshake with it.
#[derive(Default)]
pub(super) struct Association {
    reaching: Option<(Reaching, ice::Checks)>,
    securing: Option<(Securing, Stage)>,
    /// Where the handshake goes.
    peer: Option<SocketAddr>,
    /// Whether it goes where theirs comes from.
    follows: bool,
    /// When there must be sound at the latest.
    until: Option<Duration>,
    /// Why there will be none.
    trouble: Option<String>,
}

/// How far the keys are.
enum Stage {
    /// The handshake waits until it is known where it goes to.
    Waiting,
    Begun(Box<Handshake>),
}

impl Session {
    /// Both agreed on how they find each other and make their keys. What is the same as before goes on.
    pub(super) fn associate(&self, agreed: &Agreed, identity: &Identity, now: Duration) {
        let mut association = lock(&self.association);
        let searched = match (&mut association.reaching, &agreed.reaching) {
            (Some((known, checks)), Some(reaching)) if known.is_same(reaching) => {
                checks.add(&reaching.candidates, now);
                false
            }
            (_, Some(reaching)) => {
                let checks = ice::Checks::new(reaching, self.local, now);
                association.reaching = Some((reaching.clone(), checks));
                true
            }
            (_, None) => {
                association.reaching = None;
                association.peer = agreed.remote;
                false
            }
        };
        association.follows = agreed.reaching.is_none() && agreed.symmetric;
        let known = association.securing.as_ref().map(|(known, _)| known);
        let secured = known != agreed.securing.as_ref();
        if secured {
            association.securing = agreed
                .securing
                .clone()
                .map(|securing| (securing, Stage::Waiting));
        }
        if searched || (secured && agreed.securing.is_some()) {
            association.trouble = None;
            association.until = Some(now + limits::SECURING);
        } else if secured {
            // Nothing is secured any more, and the far end was found before.
            association.until = None;
        }
        association.go_on(self, identity, now);
        self.associated(association.is_any());
    }

    /// Takes a check or a record of a handshake.
    pub(super) fn negotiate(
        &self,
        kind: Kind,
        datagram: &[u8],
        from: SocketAddr,
        identity: &Identity,
        now: Duration,
    ) {
        let mut association = lock(&self.association);
        match kind {
            Kind::Stun => {
                if let Some((_, checks)) = &mut association.reaching {
                    checks.take(datagram, from, now);
                }
            }
            Kind::Dtls => {
                if association.follows || association.peer.is_none() {
                    association.peer = Some(from);
                }
                association.begin(identity, now);
                if let Some((_, Stage::Begun(handshake))) = &mut association.securing {
                    handshake.take(datagram, now);
                }
            }
            Kind::Rtp | Kind::Other => return,
        }
        association.go_on(self, identity, now);
    }

    /// The time goes on. Says once why there will be no sound, where it is so.
    pub(super) fn negotiate_tick(&self, identity: &Identity, now: Duration) -> Option<String> {
        let mut association = lock(&self.association);
        if let Some((_, checks)) = &mut association.reaching {
            checks.tick(now);
        }
        if let Some((_, Stage::Begun(handshake))) = &mut association.securing {
            handshake.tick(now);
        }
        association.go_on(self, identity, now);
        if association.until.is_some_and(|until| now >= until) {
            association.until = None;
            let why = match association.peer {
                None => "the far end was not found in time".to_owned(),
                Some(_) => dtls::Failure::Timeout.to_string(),
            };
            association.trouble.get_or_insert(why);
        }
        // Nobody can be told before there is a channel.
        self.channel().and_then(|_| association.trouble.take())
    }

    /// Nothing is looked for any more.
    pub(super) fn dissociate(&self) {
        *lock(&self.association) = Association::default();
        self.associated(false);
    }
}

impl Association {
    fn is_any(&self) -> bool {
        self.reaching.is_some() || self.securing.is_some()
    }

    /// Whether there are the keys that have to be there.
    fn is_secured(&self) -> bool {
        match &self.securing {
            None => true,
            Some((_, Stage::Waiting)) => false,
            Some((_, Stage::Begun(handshake))) => handshake.has_keys(),
        }
    }

    /// Begins the handshake, where it waits.
    fn begin(&mut self, identity: &Identity, now: Duration) {
        if let Some((securing, stage @ Stage::Waiting)) = &mut self.securing {
            *stage = Stage::Begun(Box::new(Handshake::new(identity, securing, now)));
        }
    }

    /// Sends what is to be sent, and puts to work what was found out.
    fn go_on(&mut self, session: &Session, identity: &Identity, now: Duration) {
        // What cannot be sent now is lost like any other datagram, and said again.
        let send = |to: SocketAddr, datagram: &[u8]| {
            let _ = session.sound.send_to(datagram, to);
        };
        while let Some(step) = self.reaching.as_mut().and_then(|(_, checks)| checks.step()) {
            match step {
                ice::Step::Send(to, datagram) => send(to, &datagram),
                ice::Step::Found(at) => {
                    self.peer = Some(at);
                    session.input().found(at);
                    session.output().found(at);
                    if self.is_secured() {
                        self.until = None;
                    }
                }
                ice::Step::Lost => {
                    self.trouble
                        .get_or_insert_with(|| "the far end is not reached any more".to_owned());
                }
            }
        }
        let active = self.securing.as_ref().is_some_and(|(s, _)| s.active);
        if active && self.peer.is_some() {
            self.begin(identity, now);
        }
        let Some((_, Stage::Begun(handshake))) = &mut self.securing else {
            return;
        };
        while let Some(step) = handshake.step() {
            match step {
                dtls::Step::Send(datagram) => {
                    if let Some(peer) = self.peer {
                        send(peer, &datagram);
                    }
                }
                dtls::Step::Keys(keys) => {
                    self.until = None;
                    if let Some(peer) = self.peer.filter(|_| self.follows) {
                        session.output().moved(peer);
                    }
                    if let Err(why) = session.unlock(&keys) {
                        self.trouble = Some(why.to_string());
                    }
                }
                dtls::Step::Failed(failure) => {
                    self.until = None;
                    self.trouble = Some(failure.to_string());
                }
            }
        }
    }
}

impl Reaching {
    /// Whether it is the same search, to which at most candidates were added.
    fn is_same(&self, other: &Reaching) -> bool {
        self.ours == other.ours && self.theirs == other.theirs
    }
}
