use super::*;

fn number(text: &str) -> Number {
    Number::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
}

fn call(name: &str, arguments: &[&str]) -> String {
    let arguments: Vec<Number> = arguments.iter().map(|a| number(a)).collect();
    Number::call(name, &arguments).unwrap().to_string()
}

#[test]
fn prints_as_a_long_double_does() {
    for (text, printed) in [
        ("0", "0"),
        ("-0", "0"),
        ("3.0", "3"),
        ("007", "7"),
        (".5", "0.5"),
        ("5.", "5"),
        ("2147483648", "2147483648"),
        ("999999999999999999", "999999999999999999"),
        ("1000000000000000000", "1e+18"),
        ("9999999999999999999", "1e+19"),
        ("12345678901234567890", "1.23456789012345679e+19"),
        ("0.0001", "0.0001"),
        ("0.00001", "1e-05"),
        ("0.00001234", "1.234e-05"),
        ("123.456", "123.456"),
        ("-0.1", "-0.1"),
        ("0.1234567890123456789", "0.123456789012345679"),
    ] {
        assert_eq!(number(text).to_string(), printed, "{text}");
    }
}

#[test]
fn what_is_not_plain_digits_is_not_a_number() {
    for text in [
        "", "-", ".", "1e3", "0x10", "1.2.3", "+1", " 1", "1 ", "--1", "inf", "nan",
    ] {
        assert!(Number::parse(text).is_none(), "{text:?}");
    }
    assert!(Number::parse(&"9".repeat(DIGITS_READ + 1)).is_none());
}

#[test]
fn keeps_the_mantissa_of_a_long_double() {
    let sum = number("0.1").add(&number("0.2"));
    assert_eq!(sum.to_string(), "0.3");
    assert_eq!(sum.compare(&number("0.3")), Some(Ordering::Equal));
    assert_eq!(
        number("1").divide(&number("3")).to_string(),
        "0.333333333333333333"
    );
    assert_eq!(
        number("2").divide(&number("3")).to_string(),
        "0.666666666666666667"
    );
    let third = number("1").divide(&number("3"));
    assert_eq!(third.multiply(&number("3")).to_string(), "1");
}

#[test]
fn functions_agree_with_the_c_library() {
    for (name, arguments, printed) in [
        ("SQRT", &["16"][..], "4"),
        ("SQRT", &["2"], "1.41421356237309505"),
        ("POW", &["2", "10"], "1024"),
        ("POW", &["2", "0.5"], "1.41421356237309505"),
        ("POW", &["-2", "3"], "-8"),
        ("POW", &["-2", "2"], "4"),
        ("POW", &["9", "0.5"], "3"),
        ("POW", &["10", "-2"], "0.01"),
        ("POW", &["0", "0"], "1"),
        ("POW", &["10", "5000"], "inf"),
        ("EXP2", &["10"], "1024"),
        ("EXP10", &["3"], "1000"),
        ("EXP", &["1"], "2.71828182845904524"),
        ("LOG", &["1"], "0"),
        ("LOG", &["0"], "-inf"),
        ("LOG2", &["8"], "3"),
        ("LOG10", &["1000"], "3"),
        ("SIN", &["0"], "0"),
        ("COS", &["0"], "1"),
        ("SIN", &["1"], "0.841470984807896507"),
        ("TAN", &["1"], "1.55740772465490223"),
        ("ASIN", &["1"], "1.57079632679489662"),
        ("ACOS", &["1"], "0"),
        ("ATAN", &["1"], "0.78539816339744831"),
        ("ATAN2", &["1", "-1"], "2.35619449019234493"),
        ("ATAN2", &["-1", "-1"], "-2.35619449019234493"),
        ("ATAN2", &["1", "0"], "1.57079632679489662"),
        ("FLOOR", &["-3.2"], "-4"),
        ("CEIL", &["-3.2"], "-3"),
        ("TRUNC", &["-3.9"], "-3"),
        ("ROUND", &["2.5"], "3"),
        ("ROUND", &["-2.5"], "-3"),
        ("ROUND", &["-2.4"], "-2"),
        ("ROUND", &["0.49999"], "0"),
        ("RINT", &["0.7"], "1"),
        ("RINT", &["2.5"], "2"),
        ("REMAINDER", &["7", "3"], "1"),
        ("REMAINDER", &["8", "3"], "-1"),
        ("REMAINDER", &["5", "2"], "1"),
        ("REMAINDER", &["7", "2"], "-1"),
    ] {
        assert_eq!(call(name, arguments), printed, "{name}{arguments:?}");
    }
}

#[test]
fn every_function_is_named_once_and_in_order() {
    assert!(Number::has_function("ACOS") && Number::has_function("TRUNC"));
    assert!(Number::has_function("EXP10") && Number::has_function("LOG2"));
    assert!(!Number::has_function("sqrt") && !Number::has_function("ABS"));
}

#[test]
fn whole_numbers_keep_every_digit() {
    for whole in [
        1,
        -1,
        7,
        1 << 30,
        123_456_789_012_345_678,
        -(1 << 58),
        1 << 59,
        999_999_999_999_999_999,
    ] {
        assert_eq!(Number::from(whole).to_string(), whole.to_string());
    }
}
