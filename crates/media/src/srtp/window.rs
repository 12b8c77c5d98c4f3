//! Which packets came, by their full numbers (RFC 3711, 3.3.1 and 3.3.2).

/// The newest number that came, and which of the 63 before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    newest: u64,
    /// A bit for each number from the newest back.
    came: u64,
}

impl Window {
    /// One number came.
    pub(super) fn new(index: u64) -> Window {
        Window {
            newest: index,
            came: 1,
        }
    }

    /// The full number of a packet: the one that is nearest to the newest.
    pub(super) fn guess(&self, sequence: u16) -> u64 {
        let (round, newest) = (self.newest >> 16, self.newest as u16);
        let ahead = sequence.wrapping_sub(newest) < 0x8000;
        let round = match ahead {
            true if sequence < newest => round + 1,
            // The first round has none before it.
            false if sequence > newest => round.saturating_sub(1),
            _ => round,
        };
        (round << 16 | u64::from(sequence)) & 0xffff_ffff_ffff
    }

    /// Whether it came, or is so old that nobody knows.
    pub(super) fn has(&self, index: u64) -> bool {
        match self.newest.checked_sub(index) {
            Some(age @ 0..64) => self.came >> age & 1 == 1,
            Some(_) => true,
            None => false,
        }
    }

    /// It came.
    pub(super) fn take(&mut self, index: u64) {
        match index.checked_sub(self.newest) {
            Some(0) | None => {
                let age = self.newest - index;
                if age < 64 {
                    self.came |= 1 << age;
                }
            }
            Some(ahead) => {
                let moved = u32::try_from(ahead)
                    .ok()
                    .and_then(|by| self.came.checked_shl(by));
                self.came = moved.unwrap_or(0) | 1;
                self.newest = index;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_begins_anew_is_in_the_next_round() {
        let mut window = Window::new(0xfffe);
        assert_eq!(window.guess(0xffff), 0xffff);
        assert_eq!(window.guess(1), 0x1_0001);
        window.take(0x1_0001);
        assert_eq!(window.guess(0xffff), 0xffff);
        assert_eq!(window.guess(2), 0x1_0002);
    }

    #[test]
    fn nothing_is_before_the_first_round() {
        assert_eq!(Window::new(1).guess(0xffff), 0xffff);
    }

    #[test]
    fn a_number_comes_once() {
        let mut window = Window::new(100);
        assert!(window.has(100) && !window.has(101) && !window.has(99));
        window.take(99);
        window.take(102);
        assert!(window.has(99) && window.has(100) && !window.has(101) && window.has(102));
        window.take(102 + 63);
        assert!(
            !window.has(103) && window.has(102) && window.has(101),
            "101 is too old to tell"
        );
        window.take(10_000_000_000);
        assert!(window.has(165) && !window.has(9_999_999_999));
    }
}
