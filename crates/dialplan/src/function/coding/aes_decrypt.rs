//! `AES_DECRYPT(key,string)`.

use aes::cipher::BlockDecrypt;

use super::{BLOCK, cipher, from_base64, key_and_text, printable};
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static AES_DECRYPT: Function = Function {
    name: "AES_DECRYPT",
    module: "func_aes",
    summary: "A text that AES_ENCRYPT enciphered.",
    syntax: "AES_DECRYPT(key,string)",
    arguments: &[
        Argument {
            name: "key",
            help: "The key, 16 bytes.",
        },
        Argument {
            name: "string",
            help: "The enciphered text, in base64.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let (key, text) = key_and_text(args)?;
    let cipher = cipher(&key)?;
    let mut bytes = from_base64(&text)?;
    if bytes.len() % BLOCK != 0 {
        return Err(FunctionError::failed(format!(
            "the text is not made of blocks of {BLOCK} bytes"
        )));
    }
    for block in bytes.chunks_exact_mut(BLOCK) {
        cipher.decrypt_block(block.into());
    }
    Ok(printable(&bytes))
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${AES_DECRYPT(sixteen byte key,abcd)}", ""),
            ("${AES_DECRYPT(sixteen byte key,%%%)}", ""),
            ("${AES_DECRYPT(sixteen byte key,)}", ""),
            ("${AES_DECRYPT()}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
