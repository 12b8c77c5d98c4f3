//! Telephone events that come (RFC 4733, 2.5.2): each is said many times, and its end three times.

use std::time::Duration;

use super::digit;

/// Ticks a second of an event's duration. We agree on `telephone-event/8000` alone.
const CLOCK: u64 = 8_000;

/// One packet's event (RFC 4733, 2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Number of the event.
    pub number: u8,
    /// Whether it is over.
    pub end: bool,
    /// How loud, in dB below 0 dBm0.
    pub volume: u8,
    /// How long it has lasted, in 8000ths of a second.
    pub duration: u16,
}

impl Event {
    /// The event of a payload; `None` where it is too short.
    pub fn parse(payload: &[u8]) -> Option<Event> {
        let four = payload.first_chunk::<4>()?;
        Some(Event {
            number: four[0],
            end: four[1] & 0x80 != 0,
            volume: four[1] & 0x3f,
            duration: u16::from_be_bytes([four[2], four[3]]),
        })
    }

    /// The four octets of it.
    pub fn to_bytes(self) -> [u8; 4] {
        let [high, low] = self.duration.to_be_bytes();
        [
            self.number,
            (u8::from(self.end) << 7) | (self.volume & 0x3f),
            high,
            low,
        ]
    }
}

/// What was made out of packets or tones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// A digit began.
    Begin(char),
    /// A digit ended after so long.
    End(char, Duration),
}

/// Finds digits in the packets of one far end.
#[derive(Debug, Default)]
pub struct Receiver {
    now: Option<Current>,
    /// Timestamp of the event that ended last: what comes of it again says nothing new.
    over: Option<u32>,
}

#[derive(Debug)]
struct Current {
    digit: char,
    timestamp: u32,
    duration: u16,
    /// When a packet of it came last, by the caller's clock.
    seen: Duration,
}

impl Receiver {
    /// Takes a packet that came at `now` (any clock that does not run backwards). At most three things are
    /// made out of it: the end of a digit whose own end was lost, a beginning, and, where all packets but the
    /// last were lost, its end too.
    pub fn take(&mut self, timestamp: u32, event: Event, now: Duration) -> [Option<Heard>; 3] {
        let mut heard = [None; 3];
        let Some(digit) = digit(event.number) else {
            return heard;
        };
        if self.over.is_some_and(|over| is_not_after(timestamp, over)) {
            return heard;
        }
        match &mut self.now {
            Some(current) if current.timestamp == timestamp => {
                current.duration = current.duration.max(event.duration);
                current.seen = now;
            }
            // A packet of the digit before, come late.
            Some(current) if is_not_after(timestamp, current.timestamp) => return heard,
            other => {
                heard[0] = other.take().map(Current::end);
                heard[1] = Some(Heard::Begin(digit));
                *other = Some(Current {
                    digit,
                    timestamp,
                    duration: event.duration,
                    seen: now,
                });
            }
        }
        if event.end {
            self.over = Some(timestamp);
            heard[2] = self.now.take().map(Current::end);
        }
        heard
    }

    /// Forgets what was heard: another source talks, and counts its timestamps anew.
    pub fn clear(&mut self) -> Option<Heard> {
        self.over = None;
        self.now.take().map(Current::end)
    }

    /// Ends a digit of which nothing came for so long: its end was lost.
    pub fn tick(&mut self, now: Duration, patience: Duration) -> Option<Heard> {
        let current = self
            .now
            .take_if(|current| now.saturating_sub(current.seen) >= patience)?;
        self.over = Some(current.timestamp);
        Some(current.end())
    }

    /// Whether a digit goes on.
    pub fn is_active(&self) -> bool {
        self.now.is_some()
    }
}

impl Current {
    fn end(self) -> Heard {
        let micros = u64::from(self.duration) * 1_000_000 / CLOCK;
        Heard::End(self.digit, Duration::from_micros(micros))
    }
}

/// Whether a timestamp is not later than another, by serial arithmetic.
fn is_not_after(timestamp: u32, other: u32) -> bool {
    (timestamp.wrapping_sub(other) as i32) <= 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(number: u8, duration: u16, end: bool) -> Event {
        Event {
            number,
            end,
            volume: 10,
            duration,
        }
    }

    fn all(receiver: &mut Receiver, packets: &[(u32, Event)]) -> Vec<Heard> {
        packets
            .iter()
            .flat_map(|(timestamp, event)| receiver.take(*timestamp, *event, Duration::ZERO))
            .flatten()
            .collect()
    }

    fn end(digit: char, millis: u64) -> Heard {
        Heard::End(digit, Duration::from_millis(millis))
    }

    #[test]
    fn a_digit_said_many_times_is_one_digit() {
        let heard = all(
            &mut Receiver::default(),
            &[
                (100, event(5, 160, false)),
                (100, event(5, 320, false)),
                (100, event(5, 800, true)),
                (100, event(5, 800, true)),
                (100, event(5, 800, true)),
                (2_000, event(5, 160, false)),
                (2_000, event(5, 400, true)),
            ],
        );
        let expected = [
            Heard::Begin('5'),
            end('5', 100),
            Heard::Begin('5'),
            end('5', 50),
        ];
        assert_eq!(heard, expected);
    }

    #[test]
    fn lost_ends_and_lost_beginnings() {
        let mut receiver = Receiver::default();
        let heard = all(
            &mut receiver,
            &[(100, event(1, 320, false)), (900, event(11, 160, false))],
        );
        assert_eq!(heard, [Heard::Begin('1'), end('1', 40), Heard::Begin('#')]);
        let patience = Duration::from_millis(300);
        assert_eq!(receiver.tick(Duration::from_millis(299), patience), None);
        assert_eq!(receiver.tick(patience, patience), Some(end('#', 20)));
        assert_eq!(all(&mut receiver, &[(900, event(11, 320, true))]), []);
        let heard = all(&mut receiver, &[(5_000, event(10, 800, true))]);
        assert_eq!(heard, [Heard::Begin('*'), end('*', 100)]);
    }

    #[test]
    fn old_packets_say_nothing() {
        let mut receiver = Receiver::default();
        all(
            &mut receiver,
            &[(1_000, event(1, 160, true)), (2_000, event(2, 160, false))],
        );
        assert_eq!(all(&mut receiver, &[(1_500, event(9, 160, false))]), []);
        assert_eq!(
            all(&mut receiver, &[(2_000, event(2, 320, true))]),
            [end('2', 40)]
        );
    }

    #[test]
    fn what_is_no_digit_is_passed_over() {
        let mut receiver = Receiver::default();
        assert_eq!(all(&mut receiver, &[(1, event(16, 160, true))]), []);
        assert_eq!(Event::parse(&[1, 2, 3]), None);
        let event = event(15, 9_999, true);
        assert_eq!(Event::parse(&event.to_bytes()), Some(event));
    }
}
