//! Digests, ciphers and encodings.

mod aes_decrypt;
mod aes_encrypt;
mod base64_decode;
mod base64_encode;
mod md5;
mod sha1;
mod uridecode;
mod uriencode;

use aes::Aes128;
use aes::cipher::KeyInit;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

pub(crate) use aes_decrypt::AES_DECRYPT;
pub(crate) use aes_encrypt::AES_ENCRYPT;
pub(crate) use base64_decode::BASE64_DECODE;
pub(crate) use base64_encode::BASE64_ENCODE;
pub(crate) use md5::MD5;
pub(crate) use sha1::SHA1;
pub(crate) use uridecode::URIDECODE;
pub(crate) use uriencode::URIENCODE;

use super::FunctionError;
use crate::script::arguments;

/// Bytes of a block and of a key of AES-128.
const BLOCK: usize = 16;

/// Bytes in lower-case hexadecimal.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads base64, with or without the padding at its end.
fn from_base64(text: &str) -> Result<Vec<u8>, FunctionError> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );
    LENIENT
        .decode(text.trim())
        .map_err(|error| FunctionError::failed(format!("this is not base64: {error}")))
}

/// What bytes say, up to a nought, where a text of the language ends.
fn printable(bytes: &[u8]) -> String {
    let end = bytes
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(bytes.len());
    text::decode(bytes.get(..end).unwrap_or_default()).into_owned()
}

/// The two arguments of a cipher; the text is all that follows the first comma.
fn key_and_text(args: &str) -> Result<(String, String), FunctionError> {
    let args = arguments::split(args, 2);
    match arguments::nth(&args, 1) {
        "" => Err(FunctionError::failed("it wants a key and a text")),
        text => Ok((arguments::nth(&args, 0).to_owned(), text.to_owned())),
    }
}

fn cipher(key: &str) -> Result<Aes128, FunctionError> {
    let key = text::to_bytes(key);
    Aes128::new_from_slice(&key).map_err(|_| {
        FunctionError::failed(format!("the key has {} bytes and not {BLOCK}", key.len()))
    })
}
