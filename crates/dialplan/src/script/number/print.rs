//! Writing of numbers.

use std::fmt;

use astro_float_num::{Radix, RoundingMode, Sign};

use super::{DIGITS, Number, with_constants};

impl fmt::Display for Number {
    /// As C's `%.18Lg` prints it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(whole) = self.whole() {
            return write!(f, "{whole}");
        }
        let decimal = with_constants(|constants| {
            self.0
                .convert_to_radix(Radix::Dec, RoundingMode::None, constants)
        });
        match decimal {
            Ok((sign, digits, exponent)) => {
                if sign == Sign::Neg {
                    f.write_str("-")?;
                }
                write_general(f, &digits, exponent)
            }
            Err(_) if self.0.is_inf_pos() => f.write_str("inf"),
            Err(_) if self.0.is_inf_neg() => f.write_str("-inf"),
            Err(_) => f.write_str("nan"),
        }
    }
}

impl Number {
    /// The number, where it is whole and prints in full.
    fn whole(&self) -> Option<i64> {
        if self.0.is_zero() {
            return Some(0);
        }
        let exponent = u32::try_from(self.0.exponent()?)
            .ok()
            .filter(|bits| (1..=59).contains(bits))?;
        let &[word] = self.0.mantissa_digits()? else {
            return None;
        };
        let magnitude = word >> (u64::BITS - exponent);
        let exact = word << exponent == 0;
        let magnitude = i64::try_from(magnitude).ok().filter(|_| exact)?;
        Some(if self.0.is_negative() {
            -magnitude
        } else {
            magnitude
        })
    }
}

/// Writes `0.digits` times ten to the `exponent`: rounded, without trailing zeros, and with a power of ten
/// where the plain form would want more zeros than a reader does.
fn write_general(f: &mut fmt::Formatter<'_>, digits: &[u8], exponent: i32) -> fmt::Result {
    let leading = digits.iter().take_while(|digit| **digit == 0).count();
    let mut exponent = i64::from(exponent) - i64::try_from(leading).unwrap_or(0);
    let mut digits = digits.get(leading..).unwrap_or_default().to_vec();
    if round_to(&mut digits, DIGITS) {
        exponent += 1;
    }
    let text: String = digits
        .iter()
        .map(|digit| char::from(b'0' + digit))
        .collect();
    let point = exponent - 1;
    match usize::try_from(exponent) {
        _ if !(-4..18).contains(&point) => {
            let (first, rest) = text.split_at(text.len().min(1));
            let dot = if rest.is_empty() { "" } else { "." };
            let sign = if point < 0 { '-' } else { '+' };
            write!(f, "{first}{dot}{rest}e{sign}{:02}", point.unsigned_abs())
        }
        Ok(before) if before > 0 && before < text.len() => {
            let (whole, rest) = text.split_at(before);
            write!(f, "{whole}.{rest}")
        }
        Ok(before) if before > 0 => write!(f, "{text:0<before$}"),
        _ => write!(
            f,
            "0.{:0<1$}{text}",
            "",
            usize::try_from(-exponent).unwrap_or(0)
        ),
    }
}

/// Keeps `keep` digits, rounded half up, without trailing zeros; says whether a digit came in front.
fn round_to(digits: &mut Vec<u8>, keep: usize) -> bool {
    let up = digits.get(keep).is_some_and(|digit| *digit >= 5);
    digits.truncate(keep);
    let mut carry = up;
    for digit in digits.iter_mut().rev() {
        if !carry {
            break;
        }
        *digit = (*digit + 1) % 10;
        carry = *digit == 0;
    }
    if carry {
        digits.insert(0, 1);
    }
    while digits.last() == Some(&0) {
        digits.pop();
    }
    carry
}
