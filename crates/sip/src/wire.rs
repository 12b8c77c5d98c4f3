//! What the core and whatever carries SIP messages say to each other.
//!
//! Transports and transactions (retransmission, matching, the CANCEL of an INVITE, the ACK of a failure)
//! are the carrier's; dialogs, authentication and everything that a user would notice are the core's. The
//! core sees no socket and no clock, so that tests play whole calls on virtual time.

use std::net::SocketAddr;

pub use rsipstack::sip::{Request, Response};

/// A request that somebody sent us, until it is answered finally.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ServerTransaction(pub u64);

/// A request of ours, until it is answered finally. The core chooses the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClientTransaction(pub u64);

/// How messages travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Transport {
    /// Datagrams.
    Udp,
    /// A connection.
    Tcp,
    /// A connection with TLS.
    Tls,
    /// WebSocket (RFC 7118).
    Ws,
    /// WebSocket over TLS.
    Wss,
}

/// The way a message came, and the way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Flow {
    /// How it travels.
    pub transport: Transport,
    /// Our side.
    pub local: SocketAddr,
    /// The other side, as it was seen: not what its headers claim.
    pub remote: SocketAddr,
}

/// Where a request of ours goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Back the way something came: what answers to a registration, and requests inside a dialog, use.
    Flow(Flow),
    /// Where its first `Route`, or else its address, says, looked up in the DNS where it must be (RFC 3263).
    Named {
        /// Transport by its name in pjsip.conf; empty for the first that fits.
        transport: String,
    },
}

/// What comes from the wire.
#[derive(Debug)]
pub enum FromWire {
    /// A request other than ACK and CANCEL. Retransmissions never arrive here.
    Request {
        /// To be answered under this number.
        transaction: ServerTransaction,
        /// The request, whole: what could not be parsed is answered 400 by the carrier.
        request: Box<Request>,
        /// How it came.
        flow: Flow,
    },
    /// An INVITE that is not answered finally was cancelled; the CANCEL itself is answered.
    Cancelled {
        /// The INVITE.
        transaction: ServerTransaction,
        /// The CANCEL, for its `Reason`.
        request: Box<Request>,
    },
    /// The ACK of a 2xx.
    Ack {
        /// It.
        request: Box<Request>,
        /// How it came.
        flow: Flow,
    },
    /// An answer to a request of ours. Several 2xx of one INVITE all arrive.
    Response {
        /// The request's number.
        transaction: ClientTransaction,
        /// The answer.
        response: Box<Response>,
        /// How it came.
        flow: Flow,
    },
    /// A request of ours will not be answered.
    Unanswered {
        /// The request's number.
        transaction: ClientTransaction,
        /// Why.
        why: Unanswered,
    },
    /// A connection that somebody opened to us, or we to somebody, is gone.
    Closed(Flow),
}

/// Why a request of ours has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unanswered {
    /// Nobody answered in time (timer B or F): counts as 408.
    Timeout,
    /// It could not be sent: counts as 503. What the system says.
    NotSent(String),
}

/// What goes to the wire.
#[derive(Debug)]
pub enum ToWire {
    /// An answer. A 2xx of an INVITE is said again by the core until its ACK comes (RFC 3261, 13.3.1.4).
    Respond {
        /// The request's number.
        transaction: ServerTransaction,
        /// The answer, with everything but its `Via` lines, which are the request's.
        response: Box<Response>,
    },
    /// A request other than ACK and CANCEL.
    Request {
        /// The number under which its answers come.
        transaction: ClientTransaction,
        /// The request, with everything but its `Via`.
        request: Box<Request>,
        /// Where it goes.
        target: Target,
    },
    /// The ACK of a 2xx, past all transactions; sent anew for each 2xx that comes again.
    Ack {
        /// It, with everything but its `Via`.
        request: Box<Request>,
        /// Where it goes.
        target: Target,
    },
    /// Cancel an INVITE of ours. Waits for its first provisional answer where none has come.
    Cancel {
        /// The INVITE's number.
        transaction: ClientTransaction,
        /// `Reason` header's value; empty for none.
        reason: String,
    },
    /// Answer a request where it came from, asked for or not (RFC 3581). It comes before the answers.
    ForceRport(ServerTransaction),
    /// Leave a request unanswered.
    Ignore(ServerTransaction),
}
