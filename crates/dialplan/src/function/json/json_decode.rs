//! `JSON_DECODE(varname,item[,separator[,options]])`.

use serde_json::Value;

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::script::arguments;

pub(crate) static JSON_DECODE: Function = Function {
    name: "JSON_DECODE",
    module: "func_json",
    summary: "A value inside a JSON text.",
    syntax: "JSON_DECODE(varname,item[,separator[,options]])",
    arguments: &[
        Argument {
            name: "varname",
            help: "The name of the variable with the JSON text.",
        },
        Argument {
            name: "item",
            help: "The key, or the keys one inside the other; of an array the place, counted from 0.",
        },
        Argument {
            name: "separator",
            help: "The character between keys; a full stop if none is given.",
        },
        Argument {
            name: "options",
            help: "`c`: of an array, how many items it has.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 4);
    let (name, item) = (arguments::nth(&args, 0), arguments::nth(&args, 1));
    if name.is_empty() || item.is_empty() {
        return Err(FunctionError::failed("it wants a variable and a key"));
    }
    let separator = arguments::nth(&args, 2).chars().next().unwrap_or('.');
    let count = arguments::nth(&args, 3).contains('c');
    let text = env.variable(name).unwrap_or_default();
    let json: Value = serde_json::from_str(&text)
        .map_err(|error| FunctionError::failed(format!("{name} holds no JSON: {error}")))?;
    let found = item
        .split(separator)
        .try_fold(&json, |value, key| match value {
            Value::Array(items) => items.get(key.parse::<usize>().ok()?),
            other => other.get(key),
        });
    Ok(match found {
        None | Some(Value::Null) => String::new(),
        Some(Value::Array(items)) if count => items.len().to_string(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(yes)) => u8::from(*yes).to_string(),
        Some(other) => other.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        call.set(
            "J",
            r#"{"a": 1, "b": {"c": "deep"}, "l": [1, 2.5, null], "t": true, "n": null}"#,
        );
        call.set("BAD", "{");
        call.set("DEEP", &"[".repeat(10_000));
        for (text, value) in [
            ("${JSON_DECODE(J,a)}", "1"),
            ("${JSON_DECODE(J,b.c)}", "deep"),
            ("${JSON_DECODE(J,b/c,/)}", "deep"),
            ("${JSON_DECODE(J,b)}", r#"{"c":"deep"}"#),
            ("${JSON_DECODE(J,l)}", "[1,2.5,null]"),
            ("${JSON_DECODE(J,l,.,c)}", "3"),
            ("${JSON_DECODE(J,l.1)}", "2.5"),
            ("${JSON_DECODE(J,l.9)}", ""),
            ("${JSON_DECODE(J,t)}${JSON_DECODE(J,n)}", "1"),
            ("${JSON_DECODE(J,x.y)}", ""),
            ("${JSON_DECODE(BAD,x)}", ""),
            ("${JSON_DECODE(J)}", ""),
            ("${JSON_DECODE(DEEP,x)}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
