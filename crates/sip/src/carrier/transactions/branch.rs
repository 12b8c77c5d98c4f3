//! Branches of ours.

use md5::{Digest, Md5};

use crate::wire::{Flow, Transport};

/// Our `Via`.
pub(super) fn our_via(flow: &Flow, sent_by: &str, branch: &str) -> String {
    let word = match flow.transport {
        Transport::Udp => "UDP",
        Transport::Tcp => "TCP",
        Transport::Tls => "TLS",
        Transport::Ws => "WS",
        Transport::Wss => "WSS",
    };
    format!("SIP/2.0/{word} {sent_by};rport;branch={branch}")
}

/// A branch that tells which request of ours it is, and that nobody else can make up.
pub(super) fn branch(secret: u64, number: u64) -> String {
    format!("z9hG4bKPj{number:x}.{:016x}", seal(secret, number))
}

/// The request of ours that a branch tells; `None` where it was made up.
pub(super) fn ours(secret: u64, text: &str) -> Option<u64> {
    let (number, _) = text.strip_prefix("z9hG4bKPj")?.split_once('.')?;
    let number = u64::from_str_radix(number, 16).ok()?;
    (text == branch(secret, number)).then_some(number)
}

fn seal(secret: u64, number: u64) -> u64 {
    let digest = Md5::new()
        .chain_update(secret.to_be_bytes())
        .chain_update(number.to_be_bytes())
        .finalize();
    digest
        .iter()
        .take(8)
        .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}
