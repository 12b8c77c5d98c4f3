//! `HASHKEYS(hashname)`.

use super::hash::keys;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static HASHKEYS: Function = Function {
    name: "HASHKEYS",
    module: "func_strings",
    summary: "The keys of a table.",
    syntax: "HASHKEYS(hashname)",
    arguments: &[Argument {
        name: "hashname",
        help: "The table's name.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    Ok(keys(env, args).join(","))
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn keys_are_the_newest_first() {
        let call = Fake::new();
        call.set("HASH(h,k)", "v");
        call.set("HASH(h,l)", "w");
        call.set("HASH(other,x)", "w");
        assert_eq!(
            call.fill("${HASHKEYS(h)}|${HASHKEYS(none)}|${HASHKEYS()}"),
            "l,k||"
        );
    }
}
