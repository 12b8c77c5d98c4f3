//! How much a configuration may ask for. Passing a limit is an error with file and line.

/// Bytes of one file, or of one command's output. A generated dialplan of 100,000 extensions is about
/// ten megabytes.
pub const FILE_BYTES: usize = 32 << 20;

/// Bytes of one line, and of one value put together with `+=`. Asterisk skips lines beyond 8 KiB.
pub const LINE_BYTES: usize = 32 << 10;

/// Files open inside each other, the first one included. Asterisk's figure; it also ends cycles.
pub const INCLUDE_DEPTH: usize = 10;

/// Files read for one configuration, each as often as it is included.
pub const FILES: usize = 10_000;

/// Names one wildcard may match.
pub const GLOB_MATCHES: usize = 10_000;

/// Patterns that the braces of one `#include` may stand for.
pub const BRACES: usize = 256;

/// Block comments open inside each other. Asterisk's figure.
pub const COMMENT_DEPTH: usize = 128;

/// Variables of one configuration, inherited copies included: about 200 MB.
pub const VARIABLES: usize = 2_000_000;

/// Variables that one category may inherit. Templates that name each other twice double at each step.
pub const INHERITED: usize = 10_000;

/// Problems reported before reading stops, and warnings kept.
pub const PROBLEMS: usize = 100;

/// Expressions in one [`Filter`](crate::Filter).
pub const FILTER_TERMS: usize = 64;

/// Bytes that one compiled regular expression of a filter may take.
pub const REGEX_BYTES: usize = 1 << 20;
