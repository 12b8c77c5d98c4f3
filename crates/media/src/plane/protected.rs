//! Whether one direction of a call is encrypted.

/// How packets of one direction are protected.
#[derive(Debug, Default)]
pub(super) enum Protected<T> {
    /// Not at all, and nobody wants it.
    #[default]
    Not,
    /// There are no keys yet: nothing passes.
    NotYet,
    /// By this.
    By(T),
}
