//! `AES_ENCRYPT(key,string)`.

use aes::cipher::BlockEncrypt;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{BLOCK, cipher, key_and_text};
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static AES_ENCRYPT: Function = Function {
    name: "AES_ENCRYPT",
    module: "func_aes",
    summary: "A text enciphered with AES-128, in base64.",
    syntax: "AES_ENCRYPT(key,string)",
    arguments: &[
        Argument {
            name: "key",
            help: "The key, 16 bytes.",
        },
        Argument {
            name: "string",
            help: "The text.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let (key, text) = key_and_text(args)?;
    let cipher = cipher(&key)?;
    let mut bytes = text::to_bytes(&text).into_owned();
    bytes.resize(bytes.len().next_multiple_of(BLOCK), 0);
    for block in bytes.chunks_exact_mut(BLOCK) {
        cipher.encrypt_block(block.into());
    }
    Ok(STANDARD.encode(&bytes))
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            (
                r"${AES_DECRYPT(sixteen byte key,${AES_ENCRYPT(sixteen byte key,a longer text\, with ü)})}",
                r"a longer text\, with ü",
            ),
            ("${AES_ENCRYPT(short,x)}", ""),
            ("${AES_ENCRYPT(sixteen byte key,)}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }

    /// FIPS 197, appendix C.1.
    #[test]
    fn agrees_with_the_standard() {
        let key: Vec<u8> = (0..16).collect();
        let text: Vec<u8> = (0..16).map(|at| at * 0x11).collect();
        let call = Fake::new();
        call.set("KEY", &text::decode(&key));
        call.set("TEXT", &text::decode(&text));
        assert_eq!(
            call.fill("${AES_ENCRYPT(${KEY},${TEXT})}"),
            "acTg2Gp7BDDYzbeAcLTFWg=="
        );
    }
}
