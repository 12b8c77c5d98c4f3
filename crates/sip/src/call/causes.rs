//! Causes of Q.850 and codes of SIP, both ways, as the field has them (compare RFC 3398 and RFC 4497).

use rsipstack::sip::Headers;
use switch::Cause;

use super::message::values;
use crate::uri;

/// The code that refuses a call for this cause. What has none of its own is declined.
pub fn code(cause: Cause) -> u16 {
    match cause.0 {
        1..=3 => 404,
        17 => 486,
        18 => 408,
        19 | 20 | 31 => 480,
        21 => 403,
        22 => 410,
        27 => 502,
        28 => 484,
        29 => 501,
        34 | 42 | 66 => 503,
        38 | 127 => 500,
        58 => 488,
        _ => 603,
    }
}

/// The cause that a final code other than a 2xx tells.
pub fn cause(code: u16) -> Cause {
    engine::far::cause(code)
}

/// `Reason: Q.850;cause=16` of a message (RFC 3326).
pub(super) fn told(headers: &Headers) -> Option<Cause> {
    values(headers, "Reason")
        .flat_map(|value| uri::split_unquoted(value, ','))
        .filter(|value| {
            let protocol = value.split(';').next().unwrap_or_default();
            protocol.trim().eq_ignore_ascii_case("Q.850")
        })
        .find_map(|value| {
            let params = &value[value.find(';')?..];
            let cause = uri::param(params, "cause")?.parse().ok()?;
            (cause <= 127).then_some(Cause(cause))
        })
}

/// What `Reason` says of a cause; nothing where nobody knows why.
pub(super) fn reason(cause: Cause) -> Option<String> {
    (cause != Cause::UNKNOWN).then(|| format!("Q.850;cause={}", cause.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_comes_back_as_the_cause_that_gave_it() {
        for value in [1, 17, 18, 19, 21, 22, 27, 28, 29, 34, 38, 58] {
            assert_eq!(cause(code(Cause(value))), Cause(value));
        }
        assert_eq!(code(Cause::NORMAL), 603);
        assert_eq!(cause(487), Cause::INTERWORKING);
    }

    #[test]
    fn rfc_3326_2_reason_names_a_cause() {
        let headers = |value: &str| Headers(vec![super::super::message::header("Reason", value)]);
        assert_eq!(
            told(&headers("Q.850 ;cause=16;text=\"a, b\"")),
            Some(Cause::NORMAL)
        );
        let both = "SIP;cause=200;text=\"elsewhere\", Q.850;cause=26";
        assert_eq!(told(&headers(both)), Some(Cause::ANSWERED_ELSEWHERE));
        assert_eq!(told(&headers("Q.850;cause=999")), None);
        assert_eq!(told(&headers("SIP;cause=486")), None);
    }
}
