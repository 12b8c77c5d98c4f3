//! `URIENCODE(data)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static URIENCODE: Function = Function {
    name: "URIENCODE",
    module: "func_uri",
    summary: "A text with what is not allowed in a URI written as `%XX`.",
    syntax: "URIENCODE(data)",
    arguments: &[Argument {
        name: "data",
        help: "The text.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let mut out = String::with_capacity(args.len());
    for byte in text::to_bytes(args).iter() {
        match byte {
            // RFC 2396, 2.3: unreserved characters.
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(*byte)),
            b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')' => {
                out.push(char::from(*byte))
            }
            _ => {
                out.push('%');
                out.extend([*byte >> 4, *byte & 15].map(|digit| {
                    char::from_digit(u32::from(digit), 16)
                        .unwrap_or('0')
                        .to_ascii_uppercase()
                }));
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${URIENCODE(a b&c/d?e=ü)}", "a%20b%26c%2Fd%3Fe%3D%C3%BC"),
            ("${URIENCODE(-_.!~*'())}", "-_.!~*'()"),
            ("${URIENCODE()}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
