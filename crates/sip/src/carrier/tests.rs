//! The carrier: hostile bytes, transactions on virtual time, sockets on loopback.

mod dns;
mod loopback;
mod torture;
mod transactions;
