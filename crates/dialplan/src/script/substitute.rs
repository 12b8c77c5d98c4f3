//! Filling in of `${variable}`, `${FUNCTION(arguments)}` and `$[expression]`.

use std::any::Any;
use std::borrow::Cow;
use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use super::expression;
use crate::function::FunctionError;

/// Longest text that filling in makes, in bytes; what goes beyond is cut off.
pub const MAX_LENGTH: usize = 65_536;
/// How deep `${ }` and `$[ ]` may stand inside each other, `EVAL` included.
pub const MAX_DEPTH: usize = 24;

/// What a function will yield.
pub type Reply<'a> = Pin<Box<dyn Future<Output = Result<String, FunctionError>> + 'a>>;

/// Where variables and functions get their values.
pub trait Scope {
    /// The value of a variable, if it is set.
    fn variable(&self, name: &str) -> Option<String>;
    /// Reads a function.
    fn function<'a>(&'a self, name: &'a str, args: &'a str) -> Reply<'a>;
    /// Writes a warning to the log.
    fn warn(&self, text: String);
    /// The call behind the scope, for functions that know what stands there.
    fn as_any(&self) -> Option<&dyn Any> {
        None
    }
}

/// Fills in the variables, functions and expressions of a text. What is wrong in it is warned of and
/// becomes nothing; the rest is filled in all the same.
pub async fn substitute<'t>(text: &'t str, scope: &dyn Scope) -> Cow<'t, str> {
    if !wants_filling(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(fill_nested(text, scope).await)
}

/// Fills in a text at once, for scopes whose functions never wait: where one does, the result is empty.
pub fn substitute_now<'t>(text: &'t str, scope: &dyn Scope) -> Cow<'t, str> {
    match pin!(substitute(text, scope)).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(text) => text,
        Poll::Pending => {
            scope.warn(format!(
                "\"{text}\" uses a function that has to wait, which it cannot here"
            ));
            Cow::Borrowed("")
        }
    }
}

/// Reads what would stand inside `${ }`: a variable or a function, with or without an offset and a length.
pub async fn read(reference: &str, scope: &dyn Scope) -> String {
    let reference = Reference::parse(reference);
    let value = match reference.call {
        None => scope.variable(reference.name).unwrap_or_default(),
        Some(args) => scope
            .function(reference.name, args)
            .await
            .unwrap_or_else(|error| {
                scope.warn(format!("Function {}: {error}", reference.name));
                String::new()
            }),
    };
    reference.slice.of(value)
}

fn wants_filling(text: &str) -> bool {
    text.contains("${") || text.contains("$[")
}

/// Fills in one level. Each level polls the one below from within its own poll, so the depth of the stack
/// is the depth of the nesting, and that is what is counted: no way round it through functions.
async fn fill_nested(text: &str, scope: &dyn Scope) -> String {
    thread_local! {
        static DEPTH: Cell<usize> = const { Cell::new(0) };
    }
    struct Level;
    impl Drop for Level {
        fn drop(&mut self) {
            DEPTH.set(DEPTH.get() - 1);
        }
    }
    let mut filling = pin!(fill(text, scope));
    poll_fn(|context| {
        if DEPTH.get() >= MAX_DEPTH {
            scope.warn(format!("Variables are nested more than {MAX_DEPTH} deep"));
            return Poll::Ready(String::new());
        }
        DEPTH.set(DEPTH.get() + 1);
        let _level = Level;
        filling.as_mut().poll(context)
    })
    .await
}

async fn fill(text: &str, scope: &dyn Scope) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let (open, close) = match rest.as_bytes().get(at + 1) {
            Some(b'{') => ('{', '}'),
            Some(b'[') => ('[', ']'),
            _ => {
                out.push('$');
                rest = &rest[at + 1..];
                continue;
            }
        };
        let inside = &rest[at + 2..];
        let Some(length) = closing(inside, open, close) else {
            scope.warn(format!(
                "There is no '{close}' for the '${open}' in \"{text}\""
            ));
            rest = &rest[at..];
            break;
        };
        rest = &inside[length + 1..];
        let inside = &inside[..length];
        let inside = if wants_filling(inside) {
            let filled: Pin<Box<dyn Future<Output = String> + '_>> =
                Box::pin(fill_nested(inside, scope));
            Cow::Owned(filled.await)
        } else {
            Cow::Borrowed(inside)
        };
        let value = if open == '{' {
            read(&inside, scope).await
        } else {
            expression::evaluate(&inside, scope)
                .await
                .unwrap_or_else(|error| {
                    scope.warn(format!("$[{inside}]: {error}"));
                    String::new()
                })
        };
        out.push_str(&value);
        if out.len() > MAX_LENGTH {
            break;
        }
    }
    out.push_str(rest);
    if out.len() > MAX_LENGTH {
        scope.warn(format!(
            "What came of a text is longer than {MAX_LENGTH} bytes and was cut there"
        ));
        out.truncate(out.floor_char_boundary(MAX_LENGTH));
    }
    out
}

/// Where the bracket that is open at the start of the text is closed.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 1_usize;
    for (at, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// What stands inside `${ }`, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reference<'t> {
    pub(crate) name: &'t str,
    /// The arguments, where it is a function.
    pub(crate) call: Option<&'t str>,
    pub(crate) slice: Slice,
}

impl<'t> Reference<'t> {
    pub(crate) fn parse(text: &'t str) -> Self {
        let mut parentheses = 0_usize;
        let colon = text.bytes().position(|b| {
            match b {
                b'(' => parentheses += 1,
                b')' => parentheses = parentheses.saturating_sub(1),
                _ => {}
            }
            b == b':' && parentheses == 0
        });
        let (what, slice) = match colon.and_then(|at| text.split_at_checked(at)) {
            Some((what, slice)) => (what, Slice::parse(slice.get(1..).unwrap_or_default())),
            None => (text, Slice::ALL),
        };
        match super::arguments::call(what) {
            Some((name, args)) => Reference {
                name,
                call: Some(args),
                slice,
            },
            None => Reference {
                name: what,
                call: None,
                slice,
            },
        }
    }
}

/// A part of a value: `:offset:length`, in bytes, negative numbers counted from the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slice {
    offset: i64,
    length: Option<i64>,
}

impl Slice {
    const ALL: Slice = Slice {
        offset: 0,
        length: None,
    };

    fn parse(text: &str) -> Self {
        let (offset, rest) = leading_integer(text);
        let length = rest
            .strip_prefix(':')
            .and_then(|rest| leading_integer(rest).0);
        match offset {
            Some(offset) => Slice { offset, length },
            None => Slice::ALL,
        }
    }

    pub(crate) fn of(self, value: String) -> String {
        if self == Slice::ALL {
            return value;
        }
        let bytes = text::to_bytes(&value);
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let from = if self.offset < 0 {
            (size + self.offset.max(-size)).max(0)
        } else {
            self.offset.min(size)
        };
        let to = match self.length {
            None => size,
            Some(length) if length < 0 => (size + length.max(-size)).max(from),
            Some(length) => from.saturating_add(length).min(size),
        };
        let range = usize::try_from(from).unwrap_or(0)..usize::try_from(to).unwrap_or(0);
        text::decode(bytes.get(range).unwrap_or_default()).into_owned()
    }
}

/// Reads an integer as C's `%30d` does: spaces, a sign, digits. Gives what follows too.
fn leading_integer(text: &str) -> (Option<i64>, &str) {
    let text = text.trim_start();
    let sign = usize::from(text.starts_with(['-', '+']));
    let digits = text
        .bytes()
        .skip(sign)
        .take_while(u8::is_ascii_digit)
        .count();
    let (number, rest) = text.split_at(sign + digits);
    if digits == 0 {
        return (None, text);
    }
    let beyond = if number.starts_with('-') {
        i64::from(i32::MIN)
    } else {
        i64::from(i32::MAX)
    };
    let number = number.parse::<i64>().unwrap_or(beyond);
    (
        Some(number.clamp(i64::from(i32::MIN), i64::from(i32::MAX))),
        rest,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::testing::Variables;

    fn filled(text: &str) -> String {
        substitute_now(text, &scope()).into_owned()
    }

    fn scope() -> Variables {
        Variables::of(&[
            ("NAME", "Alice Example"),
            ("UMLAUT", "aüb"),
            ("ARR1", "first"),
            ("ONE", "1"),
            ("SELF", "${SELF}"),
            ("AGAIN", "${EVAL(${AGAIN})}"),
        ])
    }

    #[test]
    fn text_without_variables_is_borrowed() {
        assert!(matches!(
            substitute_now("costs 5$ or $x {a} [b]", &scope()),
            Cow::Borrowed(_)
        ));
    }

    #[test]
    fn variables_functions_and_slices() {
        assert_eq!(filled("<${NAME}>"), "<Alice Example>");
        assert_eq!(filled("$${ONE}$"), "$1$");
        assert_eq!(filled("${ARR${ONE}}"), "first");
        assert_eq!(filled("${UPPER(${NAME:0:5})}!"), "ALICE!");
        assert_eq!(filled("${UPPER(abc):1:1}"), "B");
        assert_eq!(filled("${UPPER(a:b)}"), "A:B");
        assert_eq!(filled("$[1 + $[${ONE} + 1]]"), "3");
        assert_eq!(filled("${}${:1}"), "");
    }

    #[test]
    fn slices_count_bytes_and_stay_inside() {
        for (slice, part) in [
            (":0", "Alice Example"),
            (":2", "ice Example"),
            (":-7", "Example"),
            (":-99", "Alice Example"),
            (":1:-2", "lice Examp"),
            (":1:-99", ""),
            (":50", ""),
            (":0:0", ""),
            (":5:1", " "),
            (":2147483647999:1", ""),
            (":0:99999999999999999999", "Alice Example"),
            (":x", "Alice Example"),
            (":", "Alice Example"),
            ("::3", "Alice Example"),
        ] {
            assert_eq!(filled(&format!("${{NAME{slice}}}")), part, "{slice}");
        }
        let half = filled("${UMLAUT:0:2}");
        assert_eq!(text::to_bytes(&half).as_ref(), b"a\xC3");
        assert_eq!(filled("${UMLAUT:0:2}${UMLAUT:2}").chars().count(), 4);
    }

    #[test]
    fn values_are_not_filled_in_again() {
        assert_eq!(filled("${SELF}"), "${SELF}");
    }

    #[test]
    fn what_is_not_closed_stays_and_is_warned_of() {
        let scope = scope();
        assert_eq!(substitute_now("a${ONE}b${NAME", &scope), "a1b${NAME");
        assert_eq!(substitute_now("$[1 + 2", &scope), "$[1 + 2");
        assert_eq!(scope.warnings(), 2);
    }

    #[test]
    fn wrong_functions_and_expressions_become_nothing() {
        let scope = scope();
        assert_eq!(substitute_now("<${NOSUCH(1)}$[1 +]>", &scope), "<>");
        assert_eq!(scope.warnings(), 2);
    }

    #[test]
    fn depth_is_limited_by_text_and_through_functions() {
        let scope = scope();
        let deep = "${".repeat(10_000) + &"}".repeat(10_000);
        assert_eq!(substitute_now(&deep, &scope), "");
        assert!(scope.warnings() > 0);
        let scope = self::scope();
        assert_eq!(substitute_now("${AGAIN}", &scope), "${EVAL(${AGAIN})}");
        assert_eq!(substitute_now("${EVAL(${AGAIN})}", &scope), "");
        assert_eq!(scope.warnings(), 1);
    }

    #[test]
    fn length_is_limited() {
        let scope = Variables::of(&[("X", &"ü".repeat(20_000))]);
        let filled = substitute_now("a${X}${X}${X}", &scope);
        assert_eq!(filled.len(), MAX_LENGTH - 1);
        assert_eq!(scope.warnings(), 1);
    }
}
