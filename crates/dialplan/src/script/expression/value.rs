//! The values of an expression and what the operators make of them.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::parse::Operator;
use crate::script::{Scope, number::Number, posix};

/// What dividing by nought gives: the largest integer of the language's origin.
const BEYOND: i64 = 2_147_483_647;

/// A value.
#[derive(Debug, Clone)]
pub(super) enum Value<'e> {
    /// Worked out.
    Number(Number),
    /// Written, and a number if one wants it to be.
    Numeric(Cow<'e, str>, Number),
    /// Text; a quoted one still has its quotes.
    Text(Cow<'e, str>),
}

impl<'e> Value<'e> {
    /// A value that stands in the expression without quotes.
    pub(super) fn written(text: &'e str) -> Self {
        match Number::parse(text) {
            Some(number) => Value::Numeric(text.into(), number),
            None => Value::Text(text.into()),
        }
    }

    /// A value that a function or an operator came upon.
    pub(super) fn found(text: String) -> Self {
        match Number::parse(&text) {
            Some(number) => Value::Numeric(text.into(), number),
            None => Value::Text(text.into()),
        }
    }

    pub(super) fn into_text(self) -> Cow<'e, str> {
        match self {
            Value::Number(number) => number.to_string().into(),
            Value::Numeric(text, _) | Value::Text(text) => text,
        }
    }

    /// The number, or the value back.
    pub(super) fn into_number(self) -> Result<Number, Self> {
        match self {
            Value::Number(number) | Value::Numeric(_, number) => Ok(number),
            text @ Value::Text(_) => Err(text),
        }
    }

    /// Whether a `?` takes the first way. Nothing, also in quotes, and nought are no.
    pub(super) fn chooses(&self) -> bool {
        match self {
            Value::Number(number) | Value::Numeric(_, number) => !number.is_zero(),
            Value::Text(text) => !matches!(text.as_ref(), "" | "\"\""),
        }
    }

    /// Whether `&` and `|` take it for no. Quotes count: `""` is something to them.
    fn is_nothing(&self) -> bool {
        match self {
            Value::Number(number) | Value::Numeric(_, number) => number.is_zero(),
            Value::Text(text) => text.is_empty(),
        }
    }

    /// The value without quotes around it.
    fn unquoted(self) -> Self {
        let strip = |text: &str| text.len() >= 2 && text.starts_with('"') && text.ends_with('"');
        match self {
            Value::Text(Cow::Borrowed(text)) if strip(text) => {
                Value::Text(text[1..text.len() - 1].into())
            }
            Value::Text(Cow::Owned(text)) if strip(&text) => {
                Value::Text(text[1..text.len() - 1].to_owned().into())
            }
            other => other,
        }
    }

    /// A number once it was looked at as one.
    fn settled(self) -> Self {
        match self {
            Value::Numeric(_, number) => Value::Number(number),
            other => other,
        }
    }
}

pub(super) fn negate(value: Value<'_>) -> Value<'_> {
    Value::Number(
        value
            .into_number()
            .map_or_else(|_| Number::zero(), |number| number.negate()),
    )
}

pub(super) fn not(value: Value<'_>) -> Value<'_> {
    truth(value.is_nothing())
}

pub(super) fn binary<'e>(
    operator: Operator,
    left: Value<'e>,
    right: Value<'e>,
    scope: &dyn Scope,
) -> Value<'e> {
    match operator {
        Operator::Or if left.is_nothing() => right,
        Operator::Or => left.settled(),
        Operator::And if left.is_nothing() || right.is_nothing() => truth(false),
        Operator::And => left.settled(),
        Operator::Equal => truth(compare(left, right) == Some(Ordering::Equal)),
        Operator::NotEqual => truth(compare(left, right) != Some(Ordering::Equal)),
        Operator::Less => truth(compare(left, right) == Some(Ordering::Less)),
        Operator::Greater => truth(compare(left, right) == Some(Ordering::Greater)),
        Operator::LessOrEqual => truth(compare(left, right).is_some_and(Ordering::is_le)),
        Operator::GreaterOrEqual => truth(compare(left, right).is_some_and(Ordering::is_ge)),
        Operator::Plus
        | Operator::Minus
        | Operator::Times
        | Operator::Divide
        | Operator::Modulo => Value::Number(arithmetic(operator, left, right, scope)),
        Operator::Match => matching(left, right, true, scope),
        Operator::Search => matching(left, right, false, scope),
        Operator::Join => {
            Value::found(left.unquoted().into_text().into_owned() + &right.unquoted().into_text())
        }
    }
}

fn truth<'e>(yes: bool) -> Value<'e> {
    Value::Number(Number::from(i64::from(yes)))
}

/// Two numbers compare as numbers; where one is text, both compare as text, byte by byte.
fn compare(left: Value<'_>, right: Value<'_>) -> Option<Ordering> {
    match (left.unquoted(), right.unquoted()) {
        (
            Value::Number(left) | Value::Numeric(_, left),
            Value::Number(right) | Value::Numeric(_, right),
        ) => left.compare(&right),
        (left, right) => {
            let (left, right) = (left.into_text(), right.into_text());
            Some(text::to_bytes(&left).cmp(&text::to_bytes(&right)))
        }
    }
}

/// A sum leaves out what is no number; a product with it is nought.
fn arithmetic(operator: Operator, left: Value<'_>, right: Value<'_>, scope: &dyn Scope) -> Number {
    let (left, right) = (left.into_number(), right.into_number());
    if left.is_err() || right.is_err() {
        scope.warn("An expression reckons with something that is not a number".to_owned());
    }
    let sum = matches!(operator, Operator::Plus | Operator::Minus);
    match (left, right) {
        (Ok(left), Ok(right)) => match operator {
            Operator::Plus => left.add(&right),
            Operator::Minus => left.subtract(&right),
            Operator::Times => left.multiply(&right),
            Operator::Divide if !right.is_zero() => left.divide(&right),
            Operator::Modulo if !right.is_zero() => left.modulo(&right),
            _ => Number::from(BEYOND),
        },
        (Ok(left), Err(_)) if sum => left,
        (Err(_), Ok(right)) if operator == Operator::Minus => right.negate(),
        (Err(_), Ok(right)) if sum => right,
        (Ok(_), Err(_)) if matches!(operator, Operator::Divide | Operator::Modulo) => {
            Number::from(BEYOND)
        }
        _ => Number::zero(),
    }
}

/// What the first group matched or, without groups, the number of bytes that matched. No match is
/// nothing, or nought.
fn matching<'e>(
    text: Value<'e>,
    pattern: Value<'e>,
    anchored: bool,
    scope: &dyn Scope,
) -> Value<'e> {
    let (text, pattern) = (text.unquoted().into_text(), pattern.unquoted().into_text());
    let regex = match posix::compile(&pattern) {
        Ok(regex) => regex,
        Err(error) => {
            scope.warn(format!(
                "\"{pattern}\" is not a regular expression: {error}"
            ));
            return truth(false);
        }
    };
    let groups = regex.captures(&text).filter(|groups| {
        groups
            .get(0)
            .is_some_and(|whole| !anchored || whole.start() == 0)
    });
    match groups {
        None if regex.captures_len() > 1 => Value::Text("".into()),
        None => truth(false),
        Some(groups) => match (groups.get(1), groups.get(0)) {
            (Some(group), _) => Value::found(group.as_str().to_owned()),
            (None, whole) => {
                let length = whole.map_or(0, |whole| text::to_bytes(whole.as_str()).len());
                Value::Number(Number::from(i64::try_from(length).unwrap_or(i64::MAX)))
            }
        },
    }
}
