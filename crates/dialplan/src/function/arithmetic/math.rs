//! `MATH(expression[,type])`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::script::arguments;

pub(crate) static MATH: Function = Function {
    name: "MATH",
    module: "func_math",
    summary: "Works out one operation.",
    syntax: "MATH(expression[,type])",
    arguments: &[
        Argument {
            name: "expression",
            help: "Two numbers with one of `+ - / * % ^ << >> AND OR XOR < <= == >= >` between them.",
        },
        Argument {
            name: "type",
            help: "How the result is written: `f` or `float`, `i` or `int`, `h` or `hex`, `o` or `octal`, `c` or `char`.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 2);
    let (left, operator, right) = operation(arguments::nth(&args, 0))?;
    let kind = Kind::parse(arguments::nth(&args, 1))?;
    let truth = |yes: bool| Ok(if yes { "TRUE" } else { "FALSE" }.to_owned());
    let result = match operator {
        "<" => return truth(left < right),
        ">" => return truth(left > right),
        "<=" => return truth(left <= right),
        ">=" => return truth(left >= right),
        "=" | "==" => return truth(left == right),
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "^" => left.powf(right),
        "/" | "%" if right == 0.0 => {
            return Err(FunctionError::failed("it cannot divide by nought"));
        }
        "/" => left / right,
        "%" => left % right,
        _ => {
            let (left, right) = (left as i64, right as i64);
            let shift = u32::try_from(right).unwrap_or(u32::MAX);
            let bits = match operator {
                "<<" => left.checked_shl(shift).unwrap_or(0),
                ">>" => left.checked_shr(shift).unwrap_or(0),
                "AND" => left & right,
                "OR" => left | right,
                _ => left ^ right,
            };
            bits as f64
        }
    };
    Ok(kind.write(result))
}

/// The operators. One that begins another stands after it.
const OPERATORS: [&str; 16] = [
    "<<", ">>", "<=", ">=", "==", "AND", "XOR", "OR", "<", ">", "=", "+", "-", "*", "/", "%",
];

fn operation(text: &str) -> Result<(f64, &str, f64), FunctionError> {
    let wrong = |text: &str| {
        FunctionError::failed(format!("\"{text}\" is not two numbers and an operator"))
    };
    let text = text.trim();
    // A sign at the start is the number's.
    let sign = usize::from(text.starts_with(['-', '+']));
    let from = sign
        + text.get(sign..).map_or(0, |rest| {
            rest.bytes()
                .take_while(|b| b.is_ascii_digit() || *b == b'.')
                .count()
        });
    let (left, rest) = text.split_at_checked(from).ok_or_else(|| wrong(text))?;
    let rest = rest.trim_start();
    let operator = OPERATORS
        .into_iter()
        .chain(["^"])
        .find(|operator| {
            rest.get(..operator.len())
                .is_some_and(|r| r.eq_ignore_ascii_case(operator))
        })
        .ok_or_else(|| wrong(text))?;
    let right = rest.get(operator.len()..).unwrap_or_default();
    let left = left.parse::<f64>().map_err(|_| wrong(text))?;
    let right = right
        .trim()
        .parse::<f64>()
        .ok()
        .filter(|n| n.is_finite())
        .ok_or_else(|| wrong(text))?;
    Ok((left, operator, right))
}

/// How a result is written.
#[derive(Clone, Copy)]
enum Kind {
    Float,
    Integer,
    Hexadecimal,
    Octal,
    Character,
}

impl Kind {
    fn parse(text: &str) -> Result<Self, FunctionError> {
        Ok(match text.trim().to_ascii_lowercase().as_str() {
            "" | "f" | "float" => Kind::Float,
            "i" | "int" => Kind::Integer,
            "h" | "hex" => Kind::Hexadecimal,
            "o" | "octal" => Kind::Octal,
            "c" | "char" => Kind::Character,
            _ => {
                return Err(FunctionError::failed(format!(
                    "\"{text}\" is no type of result"
                )));
            }
        })
    }

    /// The casts are those of a language that leaves what is too large undefined; here it stops at the end.
    fn write(self, number: f64) -> String {
        let integer = number as i32;
        match self {
            Kind::Float => format!("{number:.6}"),
            Kind::Integer => integer.to_string(),
            Kind::Hexadecimal => format!("{integer:x}"),
            Kind::Octal => format!("{integer:o}"),
            Kind::Character => text::decode(&[integer as u8]).into_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${MATH(7/2)}", "3.500000"),
            ("${MATH(7/2,int)}", "3"),
            ("${MATH(2^8,int)}", "256"),
            ("${MATH(3>2)}", "TRUE"),
            ("${MATH(3 <= 2)}", "FALSE"),
            ("${MATH(3==3.0)}", "TRUE"),
            ("${MATH(8>>1,int)}", "4"),
            ("${MATH(1<<4,i)}", "16"),
            ("${MATH(5 XOR 3,int)}", "6"),
            ("${MATH(5AND3,int)}", "1"),
            ("${MATH(5 or 3,int)}", "7"),
            ("${MATH(-3*-2,i)}", "6"),
            ("${MATH(7%4,i)}", "3"),
            ("${MATH(1/0)}", ""),
            ("${MATH(255,hex)}", ""),
            ("${MATH(250+5,hex)}", "ff"),
            ("${MATH(4+4,octal)}", "10"),
            ("${MATH(60+5,char)}", "A"),
            ("${MATH(1+)}", ""),
            ("${MATH(+1)}", ""),
            ("${MATH(1+2,x)}", ""),
            ("${MATH()}", ""),
            ("${MATH(1<<99,int)}", "0"),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
