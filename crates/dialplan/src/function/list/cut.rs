//! `CUT(varname,char-delim,range-spec)`.

use std::ops::RangeInclusive;

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read, value_of};
use crate::script::{MAX_LENGTH, arguments};

pub(crate) static CUT: Function = Function {
    name: "CUT",
    module: "func_cut",
    summary: "Some fields of a variable's value.",
    syntax: "CUT(varname,char-delim,range-spec)",
    arguments: &[
        Argument {
            name: "varname",
            help: "The variable's name.",
        },
        Argument {
            name: "char-delim",
            help: "The character between fields; a hyphen if none is given.",
        },
        Argument {
            name: "range-spec",
            help: "Which fields, counted from 1: `2`, `2-4`, `2-`, `-4`, several of them joined by `&`.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split_raw(args, 3);
    let value = value_of(env, arguments::nth(&args, 0));
    let delimiter = arguments::escaped(arguments::nth(&args, 1)).map_or('-', |(c, _)| c);
    let fields: Vec<&str> = value.split(delimiter).collect();
    let mut out = Vec::new();
    for spec in arguments::nth(&args, 2).split('&') {
        let range =
            range(spec).ok_or_else(|| FunctionError::failed(format!("\"{spec}\" is no range")))?;
        let first = *range.start();
        let count = (*range.end()).min(fields.len()).saturating_sub(first - 1);
        out.extend(fields.iter().skip(first - 1).take(count).copied());
        if out.len() > MAX_LENGTH {
            return Err(FunctionError::failed("so many fields are not joined"));
        }
    }
    let mut between = [0; 4];
    Ok(out.join(delimiter.encode_utf8(&mut between)))
}

/// Reads a range of fields; what follows it does not count.
fn range(text: &str) -> Option<RangeInclusive<usize>> {
    let (first, rest) = leading_number(text.trim());
    let Some(rest) = rest.strip_prefix('-') else {
        return first.map(|first| first..=first);
    };
    let (last, _) = leading_number(rest);
    match (first, last) {
        (None, None) => None,
        (first, last) => Some(first.unwrap_or(1)..=last.unwrap_or(usize::MAX)),
    }
}

fn leading_number(text: &str) -> (Option<usize>, &str) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    (number.parse().ok().filter(|number| *number > 0), rest)
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        call.set("L", "one&two&three");
        call.set("D", "x-y-z");
        call.set("C", "a,b");
        for (text, value) in [
            ("${CUT(L,&,2-)}", "two&three"),
            ("${CUT(L,&,-2)}", "one&two"),
            ("${CUT(L,&,1,3)}", "one"),
            ("${CUT(L,&,1&3)}", "one&three"),
            ("${CUT(L,&,3&1-2)}", "three&one&two"),
            ("${CUT(L,&,9)}", ""),
            ("${CUT(L,&,3-1)}", ""),
            ("${CUT(L,&,2-99999999999999999999)}", "two&three"),
            ("${CUT(D,,2)}", "y"),
            ("${CUT(D,,0)}", ""),
            ("${CUT(D,,x)}", ""),
            ("${CUT(NONE,,1)}", ""),
            (r"${CUT(C,\,,2)}", "b"),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
