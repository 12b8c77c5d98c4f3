//! `SORT(key1:val1[,key2:val2[,…]])`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read, number};
use crate::script::arguments;

pub(crate) static SORT: Function = Function {
    name: "SORT",
    module: "func_cut",
    summary: "Keys in the order of their numbers.",
    syntax: "SORT(key1:val1[,key2:val2[,…]])",
    arguments: &[Argument {
        name: "key:val",
        help: "A key and its number.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, usize::MAX);
    let mut pairs: Vec<(f64, &str)> = args
        .iter()
        .filter_map(|pair| pair.split_once(':'))
        .map(|(key, value)| (number(value).unwrap_or(0.0), key))
        .collect();
    pairs.sort_by(|(one, _), (two, _)| one.total_cmp(two));
    Ok(pairs
        .into_iter()
        .map(|(_, key)| key)
        .collect::<Vec<_>>()
        .join(","))
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${SORT(a:3,b:-1,c:2.5)}", "b,c,a"),
            ("${SORT(a:1,b:1,c)}", "a,b"),
            ("${SORT()}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
