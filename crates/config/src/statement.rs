//! What one line of code says.

use crate::scan::strip;

/// A line of code, comments gone and blanks around dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Statement<'a> {
    Nothing,
    Header(Header<'a>),
    /// `#word argument`, the argument without its quotes.
    Directive {
        word: &'a str,
        argument: &'a str,
    },
    /// `name = value` or, as an object, `name => value`.
    Set {
        name: &'a str,
        value: &'a str,
        object: bool,
    },
    /// `name += value`; the value keeps the blanks before it.
    Append {
        name: &'a str,
        value: &'a str,
    },
}

/// `[name](options)`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Header<'a> {
    pub(crate) name: &'a str,
    /// `!` among the options.
    pub(crate) template: bool,
    /// `+` among the options, with the filter that follows it.
    pub(crate) add: Option<&'a str>,
    /// The categories to inherit from.
    pub(crate) bases: Vec<&'a str>,
    /// What stands behind, which means nothing.
    pub(crate) ignored: &'a str,
}

/// Why a line says nothing that can be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The configuration cannot be taken.
    Fatal(&'static str),
    /// The line is passed over.
    Odd(&'static str),
}

/// Reads a line of code.
pub(crate) fn parse(code: &str) -> Result<Statement<'_>, Fault> {
    if code.is_empty() {
        Ok(Statement::Nothing)
    } else if let Some(rest) = code.strip_prefix('[') {
        header(rest).map(Statement::Header)
    } else if let Some(rest) = code.strip_prefix('#') {
        let (word, argument) = rest.split_once(|c| c <= ' ').unwrap_or((rest, ""));
        Ok(Statement::Directive {
            word,
            argument: unquote(strip(argument)),
        })
    } else {
        variable(code)
    }
}

fn header(rest: &str) -> Result<Header<'_>, Fault> {
    let (name, rest) = rest.split_once(']').ok_or(Fault::Fatal("no closing ']'"))?;
    let Some(rest) = rest.strip_prefix('(') else {
        return Ok(Header {
            name,
            ignored: strip(rest),
            ..Header::default()
        });
    };
    let (options, rest) = rest.split_once(')').ok_or(Fault::Fatal("no closing ')'"))?;
    let mut header = Header {
        name,
        ignored: strip(rest),
        ..Header::default()
    };
    for option in options
        .split(',')
        .map(strip)
        .filter(|option| !option.is_empty())
    {
        if option == "!" {
            header.template = true;
        } else if let Some(filter) = option.strip_prefix('+') {
            header.add = Some(filter);
        } else {
            header.bases.push(option);
        }
    }
    Ok(header)
}

fn variable(code: &str) -> Result<Statement<'_>, Fault> {
    let escaped = code.starts_with('\\');
    let code = if escaped { &code[1..] } else { code };
    if escaped && !code.starts_with(|c| c > ' ') {
        return Err(Fault::Fatal("nothing follows the escaping '\\'"));
    }
    // An escaped `=` is the name's first character, not the sign between name and value.
    let first = if escaped {
        code.chars().next().map_or(0, char::len_utf8)
    } else {
        0
    };
    let Some(sign) = code[first..].find('=').map(|at| at + first) else {
        return Err(Fault::Odd("no '=' in this line; it is ignored"));
    };
    let (name, value) = (&code[..sign], &code[sign + 1..]);
    if let Some(name) = name.strip_suffix('+') {
        return named(name).map(|name| Statement::Append { name, value });
    }
    let (object, value) = value
        .strip_prefix('>')
        .map_or((false, value), |value| (true, value));
    named(name).map(|name| Statement::Set {
        name,
        value: strip(value),
        object,
    })
}

fn named(name: &str) -> Result<&str, Fault> {
    match strip(name) {
        "" => Err(Fault::Odd("no name before the '='; the line is ignored")),
        name => Ok(name),
    }
}

/// Without the quotes, apostrophes or angle brackets around it.
fn unquote(argument: &str) -> &str {
    [('"', '"'), ('\'', '\''), ('<', '>')]
        .into_iter()
        .find_map(|(open, close)| argument.strip_prefix(open)?.strip_suffix(close))
        .unwrap_or(argument)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set<'a>(name: &'a str, value: &'a str, object: bool) -> Result<Statement<'a>, Fault> {
        Ok(Statement::Set {
            name,
            value,
            object,
        })
    }

    #[test]
    fn variables_and_objects() {
        assert_eq!(parse("a = b"), set("a", "b", false));
        assert_eq!(parse("a=>b"), set("a", "b", true));
        assert_eq!(parse("a = >b"), set("a", ">b", false));
        assert_eq!(parse("read ="), set("read", "", false));
        assert_eq!(
            parse("exten => 1,1,Set(a+=b)"),
            set("exten", "1,1,Set(a+=b)", true)
        );
        assert_eq!(
            parse("a += ,b"),
            Ok(Statement::Append {
                name: "a",
                value: " ,b"
            })
        );
        assert_eq!(parse(r"\[x] = 1"), set("[x]", "1", false));
        assert_eq!(parse(r"\=x = 1"), set("=x", "1", false));
    }

    #[test]
    fn headers() {
        let header = |text| match parse(text) {
            Ok(Statement::Header(header)) => header,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            header("[a]"),
            Header {
                name: "a",
                ..Header::default()
            }
        );
        assert_eq!(
            header("[a](!, b,c)"),
            Header {
                name: "a",
                template: true,
                bases: vec!["b", "c"],
                ..Header::default()
            }
        );
        assert_eq!(header("[a](+x=1&y=2)").add, Some("x=1&y=2"));
        assert_eq!(header("[a] (b)").ignored, "(b)");
    }

    #[test]
    fn directives_lose_their_quotes() {
        for text in [
            "#include x y",
            "#include \"x y\"",
            "#include\t<x y>",
            "#include 'x y'",
        ] {
            assert_eq!(
                parse(text),
                Ok(Statement::Directive {
                    word: "include",
                    argument: "x y"
                })
            );
        }
        assert_eq!(
            parse("#include \""),
            Ok(Statement::Directive {
                word: "include",
                argument: "\""
            })
        );
    }

    #[test]
    fn faults() {
        assert!(matches!(parse("[a"), Err(Fault::Fatal(_))));
        assert!(matches!(parse("[a](b"), Err(Fault::Fatal(_))));
        assert!(matches!(parse("\\"), Err(Fault::Fatal(_))));
        assert!(matches!(parse("a"), Err(Fault::Odd(_))));
        assert!(matches!(parse("= b"), Err(Fault::Odd(_))));
        assert!(matches!(parse("+= b"), Err(Fault::Odd(_))));
    }
}
