//! What a call's sound was like: the variables that a channel has when it ends, and `CHANNEL(rtcp,…)`.

use media::rtcp::{Spread, opinion};
use media::session::Statistics;

/// `RTPAUDIOQOS` and its kin, in the order in which they are told when a call ends.
pub fn variables(counted: &Statistics) -> [(&'static str, String); 5] {
    [
        ("RTPAUDIOQOS", whole(counted)),
        ("RTPAUDIOQOSJITTER", jitter(counted)),
        ("RTPAUDIOQOSLOSS", loss(counted)),
        ("RTPAUDIOQOSRTT", trips(counted)),
        ("RTPAUDIOQOSMES", opinions(counted)),
    ]
}

/// A figure by the name that `CHANNEL(rtcp,…)` has for it; `None` where there is none of that name.
pub fn figure(counted: &Statistics, name: &str) -> Option<String> {
    let fraction = |value: f64| format!("{value:.6}");
    let [received, sent] = counted.packets;
    let [lost, their_lost] = counted.lost;
    let [jitter_here, jitter_there] = counted.jitter;
    let [here, there] = &counted.courses;
    Some(match name {
        "all" => whole(counted),
        "all_jitter" => jitter(counted),
        "all_loss" => loss(counted),
        "all_rtt" => trips(counted),
        "all_mes" => opinions(counted),
        "txcount" => sent.to_string(),
        "rxcount" => received.to_string(),
        "txploss" => their_lost.to_string(),
        "rxploss" => lost.to_string(),
        "txjitter" => fraction(jitter_there),
        "rxjitter" => fraction(jitter_here),
        "txmes" => fraction(score(counted)[1]),
        "rxmes" => fraction(score(counted)[0]),
        "rtt" => fraction(counted.round_trip),
        "local_ssrc" => counted.ssrc.to_string(),
        "remote_ssrc" => counted.their_ssrc.to_string(),
        _ => {
            let (side, rest) = match name.split_once('_') {
                Some(("local", rest)) => (here, rest),
                Some(("remote", rest)) => (there, rest),
                _ => return of(&counted.round_trips, name, "rtt").map(fraction),
            };
            of(&side.jitter, rest, "jitter")
                .or_else(|| of(&side.lost, rest, "rxploss"))
                .or_else(|| of(&side.opinion, rest, "mes"))
                .map(fraction)?
        }
    })
}

/// `maxjitter`, `minjitter`, `normdevjitter` or `stdevjitter`, for example.
fn of(spread: &Spread, name: &str, what: &str) -> Option<f64> {
    match name.strip_suffix(what)? {
        "max" => Some(spread.most),
        "min" => Some(spread.least),
        "normdev" => Some(spread.mean),
        "stdev" => Some(spread.deviation()),
        _ => None,
    }
}

fn whole(counted: &Statistics) -> String {
    let [received, sent] = counted.packets;
    let [lost, their_lost] = counted.lost;
    let [jitter, their_jitter] = counted.jitter;
    let [score, their_score] = score(counted);
    format!(
        "ssrc={};themssrc={};lp={lost};rxjitter={jitter:.6};rxcount={received};\
         txjitter={their_jitter:.6};txcount={sent};rlp={their_lost};rtt={:.6};\
         rxmes={score:.6};txmes={their_score:.6}",
        counted.ssrc, counted.their_ssrc, counted.round_trip,
    )
}

fn jitter(counted: &Statistics) -> String {
    let [here, there] = &counted.courses;
    spread("rxjitter", "", &here.jitter) + &spread("txjitter", "", &there.jitter)
}

fn loss(counted: &Statistics) -> String {
    let [here, there] = &counted.courses;
    spread("rxlost", "  ", &here.lost) + &spread("txlost", "  ", &there.lost)
}

fn trips(counted: &Statistics) -> String {
    spread("rtt", "     ", &counted.round_trips)
}

fn opinions(counted: &Statistics) -> String {
    let [here, there] = &counted.courses;
    spread("rxmes", "   ", &here.opinion) + &spread("txmes", "   ", &there.opinion)
}

/// How good it sounds here and there, over the whole call.
fn score(counted: &Statistics) -> [f64; 2] {
    let side = |at: usize| {
        opinion(
            counted.packets[at],
            counted.lost[at],
            counted.jitter[at],
            counted.round_trip,
        )
    };
    [side(0), side(1)]
}

/// Least, most, mean and deviation.
fn spread(name: &str, indent: &str, of: &Spread) -> String {
    format!(
        "{indent}min{name}={:010.6};{indent}max{name}={:010.6};\
         {indent}avg{name}={:010.6};{indent}stdev{name}={:010.6};",
        of.least,
        of.most,
        of.mean,
        of.deviation()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_without_a_packet_tells_noughts() {
        let counted = Statistics {
            ssrc: 580921096,
            ..Statistics::default()
        };
        let told = variables(&counted);
        assert_eq!(
            told[0].1,
            "ssrc=580921096;themssrc=0;lp=0;rxjitter=0.000000;rxcount=0;txjitter=0.000000;\
             txcount=0;rlp=0;rtt=0.000000;rxmes=0.000000;txmes=0.000000"
        );
        assert_eq!(
            told[2].1,
            "  minrxlost=000.000000;  maxrxlost=000.000000;  avgrxlost=000.000000;  \
             stdevrxlost=000.000000;  mintxlost=000.000000;  maxtxlost=000.000000;  \
             avgtxlost=000.000000;  stdevtxlost=000.000000;"
        );
        assert_eq!(
            told[3].1,
            "     minrtt=000.000000;     maxrtt=000.000000;     avgrtt=000.000000;     \
             stdevrtt=000.000000;"
        );
    }

    #[test]
    fn what_reports_told_is_spread_out() {
        let mut counted = Statistics {
            packets: [500, 400],
            lost: [50, 0],
            jitter: [0.003, 0.0],
            ..Statistics::default()
        };
        counted.courses[0].take(250, 0, 0.001, 0.0);
        counted.courses[0].take(450, 50, 0.003, 0.0);
        counted.round_trips.take(0.02);
        counted.round_trips.take(0.04);
        let told = variables(&counted);
        assert!(told[1].1.starts_with(
            "minrxjitter=000.001000;maxrxjitter=000.003000;avgrxjitter=000.002000;\
             stdevrxjitter=000.001000;mintxjitter=000.000000;"
        ));
        assert!(
            told[2]
                .1
                .starts_with("  minrxlost=000.000000;  maxrxlost=050.000000;")
        );
        assert_eq!(
            told[3].1,
            "     minrtt=000.020000;     maxrtt=000.040000;     avgrtt=000.030000;     \
             stdevrtt=000.010000;"
        );
        for (name, value) in [
            ("rxcount", Some("500")),
            ("txcount", Some("400")),
            ("rxploss", Some("50")),
            ("local_maxjitter", Some("0.003000")),
            ("local_maxrxploss", Some("50.000000")),
            ("remote_minjitter", Some("0.000000")),
            ("normdevrtt", Some("0.030000")),
            ("all_rtt", Some(&*told[3].1)),
            ("local_jitter", None),
            ("", None),
        ] {
            assert_eq!(figure(&counted, name).as_deref(), value, "{name}");
        }
    }
}
