//! The two ends of a connection.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

/// Where a client comes from and where it arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer {
    /// Our side.
    pub local: SocketAddr,
    /// The client's side.
    pub remote: SocketAddr,
    /// Whether the connection is encrypted.
    pub tls: bool,
}

impl Peer {
    /// The client's address; an IPv4 client of an IPv6 socket has its IPv4 address.
    pub fn ip(&self) -> IpAddr {
        self.remote.ip().to_canonical()
    }

    /// Our side as security events write it: `IPV4/TCP/127.0.0.1/5038`.
    pub(crate) fn local_text(&self) -> impl fmt::Display {
        Side(self.local, self.tls)
    }

    /// The client's side as security events write it.
    pub(crate) fn remote_text(&self) -> impl fmt::Display {
        Side(self.remote, self.tls)
    }
}

struct Side(SocketAddr, bool);

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ip = self.0.ip().to_canonical();
        let family = if ip.is_ipv4() { "IPV4" } else { "IPV6" };
        let transport = if self.1 { "TLS" } else { "TCP" };
        write!(f, "{family}/{transport}/{ip}/{}", self.0.port())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_as_security_events_write_them() {
        let peer = Peer {
            local: "127.0.0.1:5038".parse().unwrap(),
            remote: "[::ffff:192.0.2.1]:4711".parse().unwrap(),
            tls: true,
        };
        assert_eq!(peer.local_text().to_string(), "IPV4/TLS/127.0.0.1/5038");
        assert_eq!(peer.remote_text().to_string(), "IPV4/TLS/192.0.2.1/4711");
        assert_eq!(peer.ip().to_string(), "192.0.2.1");
    }
}
