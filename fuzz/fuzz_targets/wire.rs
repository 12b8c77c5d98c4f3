//! Bytes off a socket decode alike wherever the network cuts them, within the limits, and what was decoded
//! survives being written and read again.
#![no_main]

use ami::decode::Overflow;
use ami::limits::{Limits, MAX_HEADERS};
use ami::{Decoder, Packet};
use libfuzzer_sys::fuzz_target;

/// Small enough for a fuzzer to reach every one of them.
const TIGHT: Limits = Limits {
    line: 24,
    packet: 96,
    headers: 5,
};

fuzz_target!(|input: &[u8]| {
    // The first byte is the size of the pieces.
    let Some((size, bytes)) = input.split_first() else {
        return;
    };
    let size = usize::from(*size).max(1);
    for limits in [&Limits::REQUEST, &TIGHT] {
        let whole = decode(limits, bytes.chunks(bytes.len().max(1)));
        assert_eq!(whole, decode(limits, bytes.chunks(size)));
        for packet in whole.iter().flatten() {
            assert!(packet.len() <= limits.headers.min(MAX_HEADERS));
        }
    }
    for packet in decode(&Limits::REQUEST, [bytes]).into_iter().flatten() {
        let mut written = Vec::new();
        packet.write(&mut written);
        let again = decode(&Limits::REPLY, [written.as_slice()]);
        assert_eq!(again.len(), 1, "one packet came out as several");
        let mut second = Vec::new();
        for packet in again.iter().flatten() {
            packet.write(&mut second);
        }
        assert_eq!(written, second, "writing is not stable");
    }
});

fn decode<'a>(
    limits: &'static Limits,
    pieces: impl IntoIterator<Item = &'a [u8]>,
) -> Vec<Result<Packet, Overflow>> {
    let mut decoder = Decoder::with_limits(limits);
    let mut items = Vec::new();
    for mut piece in pieces {
        while let Some(item) = decoder.decode(&mut piece) {
            items.push(item);
        }
    }
    items
}
