use std::future::Future;

use super::*;
use crate::script::substitute_now;
use crate::script::testing::Variables;

fn value(text: &str) -> String {
    substitute_now(&format!("$[{text}]"), &Variables::of(&[])).into_owned()
}

#[test]
fn operators_bind_as_they_should() {
    for (text, expected) in [
        ("1 | 0 & 0", "1"),
        ("2 * 3 + 4 * 5", "26"),
        ("10 - 3 - 2", "5"),
        ("- 2 * 3", "-6"),
        ("2 - -3", "5"),
        ("!0 + 1", "2"),
        ("!\"ab\" : \"ab\"", "0"),
        ("1 < 2 = 1", "1"),
        ("0 ? 1 :: 0 ? 2 :: 3", "3"),
        ("1 ? 0 ? 4 :: 5 :: 6", "5"),
        ("1 + 1 = 2 & 3 > 2", "1"),
        ("\"a\" ~~ \"b\" ~~ 3", "ab3"),
        ("1||0", "1"),
        ("1 == 1.0", "1"),
    ] {
        assert_eq!(value(text), expected, "{text}");
    }
}

#[test]
fn what_is_quoted_is_text() {
    for (text, expected) in [
        ("\"5\" + 1", "1"),
        ("\"9\" < \"10\"", "0"),
        ("9 < 10", "1"),
        ("3 = \"3\"", "1"),
        ("3.0 = \"3\"", "0"),
        ("3.0 = 3", "1"),
        ("3.0 | 1", "3"),
        ("\"\" ? a :: b", "b"),
        ("\"say \\\"hi\\\"\" = 1", "0"),
        ("\"C:\\\" = 1", "0"),
    ] {
        assert_eq!(value(text), expected, "{text}");
    }
}

#[test]
fn text_in_sums_is_left_out() {
    for (text, expected) in [
        ("abc + 1", "1"),
        ("1 + abc", "1"),
        ("abc - 1", "-1"),
        ("abc + def", "0"),
        ("abc * 2", "0"),
        ("abc / 2", "0"),
        ("2 / abc", "2147483647"),
        ("2 % 0", "2147483647"),
        ("-abc", "0"),
        ("1e3 + 1", "1"),
    ] {
        assert_eq!(value(text), expected, "{text}");
    }
}

#[test]
fn regular_expressions() {
    for (text, expected) in [
        ("\"abc\" : \"(x)\"", ""),
        ("\"abc\" : \"x\"", "0"),
        ("\"xabc\" : \"abc\"", "0"),
        ("\"xabc\" =~ \"abc\"", "3"),
        ("\"aüb\" : \"aü\"", "3"),
        ("\"abc\" =~ \"(\"", "0"),
        ("\"2024\" : \"([0-9]+)\" + 1", "2025"),
        ("(\"2024\" : \"([0-9]+)\") + 1", "2025"),
    ] {
        assert_eq!(value(text), expected, "{text}");
    }
}

#[test]
fn functions_of_both_kinds() {
    for (text, expected) in [
        ("SQRT(9) + 1", "4"),
        ("POW(2, 3) * 2", "16"),
        ("UPPER(abc)", "ABC"),
        ("UPPER(\"a b\", c)", "\"A B\",C"),
        ("ABS(-3) + 1", "4"),
        ("UPPER()", ""),
        ("SQRT(1, 2)", "0"),
        ("SQRT(abc)", "0"),
        ("NOSUCH(1)", "0"),
    ] {
        assert_eq!(value(text), expected, "{text}");
    }
}

#[test]
fn nonsense_is_empty_and_warned_of() {
    for text in [
        "1 +",
        "+ 1",
        "* 2",
        "(1",
        "1)",
        "hello world",
        "1 2",
        "\"open",
        "1 ? 2",
        "1 ? 2 : 3 4",
        "f(1",
        "f(,)",
        "a,b",
        "()",
        "? ::",
        "5(1)",
        "~~",
        "=",
    ] {
        let scope = Variables::of(&[]);
        assert_eq!(substitute_now(&format!("$[{text}]"), &scope), "", "{text}");
        assert_eq!(scope.warnings(), 1, "{text}");
    }
}

#[test]
fn limits_hold() {
    let evaluate = |text: &str| {
        let scope = Variables::of(&[]);
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match std::pin::pin!(evaluate(text, &scope))
            .as_mut()
            .poll(&mut context)
        {
            std::task::Poll::Ready(result) => result,
            std::task::Poll::Pending => panic!("waits"),
        }
    };
    let nested = |depth: usize| "(".repeat(depth) + "1" + &")".repeat(depth);
    assert_eq!(evaluate(&nested(MAX_DEPTH - 1)).as_deref(), Ok("1"));
    assert_eq!(evaluate(&nested(MAX_DEPTH)), Err(ExpressionError::TooDeep));
    assert_eq!(evaluate(&"!".repeat(1_000)), Err(ExpressionError::TooDeep));
    assert_eq!(
        evaluate(&"1".repeat(MAX_LENGTH + 1)),
        Err(ExpressionError::TooLong)
    );
    assert_eq!(evaluate("1 + + 2"), Err(ExpressionError::Syntax { at: 4 }));
    assert_eq!(evaluate(&["1"; 3_000].join(" + ")).as_deref(), Ok("3000"));
}
