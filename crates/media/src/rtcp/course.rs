//! How sound fared from report to report: a figure at the end says nothing of one bad minute.

/// Least, most, mean and deviation of what was measured several times.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Spread {
    count: u32,
    /// The least of all; 0 where nothing was measured.
    pub least: f64,
    /// The most of all.
    pub most: f64,
    /// Their mean.
    pub mean: f64,
    /// Sum of the squares of their distances from the mean.
    squares: f64,
}

impl Spread {
    /// Counts a measurement, by Welford's way: nothing is kept but these five.
    pub fn take(&mut self, value: f64) {
        let first = self.count == 0;
        self.count = self.count.saturating_add(1);
        self.least = if first { value } else { self.least.min(value) };
        self.most = if first { value } else { self.most.max(value) };
        let off = value - self.mean;
        self.mean += off / f64::from(self.count);
        self.squares += off * (value - self.mean);
    }

    /// The standard deviation of all.
    pub fn deviation(&self) -> f64 {
        match self.count {
            0 => 0.0,
            count => (self.squares / f64::from(count)).sqrt(),
        }
    }
}

/// One direction, from report to report.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Course {
    /// Packets and losses until the last report.
    before: (u64, u64),
    /// Jitter in seconds.
    pub jitter: Spread,
    /// Packets lost between two reports.
    pub lost: Spread,
    /// How good it sounded ([`opinion`]).
    pub opinion: Spread,
}

impl Course {
    /// A report tells: packets and losses in all, jitter and the round trip in seconds.
    pub fn take(&mut self, packets: u64, lost: u64, jitter: f64, trip: f64) {
        let (packets_before, lost_before) = std::mem::replace(&mut self.before, (packets, lost));
        let came = packets.saturating_sub(packets_before);
        // Packets that came late after all are lost no more.
        let missing = lost.saturating_sub(lost_before);
        self.jitter.take(jitter);
        self.lost.take(missing as f64);
        self.opinion.take(opinion(came, missing, jitter, trip));
    }
}

/// How good sound is, from 0 to 100: the E-model (ITU-T G.107), with delay and loss alone. Jitter and the round
/// trip are in seconds.
pub fn opinion(packets: u64, lost: u64, jitter: f64, trip: f64) -> f64 {
    if packets == 0 {
        return 0.0;
    }
    let delay = trip * 500.0 + jitter * 2000.0 + 10.0;
    let base = match delay < 160.0 {
        true => 93.2 - delay / 40.0,
        false => 93.2 - (delay - 120.0) / 10.0,
    };
    let loss = lost as f64 * 100.0 / (packets + lost) as f64;
    (base - loss * 2.5).clamp(0.0, 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreads_are_those_of_all_measurements() {
        let mut spread = Spread::default();
        assert_eq!((spread.least, spread.deviation()), (0.0, 0.0));
        for value in [4.0, 2.0, 6.0] {
            spread.take(value);
        }
        assert_eq!((spread.least, spread.most, spread.mean), (2.0, 6.0, 4.0));
        assert!((spread.deviation() - (8.0_f64 / 3.0).sqrt()).abs() < 1e-9);
    }

    #[test]
    fn losses_are_told_between_reports() {
        let mut course = Course::default();
        course.take(250, 0, 0.001, 0.0);
        course.take(450, 50, 0.003, 0.0);
        course.take(700, 49, 0.002, 0.0);
        assert_eq!((course.lost.least, course.lost.most), (0.0, 50.0));
        assert_eq!((course.jitter.least, course.jitter.most), (0.001, 0.003));
        // A fifth was lost in the second stretch, nothing in the others.
        assert!(course.opinion.least < 45.0 && course.opinion.most > 92.0);
    }

    #[test]
    fn losses_cost_opinion() {
        assert!(opinion(100, 0, 0.0, 0.0) > 92.0);
        assert!(opinion(90, 10, 0.01, 0.3) < 65.0);
        assert_eq!(opinion(1, 1000, 1.0, 1.0), 0.0);
    }
}
