//! `SPRINTF(format,arg1[,arg2[,…]])`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read, number};
use crate::script::arguments;

pub(crate) static SPRINTF: Function = Function {
    name: "SPRINTF",
    module: "func_sprintf",
    summary: "Values put into a format.",
    syntax: "SPRINTF(format,arg1[,arg2[,…]])",
    arguments: &[
        Argument {
            name: "format",
            help: "The format, as C's `printf` has it: `%d`, `%05d`, `%-10s`, `%.2f` …",
        },
        Argument {
            name: "arg",
            help: "The values, one for each place in the format.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

/// The widest field and the most digits after a point.
const MAX_WIDTH: usize = 1_000;

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, usize::MAX);
    let (format, values) = args
        .split_first()
        .ok_or_else(|| FunctionError::failed("it wants a format"))?;
    let mut values = values.iter();
    let mut out = String::new();
    let mut rest = format.as_ref();
    while let Some((before, place)) = rest.split_once('%') {
        out.push_str(before);
        if let Some(after) = place.strip_prefix('%') {
            out.push('%');
            rest = after;
            continue;
        }
        let (place, kind, after) = Place::parse(place).ok_or_else(|| {
            FunctionError::failed(format!("\"%{place}\" is no place for a value"))
        })?;
        let value = values
            .next()
            .ok_or_else(|| FunctionError::failed("there are fewer values than places"))?;
        out.push_str(&place.fill(kind, value)?);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// What stands between the `%` and the letter.
#[derive(Debug, Default, Clone, Copy)]
struct Place {
    left: bool,
    zeros: bool,
    plus: bool,
    space: bool,
    alternative: bool,
    width: usize,
    precision: Option<usize>,
}

impl Place {
    /// Reads up to the letter; gives it and what follows.
    fn parse(text: &str) -> Option<(Self, char, &str)> {
        let mut place = Place::default();
        let mut rest = text;
        loop {
            match rest.chars().next()? {
                '-' => place.left = true,
                '0' => place.zeros = true,
                '+' => place.plus = true,
                ' ' => place.space = true,
                '#' => place.alternative = true,
                _ => break,
            }
            rest = &rest[1..];
        }
        (place.width, rest) = size(rest)?;
        if let Some(precision) = rest.strip_prefix('.') {
            let (precision, after) = size(precision)?;
            place.precision = Some(precision);
            rest = after;
        }
        // How long C's integer is does not matter here.
        let rest = rest.trim_start_matches(['h', 'l', 'q', 'j', 'z', 't', 'L']);
        let kind = rest.chars().next()?;
        Some((place, kind, &rest[kind.len_utf8()..]))
    }

    fn fill(self, kind: char, value: &str) -> Result<String, FunctionError> {
        let wrong = |what| FunctionError::failed(format!("\"{value}\" is not {what}"));
        let integer = || {
            let text = value.trim();
            let sign = usize::from(text.starts_with(['-', '+']));
            let digits = text
                .bytes()
                .skip(sign)
                .take_while(u8::is_ascii_digit)
                .count();
            text.get(..sign + digits)
                .and_then(|text| text.parse::<i64>().ok())
        };
        let float = || number(value).ok_or_else(|| wrong("a number"));
        Ok(match kind {
            'd' | 'i' => {
                let integer = integer().ok_or_else(|| wrong("a whole number"))?;
                self.number(
                    integer < 0,
                    "",
                    &self.digits(integer.unsigned_abs().to_string()),
                )
            }
            'u' | 'o' | 'x' | 'X' => {
                let integer = integer().ok_or_else(|| wrong("a whole number"))?;
                let (digits, prefix) = match kind {
                    'o' => (format!("{integer:o}"), "0"),
                    'x' => (format!("{integer:x}"), "0x"),
                    'X' => (format!("{integer:X}"), "0X"),
                    _ => ((integer as u64).to_string(), ""),
                };
                let prefix = if self.alternative && integer != 0 {
                    prefix
                } else {
                    ""
                };
                Place {
                    plus: false,
                    space: false,
                    ..self
                }
                .number(false, prefix, &self.digits(digits))
            }
            'f' | 'F' | 'e' | 'E' | 'g' | 'G' => {
                let float = float()?;
                let digits = if float.is_finite() {
                    self.float(kind, float.abs())
                } else {
                    float.abs().to_string().to_lowercase()
                };
                Place {
                    precision: None,
                    ..self
                }
                .number(float.is_sign_negative(), "", &digits)
            }
            'c' => self.pad(value.chars().take(1).collect()),
            's' => {
                let bytes = text::to_bytes(value);
                let kept = self.precision.unwrap_or(bytes.len()).min(bytes.len());
                self.pad(text::decode(bytes.get(..kept).unwrap_or_default()).into_owned())
            }
            other => {
                return Err(FunctionError::failed(format!(
                    "\"%{other}\" is no kind of value"
                )));
            }
        })
    }

    /// As many digits as the precision wants.
    fn digits(self, digits: String) -> String {
        format!("{digits:0>0$}", self.precision.unwrap_or(1))
    }

    fn number(self, negative: bool, prefix: &str, digits: &str) -> String {
        let sign = match (negative, self.plus, self.space) {
            (true, ..) => "-",
            (false, true, _) => "+",
            (false, false, true) => " ",
            (false, false, false) => "",
        };
        if self.zeros && !self.left && self.precision.is_none() {
            let width = self.width.saturating_sub(sign.len() + prefix.len());
            return format!("{sign}{prefix}{digits:0>width$}");
        }
        self.pad(format!("{sign}{prefix}{digits}"))
    }

    fn float(self, kind: char, float: f64) -> String {
        let precision = self.precision.unwrap_or(6);
        match kind {
            'f' | 'F' => format!("{float:.precision$}"),
            'e' | 'E' => with_exponent(float, precision, kind),
            _ => {
                let significant = precision.max(1);
                let rounded = format!("{float:.0$e}", significant - 1);
                let exponent = rounded
                    .split_once('e')
                    .and_then(|(_, e)| e.parse::<i32>().ok())
                    .unwrap_or(0);
                let last = i32::try_from(significant).unwrap_or(i32::MAX);
                let text = if exponent < -4 || exponent >= last {
                    let e = if kind == 'g' { 'e' } else { 'E' };
                    return with_exponent_trimmed(float, significant - 1, e, self.alternative);
                } else {
                    format!(
                        "{float:.0$}",
                        usize::try_from(last - 1 - exponent).unwrap_or(0)
                    )
                };
                if self.alternative {
                    text
                } else {
                    trimmed(&text).to_owned()
                }
            }
        }
    }

    fn pad(self, text: String) -> String {
        let missing = self.width.saturating_sub(text::to_bytes(&text).len());
        let space = " ".repeat(missing);
        if self.left {
            text + &space
        } else {
            space + &text
        }
    }
}

/// Reads a width or a precision.
fn size(text: &str) -> Option<(usize, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (size, rest) = text.split_at(digits);
    let size = if digits == 0 {
        0
    } else {
        size.parse().ok().filter(|size| *size <= MAX_WIDTH)?
    };
    Some((size, rest))
}

/// `1.5e+03`: C writes the exponent with its sign and two digits at least.
fn with_exponent(float: f64, precision: usize, e: char) -> String {
    let text = format!("{float:.precision$e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, exponent) = exponent
        .strip_prefix('-')
        .map_or(('+', exponent), |exponent| ('-', exponent));
    format!("{digits}{e}{sign}{exponent:0>2}")
}

fn with_exponent_trimmed(float: f64, precision: usize, e: char, keep: bool) -> String {
    let text = with_exponent(float, precision, e);
    match text.split_once(e) {
        Some((digits, exponent)) if !keep => format!("{}{e}{exponent}", trimmed(digits)),
        _ => text,
    }
}

/// Without zeros at the end of a fraction.
fn trimmed(text: &str) -> &str {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${SPRINTF(%05d,42)}", "00042"),
            ("${SPRINTF(%s-%s,a,b)}", "a-b"),
            ("${SPRINTF(%.2f,3.14159)}", "3.14"),
            ("${SPRINTF(%-5s|,ab)}", "ab   |"),
            ("${SPRINTF(%5s|%.2s,ab,xyz)}", "   ab|xy"),
            ("${SPRINTF(%5d|%-5d|%+d|% d,1,2,3,4)}", "    1|2    |+3| 4"),
            ("${SPRINTF(%05d|%.3d|%5.3d,-42,7,7)}", "-0042|007|  007"),
            (
                "${SPRINTF(%x|%X|%#x|%o|%08x,255,255,255,8,255)}",
                "ff|FF|0xff|10|000000ff",
            ),
            ("${SPRINTF(%u|%ld|%c,7,8,abc)}", "7|8|a"),
            ("${SPRINTF(%e|%.1E,1234.5,0.00012)}", "1.234500e+03|1.2E-04"),
            (
                "${SPRINTF(%g|%g|%g|%G,0.0001,1234567,100,0.00001)}",
                "0.0001|1.23457e+06|100|1E-05",
            ),
            (
                "${SPRINTF(%f|%08.2f|%.0f,1,-1.5,2.5)}",
                "1.000000|-0001.50|2",
            ),
            ("${SPRINTF(100%%)}", "100%"),
            ("${SPRINTF(plain)}", "plain"),
            ("${SPRINTF(%4s|,ü)}", "  ü|"),
            ("${SPRINTF(%d,4x)}", "4"),
            ("${SPRINTF(%d,x)}", ""),
            ("${SPRINTF(%d)}", ""),
            ("${SPRINTF(%n,1)}", ""),
            ("${SPRINTF(%)}", ""),
            ("${SPRINTF(%99999d,1)}", ""),
            ("${SPRINTF()}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
