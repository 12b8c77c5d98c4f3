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

use super::{Env, FunctionError, number};
use crate::script::arguments;

/// A number as the functions that are not `MATH` write it: whole where it is.
fn written(number: f64) -> String {
    if number.fract() == 0.0 {
        format!("{number:.0}")
    } else {
        format!("{number:.6}")
    }
}

/// Changes a variable that holds a whole number by so much; its new value.
fn stepped(env: &mut dyn Env, variable: &str, by: i32) -> Result<String, FunctionError> {
    let value = env.variable(variable).unwrap_or_default();
    let number: i32 = value.trim().parse().map_err(|_| {
        FunctionError::failed(format!(
            "${{{variable}}} is \"{value}\", which is not a whole number"
        ))
    })?;
    let value = number.wrapping_add(by).to_string();
    env.set_variable(variable, &value);
    Ok(value)
}

/// One of two numbers, as chosen; one that is given alone is it.
fn of_two(args: &str, choose: fn(f64, f64) -> f64) -> Result<String, FunctionError> {
    let args = arguments::split(args, 2);
    let given = |at: usize| Some(arguments::nth(&args, at)).filter(|text| !text.is_empty());
    let parse = |text: &str| {
        number(text).ok_or_else(|| FunctionError::failed(format!("\"{text}\" is not a number")))
    };
    match (
        given(0).map(parse).transpose()?,
        given(1).map(parse).transpose()?,
    ) {
        (Some(one), Some(two)) => Ok(written(choose(one, two))),
        (Some(one), None) | (None, Some(one)) => Ok(written(one)),
        (None, None) => Err(FunctionError::failed("it wants two numbers")),
    }
}
