//! `ARRAY(var1[,var2[,…]])`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, assign};
use crate::script::arguments;

pub(crate) static ARRAY: Function = Function {
    name: "ARRAY",
    module: "func_strings",
    summary: "Sets several variables at once.",
    syntax: "ARRAY(var1[,var2[,…]])",
    arguments: &[Argument {
        name: "var",
        help: "The names, each of which gets the value at its place.",
    }],
    escalates: Escalates::No,
    read: None,
    write: Some(write),
};

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let names = arguments::split(args, usize::MAX);
    let values = arguments::split(value, usize::MAX);
    if names.is_empty() {
        return Err(FunctionError::failed("it wants the names of variables"));
    }
    for (at, name) in names.iter().enumerate() {
        assign(env, name, arguments::nth(&values, at))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn each_name_gets_its_value() {
        let call = Fake::new();
        call.set("ARRAY(A,B,HASH(h,k),C)", "1,\"2,2\",3");
        assert_eq!(call.fill("${A}/${B}/${HASH(h,k)}/${C}"), "1/2,2/3/");
        assert_eq!(call.fill("${ARRAY(A,B)}"), "");
    }
}
