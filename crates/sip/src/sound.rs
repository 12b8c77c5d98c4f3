//! What the core needs of whoever carries the sound. `media::Plane` does it; tests have a simulated one.

use std::net::{IpAddr, SocketAddr};

use media::plane::Plane;
use media::session::{Agreed, Means, SessionId, Statistics};
use switch::ChannelId;

/// Whoever carries the sound. Nothing here waits.
pub trait Sound {
    /// Opens a pair of ports for a call on this address: its number and the address of the RTP port, or
    /// what the system says.
    fn open(&mut self, local: IpAddr) -> std::io::Result<(SessionId, SocketAddr)>;

    /// What is there to secure a call and to find its far end. Nothing where nobody says otherwise.
    fn means(&self) -> Means {
        Means::default()
    }

    /// Says whose channel it is: from now on orders to the channel's sound find it.
    fn attach(&mut self, session: SessionId, channel: ChannelId);

    /// Both sides agreed (again) on how they talk.
    fn agree(&mut self, session: SessionId, agreed: Agreed);

    /// Plays a digit to the far end, the way that was agreed on. `None` begins it, a span ends it.
    fn digit(&mut self, session: SessionId, digit: char, span: Option<std::time::Duration>);

    /// Closes it, with what was counted: the numbers of `RTPAUDIOQOS`.
    fn close(&mut self, session: SessionId) -> Statistics;
}

impl Sound for Plane {
    fn open(&mut self, local: IpAddr) -> std::io::Result<(SessionId, SocketAddr)> {
        Plane::open(self, local)
    }

    fn means(&self) -> Means {
        Plane::means(self)
    }

    fn attach(&mut self, session: SessionId, channel: ChannelId) {
        Plane::attach(self, session, channel);
    }

    fn agree(&mut self, session: SessionId, agreed: Agreed) {
        Plane::agree(self, session, &agreed);
    }

    fn digit(&mut self, session: SessionId, digit: char, span: Option<std::time::Duration>) {
        Plane::digit(self, session, digit, span);
    }

    fn close(&mut self, session: SessionId) -> Statistics {
        Plane::close(self, session)
    }
}
