//! The numbers of expressions: 64 bits of mantissa and 15 of exponent, printed to 18 significant digits.
//!
//! That is the `long double` which dialplans were written against, so `0.1 + 0.2` prints as `0.3` and
//! compares equal to it. The wide float is the library's; its range and its printing are kept here.

mod functions;
mod print;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::cmp::Ordering;

use astro_float_num::{BigFloat, Consts, INF_NEG, INF_POS, Radix, RoundingMode, Sign};

/// Bits of mantissa.
const PRECISION: usize = 64;
/// The largest binary exponent of a finite number; above is infinite.
const EXPONENT_MAX: i32 = 16_384;
/// The smallest binary exponent; below is zero.
const EXPONENT_MIN: i32 = -16_445;
/// Significant digits of a printed number.
const DIGITS: usize = 18;
/// Digits that a number may be written with; more are refused rather than worked through.
const DIGITS_READ: usize = 4_096;

const EVEN: RoundingMode = RoundingMode::ToEven;

/// A number of an expression.
#[derive(Clone, Debug)]
pub(crate) struct Number(BigFloat);

impl Number {
    pub(crate) fn zero() -> Self {
        Number::from(0)
    }

    /// Reads `-?digits[.digits]`; anything else, exponents too, is not a number to an expression.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let point = digits.bytes().filter(|b| *b == b'.').count();
        let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if !plain || point > 1 || digits.len() == point || digits.len() > DIGITS_READ {
            return None;
        }
        if point == 0 && digits.len() <= DIGITS {
            return text.parse::<i64>().ok().map(Number::from);
        }
        // The library wants a digit before the point.
        let sign = if digits.len() == text.len() { "" } else { "-" };
        let number = with_constants(|constants| {
            BigFloat::parse(
                &format!("{sign}0{digits}"),
                Radix::Dec,
                PRECISION,
                EVEN,
                constants,
            )
        });
        (!number.is_nan()).then(|| Number::within_range(number))
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    pub(crate) fn add(&self, other: &Self) -> Self {
        Number::within_range(self.0.add(&other.0, PRECISION, EVEN))
    }

    pub(crate) fn subtract(&self, other: &Self) -> Self {
        Number::within_range(self.0.sub(&other.0, PRECISION, EVEN))
    }

    pub(crate) fn multiply(&self, other: &Self) -> Self {
        Number::within_range(self.0.mul(&other.0, PRECISION, EVEN))
    }

    pub(crate) fn divide(&self, other: &Self) -> Self {
        Number::within_range(self.0.div(&other.0, PRECISION, EVEN))
    }

    /// What is left after dividing a whole number of times, with the sign of `self`.
    pub(crate) fn modulo(&self, other: &Self) -> Self {
        Number::within_range(self.0.rem(&other.0))
    }

    /// What is left after dividing to the nearest whole number, halves to even.
    pub(crate) fn remainder(&self, other: &Self) -> Self {
        let y = other.0.abs();
        let mut rest = self.0.abs().rem(&y.add(&y, PRECISION, EVEN));
        if rest
            .add(&rest, PRECISION, EVEN)
            .cmp(&y)
            .is_some_and(|order| order > 0)
        {
            rest = rest.sub(&y, PRECISION, EVEN);
            if rest
                .add(&rest, PRECISION, EVEN)
                .cmp(&y)
                .is_some_and(|order| order >= 0)
            {
                rest = rest.sub(&y, PRECISION, EVEN);
            }
        }
        Number::within_range(if self.0.is_negative() {
            rest.neg()
        } else {
            rest
        })
    }

    pub(crate) fn negate(&self) -> Self {
        if self.is_zero() {
            self.clone()
        } else {
            Number(self.0.neg())
        }
    }

    /// `None` where one of the two is not a number.
    pub(crate) fn compare(&self, other: &Self) -> Option<Ordering> {
        self.0.cmp(&other.0).map(|order| order.cmp(&0))
    }

    /// Rounds to the mantissa and cuts to the exponents of a `long double`.
    fn within_range(mut number: BigFloat) -> Self {
        if number
            .mantissa_max_bit_len()
            .is_some_and(|bits| bits > PRECISION)
            && number.set_precision(PRECISION, EVEN).is_err()
        {
            return Number(BigFloat::nan(None));
        }
        Number(match number.exponent() {
            Some(_) if number.is_zero() => BigFloat::from_i64(0, PRECISION),
            Some(exponent) if exponent > EXPONENT_MAX => match number.sign() {
                Some(Sign::Neg) => INF_NEG,
                _ => INF_POS,
            },
            Some(exponent) if exponent < EXPONENT_MIN => BigFloat::from_i64(0, PRECISION),
            _ => number,
        })
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Number(BigFloat::from_i64(number, PRECISION))
    }
}

fn with_constants<T>(work: impl FnOnce(&mut Consts) -> T) -> T {
    thread_local! {
        static CONSTANTS: RefCell<Option<Consts>> = const { RefCell::new(None) };
    }
    CONSTANTS.with_borrow_mut(|cache| match cache {
        Some(constants) => work(constants),
        None => work(cache.insert(Consts::new().expect("a few empty lists are made without fail"))),
    })
}
