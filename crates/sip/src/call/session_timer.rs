//! Session timers (RFC 4028): both sides know that the call is alive, because one of them says so.

use std::time::Duration;

use rsipstack::sip::Headers;

use super::message::{names, value};
use crate::settings::{Endpoint, Timers};
use crate::uri;

/// The least that anybody may ask for (RFC 4028, 4).
const LEAST: u32 = 90;

/// A timer that both agreed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SessionTimer {
    /// Seconds between refreshes at most.
    pub(super) interval: u32,
    /// Whether it is we who refresh.
    pub(super) ours: bool,
}

/// What became of an INVITE's wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// No timer runs.
    None,
    /// It runs; whether they know of timers, so that `Require` may say so.
    Runs(SessionTimer),
    /// 422: they ask for less than this.
    TooSmall(u32),
    /// 421: we insist, and they know of no timers.
    Needed,
}

impl SessionTimer {
    /// When we refresh (RFC 4028, 10: half the time).
    pub(super) fn refresh(self) -> Duration {
        Duration::from_secs(u64::from(self.interval / 2))
    }

    /// When the call counts as dead (RFC 4028, 10).
    pub(super) fn expiry(self) -> Duration {
        let early = (self.interval / 3).min(32);
        Duration::from_secs(u64::from(self.interval - early))
    }

    /// `Session-Expires` of an answer of ours.
    pub(super) fn answer(self) -> String {
        self.words(if self.ours { "uas" } else { "uac" })
    }

    /// `Session-Expires` of a request of ours in the dialog: roles stay (RFC 4028, 7.4).
    pub(super) fn request(self) -> String {
        self.words(if self.ours { "uac" } else { "uas" })
    }

    fn words(self, refresher: &str) -> String {
        format!("{};refresher={refresher}", self.interval)
    }
}

/// Whether timers are used with an endpoint at all.
pub(super) fn used(endpoint: &Endpoint) -> bool {
    endpoint.timers != Timers::No
}

/// What we ask for in an INVITE: `Session-Expires` and `Min-SE`. `least` is what a 422 asked for.
pub(super) fn wanted(endpoint: &Endpoint, least: u32) -> (u32, u32) {
    let min = min_se(endpoint).max(least);
    (seconds(endpoint.timers_sess_expires).max(min), min)
}

/// Takes what a request of theirs asks for (RFC 4028, 9).
pub(super) fn asked(headers: &Headers, endpoint: &Endpoint) -> Asked {
    if !used(endpoint) {
        return Asked::None;
    }
    let known = names(headers, "Supported", "timer") || names(headers, "Require", "timer");
    let least = min_se(endpoint);
    let Some((interval, refresher)) = read(headers) else {
        let ours = SessionTimer {
            interval: wanted(endpoint, their_least(headers)).0,
            ours: true,
        };
        return match endpoint.timers {
            Timers::Required if !known => Asked::Needed,
            Timers::Required | Timers::Always => Asked::Runs(ours),
            _ => Asked::None,
        };
    };
    if interval < least {
        return Asked::TooSmall(least);
    }
    // It may be made shorter, never longer than it was offered, nor shorter than their least.
    let floor = their_least(headers).max(least);
    let wish = seconds(endpoint.timers_sess_expires);
    let ours = match refresher {
        Some("uac") => false,
        Some("uas") => true,
        _ => !known,
    };
    Asked::Runs(SessionTimer {
        interval: wish.max(floor).min(interval),
        ours,
    })
}

/// Takes what a 2xx to a request of ours says (RFC 4028, 7.2).
pub(super) fn answered(headers: &Headers, endpoint: &Endpoint) -> Option<SessionTimer> {
    if !used(endpoint) {
        return None;
    }
    match read(headers) {
        Some((interval, refresher)) => Some(SessionTimer {
            // A far end may not ask for less than we allowed; if it does, we do not spin.
            interval: interval.max(LEAST),
            ours: refresher != Some("uas"),
        }),
        // They know of none: we may still refresh.
        None if endpoint.timers == Timers::Always => Some(SessionTimer {
            interval: wanted(endpoint, 0).0,
            ours: true,
        }),
        None => None,
    }
}

/// `Min-SE`: what a 422 asks for.
pub(super) fn their_least(headers: &Headers) -> u32 {
    value(headers, "Min-SE").and_then(first_number).unwrap_or(0)
}

fn min_se(endpoint: &Endpoint) -> u32 {
    seconds(endpoint.timers_min_se).max(LEAST)
}

fn seconds(span: Duration) -> u32 {
    u32::try_from(span.as_secs()).unwrap_or(u32::MAX)
}

fn read(headers: &Headers) -> Option<(u32, Option<&str>)> {
    let text = value(headers, "Session-Expires")?;
    let params = text.find(';').map_or("", |at| &text[at..]);
    Some((first_number(text)?, uri::param(params, "refresher")))
}

fn first_number(text: &str) -> Option<u32> {
    text.split(';').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::message::header;
    use super::*;

    fn endpoint() -> Endpoint {
        Endpoint {
            timers_min_se: Duration::from_secs(90),
            timers_sess_expires: Duration::from_secs(1800),
            ..Endpoint::default()
        }
    }

    fn headers(lines: &[(&str, &str)]) -> Headers {
        Headers(
            lines
                .iter()
                .map(|(name, value)| header(name, *value))
                .collect(),
        )
    }

    #[test]
    fn rfc_4028_9_what_was_offered_is_never_raised() {
        let asked_for = headers(&[("Supported", "timer"), ("Session-Expires", "600")]);
        let timer = SessionTimer {
            interval: 600,
            ours: false,
        };
        assert_eq!(asked(&asked_for, &endpoint()), Asked::Runs(timer));
        assert_eq!(timer.answer(), "600;refresher=uac");
        let long = headers(&[
            ("Supported", "timer"),
            ("Session-Expires", "7200;refresher=uas"),
        ]);
        let timer = SessionTimer {
            interval: 1800,
            ours: true,
        };
        assert_eq!(asked(&long, &endpoint()), Asked::Runs(timer));
        let floor = headers(&[("Session-Expires", "7200"), ("Min-SE", "3600")]);
        let Asked::Runs(timer) = asked(&floor, &endpoint()) else {
            panic!("no timer");
        };
        assert_eq!((timer.interval, timer.ours), (3600, true));
    }

    #[test]
    fn rfc_4028_9_too_small_an_interval_is_refused() {
        let small = headers(&[("Session-Expires", "60")]);
        assert_eq!(asked(&small, &endpoint()), Asked::TooSmall(90));
        let rubbish = headers(&[("Session-Expires", "soon")]);
        assert_eq!(asked(&rubbish, &endpoint()), Asked::None);
    }

    #[test]
    fn rfc_4028_10_expiry_comes_before_the_interval_is_over() {
        let timer = SessionTimer {
            interval: 90,
            ours: true,
        };
        assert_eq!(timer.refresh(), Duration::from_secs(45));
        assert_eq!(timer.expiry(), Duration::from_secs(60));
        let long = SessionTimer {
            interval: 1800,
            ours: true,
        };
        assert_eq!(long.expiry(), Duration::from_secs(1768));
    }

    #[test]
    fn timers_that_are_required_are_required() {
        let strict = Endpoint {
            timers: Timers::Required,
            ..endpoint()
        };
        assert_eq!(asked(&headers(&[]), &strict), Asked::Needed);
        assert_eq!(
            asked(
                &headers(&[("Session-Expires", "600")]),
                &Endpoint {
                    timers: Timers::No,
                    ..endpoint()
                }
            ),
            Asked::None
        );
    }
}
