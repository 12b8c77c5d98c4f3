//! How loud tones are: peaks among 16-bit samples.

/// A sine of 0 dBm0. G.711 puts its loudest sample at 3.17 dBm0 with µ-law and at 3.14 dBm0 with A-law (tables
/// 1a and 2a): 22,657 and 22,827. This is within 0.05 dB of both and gives the digital milliwatt of both.
pub(super) const ZERO: f64 = 22_775.0;

/// One frequency of a tone, and of a digit: -10 dBm0 (ITU-T E.180).
pub(super) const TONE: f64 = 7_202.0;

/// How deep a tone swings: down to a twentieth of its loudness.
pub(super) const SWING: f64 = 0.9;
