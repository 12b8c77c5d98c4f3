//! `INC(variable)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static INC: Function = Function {
    name: "INC",
    module: "func_math",
    summary: "Sets a variable to one more.",
    syntax: "INC(variable)",
    arguments: &[Argument {
        name: "variable",
        help: "The variable's name; its new value is also what this yields.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let value = env.variable(args).unwrap_or_default();
    let number: i32 = value.trim().parse().map_err(|_| {
        FunctionError::failed(format!(
            "${{{args}}} is \"{value}\", which is not a whole number"
        ))
    })?;
    let value = number.wrapping_add(1).to_string();
    env.set_variable(args, &value);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        call.set("N", "42");
        call.set("TEXT", "4x");
        for (text, value) in [
            ("${INC(N)}${N}", "4343"),
            ("${INC(TEXT)}", ""),
            ("${INC(NONE)}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
