//! Text.

mod csv_quote;
mod eval;
mod filter;
mod keypadhash;
mod len;
mod ltrim;
mod passthru;
mod quote;
mod regex;
mod replace;
mod rtrim;
mod sprintf;
mod strbetween;
mod strreplace;
mod tolower;
mod toupper;
mod trim;

pub(crate) use csv_quote::CSV_QUOTE;
pub(crate) use eval::EVAL;
pub(crate) use filter::FILTER;
pub(crate) use keypadhash::KEYPADHASH;
pub(crate) use len::LEN;
pub(crate) use ltrim::LTRIM;
pub(crate) use passthru::PASSTHRU;
pub(crate) use quote::QUOTE;
pub(crate) use regex::REGEX;
pub(crate) use replace::REPLACE;
pub(crate) use rtrim::RTRIM;
pub(crate) use sprintf::SPRINTF;
pub(crate) use strbetween::STRBETWEEN;
pub(crate) use strreplace::STRREPLACE;
pub(crate) use tolower::TOLOWER;
pub(crate) use toupper::TOUPPER;
pub(crate) use trim::TRIM;
