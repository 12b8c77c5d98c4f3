//! The figures of SIP's answers: for causes, in words, by name.

use switch::Cause;

/// The figure that SIP has for a call that is refused with a cause; empty for none.
pub fn refusal(technology: &str, cause: Cause) -> &'static str {
    if technology != "PJSIP" {
        return "";
    }
    match cause {
        Cause(0 | 16) => "",
        Cause(1..=3) => "404",
        Cause(17) => "486",
        Cause(18) => "408",
        Cause(19 | 20) => "480",
        Cause(21) => "403",
        Cause(22) => "410",
        Cause(26) => "",
        Cause(27) => "502",
        Cause(28) => "484",
        Cause(29) => "501",
        Cause(31) => "603",
        Cause(34 | 41 | 42 | 44 | 66) => "503",
        Cause(38 | 127) => "500",
        Cause(58 | 88) => "488",
        _ => "",
    }
}

/// The figure of a refusal: from 300 to 699, or the name of one such as `BUSY_HERE`.
pub fn figure(text: &str) -> Option<u16> {
    if let Ok(figure) = text.parse() {
        return (300..700).contains(&figure).then_some(figure);
    }
    let named = |figure: &u16| {
        let words = reason(&figure.to_string());
        let same = |(one, other): (char, char)| {
            one.eq_ignore_ascii_case(&other) || other == '_' && !one.is_ascii_alphanumeric()
        };
        !words.is_empty()
            && words.chars().count() == text.chars().count()
            && words.chars().zip(text.chars()).all(same)
    };
    (300..700).find(named)
}

/// The cause that a final figure of SIP other than a 2xx tells.
pub fn cause(figure: u16) -> Cause {
    Cause(match figure {
        401 | 403 | 407 | 603 => 21,
        404 | 485 | 604 => 1,
        408 => 18,
        409 => 41,
        410 => 22,
        480 | 483 => 19,
        484 => 28,
        486 | 600 => 17,
        488 | 606 => 58,
        500 => 38,
        501 => 29,
        502 => 27,
        504 => 102,
        // What else a client, a server or everybody got wrong.
        505 => 127,
        figure => match figure / 100 {
            4 | 6 => 127,
            5 => 34,
            _ => 16,
        },
    })
}

/// The words that SIP has for a figure (RFC 3261, 21); empty where it has none.
pub fn reason(figure: &str) -> &'static str {
    match figure {
        "200" => "OK",
        "302" => "Moved Temporarily",
        "400" => "Bad Request",
        "401" => "Unauthorized",
        "403" => "Forbidden",
        "404" => "Not Found",
        "407" => "Proxy Authentication Required",
        "408" => "Request Timeout",
        "410" => "Gone",
        "420" => "Bad Extension",
        "480" => "Temporarily Unavailable",
        "481" => "Call/Transaction Does Not Exist",
        "484" => "Address Incomplete",
        "486" => "Busy Here",
        "487" => "Request Terminated",
        "488" => "Not Acceptable Here",
        "500" => "Server Internal Error",
        "501" => "Not Implemented",
        "502" => "Bad Gateway",
        "503" => "Service Unavailable",
        "504" => "Server Time-out",
        "600" => "Busy Everywhere",
        "603" => "Decline",
        "604" => "Does Not Exist Anywhere",
        "606" => "Not Acceptable",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_by_number_and_by_name() {
        for (text, read) in [
            ("486", Some(486)),
            ("BUSY_HERE", Some(486)),
            ("Busy Here", Some(486)),
            ("call_transaction_does_not_exist", Some(481)),
            ("200", None),
            ("OK", None),
            ("700", None),
            ("", None),
            ("SMOKE", None),
        ] {
            assert_eq!(figure(text), read, "{text}");
        }
    }
}
