//! `UUID()`.

use crate::function::{Env, Escalates, Function, FunctionError, Read};

pub(crate) static UUID: Function = Function {
    name: "UUID",
    module: "func_uuid",
    summary: "A name that nothing else has.",
    syntax: "UUID()",
    arguments: &[],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, _: &str) -> Result<String, FunctionError> {
    let mut bytes = (u128::from(env.random()) << 64) | u128::from(env.random());
    // RFC 9562, 5.4: version 4 in the upper bits of octet 6, the variant in those of octet 8.
    bytes = bytes & !(0xF << 76) | 0x4 << 76;
    bytes = bytes & !(0x3 << 62) | 0x2 << 62;
    let hex = format!("{bytes:032x}");
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    Ok([
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32),
    ]
    .join("-"))
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;
    use crate::script::posix;

    #[test]
    fn is_of_the_fourth_version() {
        let call = Fake::new();
        let form = "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$";
        let (one, two) = (call.fill("${UUID()}"), call.fill("${UUID()}"));
        assert!(posix::compile(form).unwrap().is_match(&one), "{one}");
        assert_ne!(one, two);
    }
}
