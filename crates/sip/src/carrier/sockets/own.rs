//! Our own address on the way to somebody.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::{Duration, Instant};

/// Far ends whose way is remembered, and for how long: routes change.
const ROUTES: usize = 4096;
const ROUTE: Duration = Duration::from_secs(30);

/// Our own address on a socket, as somebody sees it: where the socket is bound to all, the routing table is
/// asked once for each far end, and anew after a while.
pub(super) struct Own {
    bound: SocketAddr,
    known: HashMap<IpAddr, SocketAddr>,
    since: Instant,
}

impl Own {
    /// Of a socket that is bound there.
    pub(super) fn new(bound: SocketAddr) -> Own {
        Own {
            bound,
            known: HashMap::new(),
            since: Instant::now(),
        }
    }

    /// As somebody there sees it.
    pub(super) fn toward(&mut self, remote: IpAddr) -> SocketAddr {
        if !self.bound.ip().is_unspecified() {
            return self.bound;
        }
        if self.known.len() >= ROUTES || self.since.elapsed() > ROUTE {
            self.known.clear();
            self.since = Instant::now();
        }
        let bound = self.bound;
        *self.known.entry(remote).or_insert_with(|| {
            SocketAddr::new(own_address(remote).unwrap_or(bound.ip()), bound.port())
        })
    }
}

/// Our own address on the way to somebody: the routing table knows it. Nothing is sent.
pub(in crate::carrier) fn own_address(remote: IpAddr) -> Option<IpAddr> {
    let any: IpAddr = match remote.to_canonical() {
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let socket = std::net::UdpSocket::bind((any, 0)).ok()?;
    socket.connect((remote.to_canonical(), 9)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}
