//! Takes out of a packet what no two runs share.

use std::sync::LazyLock;

use regex::Regex;

use super::log::Packet;

/// Headers whose value belongs to the run; only that they are there is compared.
const LOOSE: &[&str] = &[
    "AnswerTime",
    "AsteriskVersion",
    "BillableSeconds",
    "BridgeCreationTime",
    "CallID",
    "CallId",
    "Challenge",
    "CommandId",
    "CoreRealTimeEnabled",
    "CoreReloadDate",
    "CoreReloadTime",
    "CoreStartupDate",
    "CoreStartupTime",
    "Duration",
    "DurationMs",
    "EndTime",
    "Env",
    "EventTime",
    "ExpirationTime",
    "HoldTime",
    "Jitter",
    "LastCall",
    "LastPause",
    "LastReload",
    "LocalAddress",
    "LockAddress",
    "LoggedInTime",
    "LoginStart",
    "LoginTime",
    "Logintime",
    "LongestHoldTime",
    "ParkingDuration",
    "ParkingTimeout",
    "RTT",
    "ReceivedChallenge",
    "ReceivedHash",
    "RegExpire",
    "RemoteAddress",
    "RoundtripUsec",
    "SSRC",
    "Seconds",
    "SentNTP",
    "SentRTP",
    "SequenceNumber",
    "SessionID",
    "SessionTV",
    "StartTime",
    "SystemName",
    "TalkTime",
    "ThreadID",
    "Timeout",
    "Timestamp",
    "Uptime",
    "Wait",
];

/// What is replaced in every other line, one after the other.
const MASKS: &[(&str, &str)] = &[
    (r"\b\d{9,10}\.\d{6}\b", "<instant>"),
    (r"\b\d{10}\.\d+\b", "<uniqueid>"),
    (
        r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b",
        "<uuid>",
    ),
    (r"-[0-9a-f]{8}\b", "-<seq>"),
    (
        r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?([+-]\d{4})?\b",
        "<time>",
    ),
    (r"\b\d\d:\d\d:\d\d\b", "<clock>"),
    (r"(Asterisk Call Manager/)[\d.]+", "${1}<ami>"),
    (r"/(?:[\w.+-]+/)+", "<dir>/"),
    (r"\b[0-9a-f]{32}\b", "<digest>"),
    (r"(ssrc=)\d+", "${1}<n>"),
    (r"(login was )\d+( secs ago)", "${1}<n>${2}"),
    (r"(System uptime: |Last reload: )\d+", "${1}<n>"),
    // What an action does is said in each server's own words.
    (r"(: ).*(\(Priv: )", "${1}${2}"),
];

static COMPILED: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let compile = |(pattern, with): &(&str, &'static str)| {
        (
            Regex::new(pattern).expect("a pattern of ours is valid"),
            *with,
        )
    };
    MASKS.iter().map(compile).collect()
});

/// Variables that hold a measured value.
static MEASURED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^Variable: .*(TIME|_MS|TOKEN|PID|CALLID)").expect("a pattern of ours is valid")
});

/// A packet with the run's own values masked.
pub(super) fn packet(lines: &[String]) -> Packet {
    let masked: Packet = lines.iter().map(|each| line(each)).collect();
    if masked.iter().any(|line| line == "EventName: LINKEDID_END") {
        // It is raised on whichever channel of the call went last.
        let told = ["Event", "Privilege", "EventName", "LinkedID"];
        return masked
            .into_iter()
            .filter(|line| told.contains(&key(line)))
            .collect();
    }
    if masked.iter().any(|line| MEASURED.is_match(line)) {
        let loose = |line: String| match line.starts_with("Value:") {
            true => "Value: <loose>".to_owned(),
            false => line,
        };
        return masked.into_iter().map(loose).collect();
    }
    masked
}

/// A line with the run's own values masked.
pub(super) fn line(line: &str) -> String {
    if let Some((key, value)) = line.split_once(':')
        && (LOOSE.binary_search(&key).is_ok()
            || key.starts_with("ChanVariable") && value.contains("UNIQUEID"))
    {
        return format!("{key}: <loose>");
    }
    let mut masked = line.to_owned();
    for (pattern, with) in COMPILED.iter() {
        if let std::borrow::Cow::Owned(changed) = pattern.replace_all(&masked, *with) {
            masked = changed;
        }
    }
    masked.truncate(masked.trim_end().len());
    masked
}

fn key(line: &str) -> &str {
    line.split(':').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_the_run_is_masked() {
        for (seen, masked) in [
            ("Uniqueid: 1795418119.26", "Uniqueid: <uniqueid>"),
            ("Timestamp: 5", "Timestamp: <loose>"),
            (
                "Channel: Local/101@default-0000000d;1",
                "Channel: Local/101@default-<seq>;1",
            ),
            (
                "SetVariable: 2026-11-23T07:15:19.878+0000",
                "SetVariable: <time>",
            ),
            (
                "Asterisk Call Manager/13.0.0",
                "Asterisk Call Manager/<ami>",
            ),
            ("File: /var/spool/x.wav", "File: <dir>/x.wav"),
            ("Ping: Pings you.  (Priv: <none>)", "Ping: (Priv: <none>)"),
            ("Note: nothing to hide", "Note: nothing to hide"),
        ] {
            assert_eq!(line(seen), masked);
        }
    }

    #[test]
    fn loose_headers_are_in_the_order_that_the_search_needs() {
        assert!(LOOSE.is_sorted());
    }

    #[test]
    fn a_measured_variable_has_a_loose_value() {
        let lines = |value: &str| {
            packet(&[
                "Event: VarSet".into(),
                "Variable: DIALEDTIME_MS".into(),
                value.into(),
            ])
        };
        assert_eq!(lines("Value: 17"), lines("Value: 18"));
    }
}
