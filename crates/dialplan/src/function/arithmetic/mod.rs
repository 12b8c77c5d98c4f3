//! Numbers.

mod abs;
mod dec;
mod digit_sum;
mod inc;
mod math;
mod max;
mod min;
mod rand;
mod uuid;

pub(crate) use abs::ABS;
pub(crate) use dec::DEC;
pub(crate) use digit_sum::DIGIT_SUM;
pub(crate) use inc::INC;
pub(crate) use math::MATH;
pub(crate) use max::MAX;
pub(crate) use min::MIN;
pub(crate) use rand::RAND;
pub(crate) use uuid::UUID;

/// A number as the functions that are not `MATH` write it: whole where it is.
fn written(number: f64) -> String {
    if number.fract() == 0.0 {
        format!("{number:.0}")
    } else {
        format!("{number:.6}")
    }
}
