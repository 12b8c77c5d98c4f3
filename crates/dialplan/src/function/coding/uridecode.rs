//! `URIDECODE(data)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static URIDECODE: Function = Function {
    name: "URIDECODE",
    module: "func_uri",
    summary: "A text with each `%XX` read.",
    syntax: "URIDECODE(data)",
    arguments: &[Argument {
        name: "data",
        help: "The text.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let bytes = text::to_bytes(args);
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest: &[u8] = &bytes;
    while let Some((first, after)) = rest.split_first() {
        let coded = (*first == b'%')
            .then(|| after.get(..2).and_then(byte))
            .flatten();
        out.push(coded.unwrap_or(*first));
        rest = if coded.is_some() {
            after.get(2..).unwrap_or_default()
        } else {
            after
        };
    }
    Ok(text::decode(&out).into_owned())
}

fn byte(digits: &[u8]) -> Option<u8> {
    digits.iter().try_fold(0, |byte, digit| {
        let digit = char::from(*digit)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())?;
        Some(byte << 4 | digit)
    })
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${URIDECODE(a%20b%26c)}", "a b&c"),
            ("${URIDECODE(%C3%BC%c3%bc)}", "üü"),
            ("${URIDECODE(100%)}", "100%"),
            ("${URIDECODE(%zz%4)}", "%zz%4"),
            ("${URIDECODE(a+b)}", "a+b"),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf_8_stay_bytes() {
        assert_eq!(
            text::to_bytes(&Fake::new().fill("${URIDECODE(%E9)}")).as_ref(),
            [0xE9]
        );
    }
}
