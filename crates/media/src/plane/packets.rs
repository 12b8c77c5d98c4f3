//! The threads that read packets. Each has some of the sessions; what is relayed goes out from here at once.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use mio::event::Events;
use mio::{Interest, Poll, Token};

use super::report::Report;
use super::session::{Session, lock};
use super::shared::{Shard, Shared};
use crate::demux::{self, Kind};
use crate::{limits, rtp};

/// The token that wakes a thread for its end.
pub(super) const WAKE: Token = Token(usize::MAX);

/// Registers both sockets of a session with its thread.
pub(super) fn register(shard: &Shard, session: &mut Session) -> io::Result<()> {
    let token = 2 * session.id.0 as usize;
    shard
        .registry
        .register(&mut session.sound, Token(token), Interest::READABLE)?;
    shard
        .registry
        .register(&mut session.reports, Token(token + 1), Interest::READABLE)
}

/// Reads until the plane ends.
pub(super) fn run(shared: &Shared, shard: usize, mut poll: Poll) {
    let mut events = Events::with_capacity(1_024);
    let mut datagram = [0; limits::DATAGRAM];
    // Sockets that had more than their share: edges come once, so these must be asked again.
    let mut more: Vec<Token> = Vec::new();
    let Some(shard) = shared.shards.get(shard) else {
        return;
    };
    loop {
        let patience = (!more.is_empty()).then_some(std::time::Duration::ZERO);
        match poll.poll(&mut events, patience) {
            Ok(()) => {}
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => {
                tracing::error!("the thread that reads sound has no events any more: {e}");
                return;
            }
        }
        if shared.stop.load(Ordering::Relaxed) {
            return;
        }
        let sessions = shard
            .sessions
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let again = std::mem::take(&mut more);
        for token in events.iter().map(|event| event.token()).chain(again) {
            let Some(session) = sessions.get(&(token.0 as u64 / 2)) else {
                continue;
            };
            let is_reports = token.0 % 2 == 1;
            if drain(shared, session, is_reports, &mut datagram) {
                more.push(token);
            }
        }
    }
}

/// Takes what waits at a socket; whether there may be more.
fn drain(shared: &Shared, session: &Arc<Session>, is_reports: bool, datagram: &mut [u8]) -> bool {
    let socket = if is_reports {
        &session.reports
    } else {
        &session.sound
    };
    for _ in 0..limits::DATAGRAMS_AT_ONCE {
        let (length, from) = match socket.recv_from(datagram) {
            Ok(read) => read,
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => return false,
            // An ICMP error of an earlier send: the packets behind it are still there.
            Err(_) => continue,
        };
        let Some(packet) = datagram.get_mut(..length) else {
            continue;
        };
        let kind = demux::kind(packet);
        if kind != Kind::Rtp {
            if !is_reports && session.is_associated() {
                session.negotiate(kind, packet, from, &shared.identity, shared.now());
            }
        } else if is_reports || rtp::is_report(packet) {
            report(shared, session, packet, from, is_reports);
        } else {
            sound(shared, session, packet, from);
        }
    }
    true
}

fn sound(shared: &Shared, session: &Arc<Session>, datagram: &mut [u8], from: SocketAddr) {
    let now = shared.now();
    let wanted = session.is_wanted(Shared::tick(now));
    let strict = shared.settings().strict;
    let taken = {
        let mut input = session.input();
        let Some(packet) = input.open(datagram) else {
            return;
        };
        shared.watch.packet(false, from, packet);
        let Some(packet) = rtp::parse(packet) else {
            return;
        };
        input.take((from, session.id.0), packet, now, (strict, wanted))
    };
    if taken.moved {
        session.output().moved(from);
    }
    if taken.first
        && let Some(channel) = session.channel()
    {
        (shared.report)(Report::Heard(channel));
    }
    if taken.unfit
        && let Some(channel) = session.channel()
    {
        let mut unfit = lock(&shared.unfit);
        if !unfit.contains(&channel) {
            unfit.push(channel);
        }
    }
    if taken.heard.iter().any(Option::is_some) {
        shared.heard(session, taken.heard.into_iter().flatten());
    }
}

fn report(
    shared: &Shared,
    session: &Arc<Session>,
    packet: &mut [u8],
    from: SocketAddr,
    own_port: bool,
) {
    let now = shared.now();
    let Some(exchanged) = session.reported(packet, from, now, shared.ntp(now)) else {
        return;
    };
    shared.watch.report(false, &exchanged);
    if own_port {
        session.output().reports_moved(from);
    }
    if let Some(channel) = session.channel() {
        (shared.report)(Report::ReportReceived(channel, Box::new(exchanged)));
    }
}
