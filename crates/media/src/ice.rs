//! Where the far end can be reached, found out by trying (ICE, RFC 8445).
//!
//! There is one component, since sound and reports share a port, and one address of ours. [`Checks`] has no
//! socket and no clock.

#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use is::stun::{StunMessage, StunPacket};
use is::{IceAgent, IceAgentEvent, IceConnectionState, IceCreds, Protocol};

use crate::limits;
use crate::session::{Credentials, Reaching};

/// An address where somebody may be reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate(is::Candidate);

impl Candidate {
    /// An address of our own.
    pub fn host(address: SocketAddr) -> Option<Candidate> {
        is::Candidate::host(address, Protocol::Udp)
            .ok()
            .map(Candidate)
    }

    /// Reads the value of `a=candidate`. `None` where it is of no use: another transport than UDP, a
    /// component that we have not, or a name in place of an address.
    pub fn parse(text: &str) -> Option<Candidate> {
        let words: Vec<&str> = text.split_ascii_whitespace().take(6).collect();
        let [_, component, transport, ..] = words[..] else {
            return None;
        };
        if component != "1" || !transport.eq_ignore_ascii_case("udp") {
            return None;
        }
        let candidate = is::Candidate::from_sdp_string(&format!("candidate:{}", text.trim()));
        candidate.ok().map(Candidate)
    }

    /// The address.
    pub fn address(&self) -> SocketAddr {
        self.0.addr()
    }

    /// What `a=candidate` says of it.
    pub fn value(&self) -> String {
        let said = self.0.to_sdp_string();
        said.strip_prefix("candidate:").unwrap_or(&said).to_owned()
    }
}

/// What is to be done next.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// This is to be sent there.
    Send(SocketAddr, Vec<u8>),
    /// The far end is to be found there.
    Found(SocketAddr),
    /// It answers no more, or never did.
    Lost,
}

/// The checks of one call, until its end: they also tell whether the far end is still there (RFC 7675).
pub struct Checks {
    agent: IceAgent,
    /// The moment that the times handed in count from.
    epoch: Instant,
    local: SocketAddr,
    due: Duration,
}

impl std::fmt::Debug for Checks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Checks")
            .field("local", &self.local)
            .field("state", &self.agent.state())
            .finish_non_exhaustive()
    }
}

impl Checks {
    /// Begins to look for the far end from this address of ours.
    pub fn new(reaching: &Reaching, local: SocketAddr, now: Duration) -> Checks {
        let mut agent = IceAgent::new(creds(&reaching.ours));
        agent.set_max_candidate_pairs(limits::CANDIDATES);
        agent.set_controlling(reaching.controlling);
        agent.set_remote_credentials(creds(&reaching.theirs));
        if let Some(Candidate(host)) = Candidate::host(local) {
            agent.add_local_candidate(host);
        }
        for Candidate(candidate) in reaching.candidates.iter().take(limits::CANDIDATES) {
            agent.add_remote_candidate(candidate.clone());
        }
        let mut checks = Checks {
            agent,
            epoch: Instant::now(),
            local,
            due: now,
        };
        checks.tick(now);
        checks
    }

    /// Learns of more addresses where the far end may be; those that are known already change nothing.
    pub fn add(&mut self, candidates: &[Candidate], now: Duration) {
        for Candidate(candidate) in candidates {
            let known = |agent: &IceAgent| {
                let mut all = agent.remote_candidates();
                all.any(|known| known.addr() == candidate.addr())
            };
            if known(&self.agent) {
                continue;
            }
            if self.agent.remote_candidates().count() >= limits::CANDIDATES {
                break;
            }
            self.agent.add_remote_candidate(candidate.clone());
        }
        self.advance(now);
    }

    /// Takes a datagram that looks like a check, or like the answer to one. Others are dropped.
    pub fn take(&mut self, datagram: &[u8], from: SocketAddr, now: Duration) {
        let Ok(message) = StunMessage::parse(datagram) else {
            return;
        };
        let known = |agent: &IceAgent| agent.remote_candidates().any(|c| c.addr() == from);
        let many = self.agent.remote_candidates().count() >= 2 * limits::CANDIDATES;
        if many && !known(&self.agent) {
            return;
        }
        let packet = StunPacket {
            proto: Protocol::Udp,
            source: from,
            destination: self.local,
            message,
        };
        self.agent.handle_packet(self.epoch + now, packet);
        self.advance(now);
    }

    /// The time goes on.
    pub fn tick(&mut self, now: Duration) {
        if now >= self.due {
            self.advance(now);
        }
    }

    /// What follows of what came; `None` where nothing does for now.
    pub fn step(&mut self) -> Option<Step> {
        if let Some(transmit) = self.agent.poll_transmit() {
            return Some(Step::Send(transmit.destination, transmit.contents.to_vec()));
        }
        while let Some(event) = self.agent.poll_event() {
            match event {
                IceAgentEvent::NominatedSend { destination, .. } => {
                    return Some(Step::Found(destination));
                }
                IceAgentEvent::IceConnectionStateChange(IceConnectionState::Disconnected) => {
                    return Some(Step::Lost);
                }
                _ => {}
            }
        }
        None
    }

    fn advance(&mut self, now: Duration) {
        self.agent.handle_timeout(self.epoch + now);
        self.due = match self.agent.poll_timeout() {
            Some(due) => due.saturating_duration_since(self.epoch),
            None => now + limits::CHECKS_APART,
        };
    }
}

fn creds(credentials: &Credentials) -> IceCreds {
    IceCreds {
        ufrag: credentials.user.clone(),
        pass: credentials.password.clone(),
    }
}
