//! The functions of arithmetic that an expression has built in.

use astro_float_num::{BigFloat, Consts, RoundingMode};

use super::{EVEN, Number, PRECISION, with_constants};

/// Bits that functions are computed with before they are rounded.
const WORKING: usize = 128;
/// The largest binary exponent of an angle: of larger ones no digit means anything, and finding the
/// remainder of a turn takes long.
const ANGLE_EXPONENT_MAX: i32 = 1_024;

impl Number {
    /// Calls one of the functions that an expression has built in; `None` when there is no such function
    /// with so many arguments.
    pub(crate) fn call(name: &str, arguments: &[Number]) -> Option<Self> {
        let none = RoundingMode::None;
        let number = match (name, arguments) {
            ("SIN" | "COS" | "TAN", [x])
                if x.0.exponent().is_some_and(|e| e > ANGLE_EXPONENT_MAX) =>
            {
                BigFloat::nan(None)
            }
            ("FLOOR", [x]) => x.0.floor(),
            ("CEIL", [x]) => x.0.ceil(),
            ("TRUNC", [x]) if x.0.is_negative() => x.0.ceil(),
            ("TRUNC", [x]) => x.0.floor(),
            ("ROUND", [x]) => {
                let size =
                    x.0.abs()
                        .add(&BigFloat::from_f64(0.5, PRECISION), WORKING, none)
                        .floor();
                if x.0.is_negative() { size.neg() } else { size }
            }
            ("RINT", [x]) => x.0.round(0, EVEN),
            ("REMAINDER", [x, y]) => return Some(x.remainder(y)),
            ("SQRT", [x]) => x.0.sqrt(PRECISION, EVEN),
            ("SIN", [x]) => with_constants(|c| x.0.sin(WORKING, none, c)),
            ("COS", [x]) => with_constants(|c| x.0.cos(WORKING, none, c)),
            ("TAN", [x]) => with_constants(|c| x.0.tan(WORKING, none, c)),
            ("ASIN", [x]) => with_constants(|c| x.0.asin(WORKING, none, c)),
            ("ACOS", [x]) => with_constants(|c| x.0.acos(WORKING, none, c)),
            ("ATAN", [x]) => with_constants(|c| x.0.atan(WORKING, none, c)),
            ("ATAN2", [y, x]) => with_constants(|c| atan2(&y.0, &x.0, c)),
            ("POW", [x, y]) => with_constants(|c| power(&x.0, &y.0, c)),
            ("EXP", [x]) => with_constants(|c| x.0.exp(WORKING, none, c)),
            ("EXP2", [x]) => with_constants(|c| power(&BigFloat::from_i64(2, PRECISION), &x.0, c)),
            ("EXP10", [x]) => {
                with_constants(|c| power(&BigFloat::from_i64(10, PRECISION), &x.0, c))
            }
            ("LOG", [x]) => with_constants(|c| x.0.ln(WORKING, none, c)),
            ("LOG2", [x]) => with_constants(|c| x.0.log2(WORKING, none, c)),
            ("LOG10", [x]) => with_constants(|c| x.0.log10(WORKING, none, c)),
            _ => return None,
        };
        Some(Number::within_range(number))
    }

    /// Whether [`Number::call`] knows the name.
    pub(crate) fn has_function(name: &str) -> bool {
        const NAMES: [&str; 21] = [
            "ACOS",
            "ASIN",
            "ATAN",
            "ATAN2",
            "CEIL",
            "COS",
            "EXP",
            "EXP10",
            "EXP2",
            "FLOOR",
            "LOG",
            "LOG10",
            "LOG2",
            "POW",
            "REMAINDER",
            "RINT",
            "ROUND",
            "SIN",
            "SQRT",
            "TAN",
            "TRUNC",
        ];
        NAMES.binary_search(&name).is_ok()
    }
}

/// `x` to the power of `y`; a negative `x` takes whole powers alone.
fn power(x: &BigFloat, y: &BigFloat, constants: &mut Consts) -> BigFloat {
    if y.is_int() && x.is_negative() {
        let odd = !y.rem(&BigFloat::from_i64(2, PRECISION)).is_zero();
        let size = x.abs().pow(y, WORKING, RoundingMode::None, constants);
        return if odd { size.neg() } else { size };
    }
    x.pow(y, WORKING, RoundingMode::None, constants)
}

/// The angle of the point (`x`, `y`), from −π to π.
fn atan2(y: &BigFloat, x: &BigFloat, constants: &mut Consts) -> BigFloat {
    let none = RoundingMode::None;
    if y.is_zero() && !x.is_negative() {
        return BigFloat::from_i64(0, PRECISION);
    }
    let pi = constants.pi(WORKING, none);
    if x.is_zero() {
        let half = pi.div(&BigFloat::from_i64(2, PRECISION), WORKING, none);
        return if y.is_negative() { half.neg() } else { half };
    }
    let angle = y.div(x, WORKING, none).atan(WORKING, none, constants);
    match (x.is_negative(), y.is_negative()) {
        (false, _) => angle,
        (true, false) => angle.add(&pi, WORKING, none),
        (true, true) => angle.sub(&pi, WORKING, none),
    }
}
