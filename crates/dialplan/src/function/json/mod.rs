//! JSON.

mod json_decode;

pub(crate) use json_decode::JSON_DECODE;
