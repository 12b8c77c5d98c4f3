//! Digits: as telephone events (RFC 4733) and as pairs of tones (ITU-T Q.23), both ways.

mod events;
mod send;
mod tones;

pub use events::{Event, Heard, Receiver};
pub use send::{Outgoing, Sender};
pub use tones::{Finder, frequencies};

/// The digits in the order of their event numbers (RFC 4733, 3.2).
const DIGITS: [char; 16] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', 'A', 'B', 'C', 'D',
];

/// The event's number of a digit; letters in either case.
pub fn number(digit: char) -> Option<u8> {
    let digit = digit.to_ascii_uppercase();
    DIGITS
        .iter()
        .position(|known| *known == digit)
        .map(|number| number as u8)
}

/// The digit of an event's number; `None` for events that are no digits, such as a hook flash.
pub fn digit(number: u8) -> Option<char> {
    DIGITS.get(usize::from(number)).copied()
}
