//! The inside of `$[ ]`: arithmetic, comparison, regular expressions and choice.
//!
//! The text is translated into a list of steps for a stack of values, and the list is run. That makes a
//! call of a dialplan function, which may wait, a step like any other. As in the language's origin both
//! sides of every operator are worked out, also of `?`.

mod parse;
mod value;

use std::fmt;

use super::Scope;
use super::number::Number;
use parse::Step;
use value::Value;

/// Longest expression, in bytes.
pub const MAX_LENGTH: usize = 16_384;
/// How deep parentheses may be nested.
pub const MAX_DEPTH: usize = 64;

/// Why an expression has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpressionError {
    /// It is not written as the language wants; the place is in bytes from the start.
    Syntax {
        /// Where.
        at: usize,
    },
    /// It is longer than [`MAX_LENGTH`].
    TooLong,
    /// It is nested deeper than [`MAX_DEPTH`].
    TooDeep,
}

impl fmt::Display for ExpressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExpressionError::Syntax { at } => write!(f, "syntax error at column {}", at + 1),
            ExpressionError::TooLong => write!(f, "longer than {MAX_LENGTH} bytes"),
            ExpressionError::TooDeep => write!(f, "nested more than {MAX_DEPTH} deep"),
        }
    }
}

impl std::error::Error for ExpressionError {}

/// Works an expression out; its variables must have been filled in. An empty one is empty.
pub async fn evaluate(text: &str, scope: &dyn Scope) -> Result<String, ExpressionError> {
    if text.len() > MAX_LENGTH {
        return Err(ExpressionError::TooLong);
    }
    let steps = parse::parse(text)?;
    let mut stack: Vec<Value<'_>> = Vec::new();
    for step in steps {
        let value = match step {
            Step::Number(text) | Step::Word(text) => Value::written(text),
            Step::Quoted(text) => Value::Text(text.into()),
            Step::Negate => value::negate(pop(&mut stack)),
            Step::Not => value::not(pop(&mut stack)),
            Step::Binary(operator) => {
                let right = pop(&mut stack);
                let left = pop(&mut stack);
                value::binary(operator, left, right, scope)
            }
            Step::Choose => {
                let otherwise = pop(&mut stack);
                let then = pop(&mut stack);
                if pop(&mut stack).chooses() {
                    then
                } else {
                    otherwise
                }
            }
            Step::Call { name, arguments } => {
                let from = stack.len().saturating_sub(arguments);
                let arguments = stack.split_off(from);
                call(name, arguments, scope).await
            }
        };
        stack.push(value);
    }
    Ok(stack
        .pop()
        .map(|value| value.into_text().into_owned())
        .unwrap_or_default())
}

/// The parser leaves a value for each that a step takes.
fn pop<'e>(stack: &mut Vec<Value<'e>>) -> Value<'e> {
    stack.pop().unwrap_or(Value::Text("".into()))
}

/// Calls a function of arithmetic, or else of the dialplan.
async fn call<'e>(name: &str, arguments: Vec<Value<'e>>, scope: &dyn Scope) -> Value<'e> {
    if Number::has_function(name) {
        let given = arguments.len();
        let numbers: Option<Vec<Number>> = arguments
            .into_iter()
            .map(|a| a.into_number().ok())
            .collect();
        return Value::Number(
            numbers
                .and_then(|numbers| Number::call(name, &numbers))
                .unwrap_or_else(|| {
                    scope.warn(format!(
                        "{name} in an expression was given {given} arguments that it cannot use"
                    ));
                    Number::zero()
                }),
        );
    }
    let arguments: Vec<_> = arguments.into_iter().map(Value::into_text).collect();
    match scope.function(name, &arguments.join(",")).await {
        Ok(text) => Value::found(text),
        Err(error) => {
            scope.warn(format!("Function {name} in an expression: {error}"));
            Value::Number(Number::zero())
        }
    }
}

#[cfg(test)]
mod tests;
