//! `RAND([min][,max])`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::script::arguments;

pub(crate) static RAND: Function = Function {
    name: "RAND",
    module: "func_rand",
    summary: "A whole number by chance.",
    syntax: "RAND([min][,max])",
    arguments: &[
        Argument {
            name: "min",
            help: "The smallest it may be; 0 if not given.",
        },
        Argument {
            name: "max",
            help: "The largest; 2147483647 if not given.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 2);
    let bound =
        |at: usize, default: i32| arguments::nth(&args, at).trim().parse().unwrap_or(default);
    let (one, two) = (bound(0, 0), bound(1, i32::MAX));
    let (min, max) = (i64::from(one.min(two)), i64::from(one.max(two)));
    let span = u64::try_from(max - min).unwrap_or(0) + 1;
    let step = i64::try_from(env.random() % span).unwrap_or(0);
    Ok((min + step).to_string())
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn stays_within_its_bounds() {
        let call = Fake::new();
        let throw = |text: &str| call.fill(text).parse::<i64>().unwrap();
        let mut seen = [false; 6];
        for _ in 0..200 {
            seen[usize::try_from(throw("${RAND(1,6)}") - 1).unwrap()] = true;
            assert!((-2..=2).contains(&throw("${RAND(2,-2)}")));
            assert!((0..=i64::from(i32::MAX)).contains(&throw("${RAND()}")));
            throw("${RAND(-2147483648,2147483647)}");
        }
        assert_eq!(seen, [true; 6]);
    }
}
