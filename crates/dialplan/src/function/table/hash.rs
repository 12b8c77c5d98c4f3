//! `HASH(hashname[,hashkey])`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::script::arguments;

pub(crate) static HASH: Function = Function {
    name: "HASH",
    module: "func_strings",
    summary: "A value of a table.",
    syntax: "HASH(hashname[,hashkey])",
    arguments: &[
        Argument {
            name: "hashname",
            help: "The table's name.",
        },
        Argument {
            name: "hashkey",
            help: "The key. Without one all values of the table are read, and assigning sets those that `~ODBCFIELDS~` names, one after the other.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: Some(write),
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 2);
    match (arguments::nth(&args, 0), args.get(1)) {
        ("", _) => Err(FunctionError::failed("it wants the name of a table")),
        (name, Some(key)) => Ok(env.variable(&variable(name, key)).unwrap_or_default()),
        (name, None) => {
            let values = keys(env, name).into_iter();
            let values = values.map(|key| env.variable(&variable(name, &key)).unwrap_or_default());
            Ok(values.collect::<Vec<_>>().join(","))
        }
    }
}

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let args = arguments::split(args, 2);
    match (arguments::nth(&args, 0), args.get(1)) {
        ("", _) => return Err(FunctionError::failed("it wants the name of a table")),
        (name, Some(key)) => env.set_variable(&variable(name, key), value),
        (name, None) => {
            let columns = env.variable("~ODBCFIELDS~").unwrap_or_default();
            let values = arguments::split(value, usize::MAX);
            for (at, column) in arguments::split(&columns, usize::MAX).iter().enumerate() {
                env.set_variable(&variable(name, column), arguments::nth(&values, at));
            }
        }
    }
    Ok(())
}

/// The keys of a table, the newest first.
pub(super) fn keys(env: &dyn Env, name: &str) -> Vec<String> {
    let prefix = format!("~HASH~{name}~");
    let variables = env.variables_with_prefix(&prefix).into_iter();
    variables
        .filter_map(|name| {
            name.strip_prefix(&prefix)?
                .strip_suffix('~')
                .map(str::to_owned)
        })
        .collect()
}

/// The variable that holds a value of a table.
fn variable(name: &str, key: &str) -> String {
    format!("~HASH~{name}~{key}~")
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values_are_kept_in_variables() {
        let call = Fake::new();
        call.set("HASH(h,k)", "v");
        call.set("HASH(h,other)", "w");
        assert_eq!(
            call.fill("${HASH(h,k)} ${~HASH~h~k~} ${HASH(h,none)}"),
            "v v "
        );
        assert_eq!(call.fill("${HASH(h)}"), "w,v");
        assert_eq!(call.fill("${HASH()}"), "");
    }

    #[test]
    fn a_row_is_set_by_the_names_of_its_columns() {
        let call = Fake::new();
        call.set("~ODBCFIELDS~", "a,b");
        call.set("HASH(row)", "1,2,3");
        assert_eq!(call.fill("${HASH(row,a)}${HASH(row,b)}"), "12");
    }
}
