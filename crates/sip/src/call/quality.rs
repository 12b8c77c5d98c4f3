//! What a call's sound was like: the variables that a channel has when it ends.

use media::session::Statistics;

/// `RTPAUDIOQOS` and its kin, in the order in which they are told when a call ends.
pub fn variables(counted: &Statistics) -> [(&'static str, String); 5] {
    let [received, sent] = counted.packets;
    let [lost, their_lost] = counted.lost;
    let [jitter, their_jitter] = counted.jitter;
    let trip = counted.round_trip;
    let score = opinion(received, lost, jitter, trip);
    let their_score = opinion(sent, their_lost, their_jitter, trip);
    [
        (
            "RTPAUDIOQOS",
            format!(
                "ssrc={};themssrc={};lp={lost};rxjitter={jitter:.6};rxcount={received};\
                 txjitter={their_jitter:.6};txcount={sent};rlp={their_lost};rtt={trip:.6};\
                 rxmes={score:.6};txmes={their_score:.6}",
                counted.ssrc, counted.their_ssrc,
            ),
        ),
        (
            "RTPAUDIOQOSJITTER",
            spread("rxjitter", "", jitter) + &spread("txjitter", "", their_jitter),
        ),
        (
            "RTPAUDIOQOSLOSS",
            spread("rxlost", "  ", lost as f64) + &spread("txlost", "  ", their_lost as f64),
        ),
        ("RTPAUDIOQOSRTT", spread("rtt", "     ", trip)),
        (
            "RTPAUDIOQOSMES",
            spread("rxmes", "   ", score) + &spread("txmes", "   ", their_score),
        ),
    ]
}

/// Least, most, mean and deviation: of what was measured once, all the same.
fn spread(name: &str, indent: &str, value: f64) -> String {
    format!(
        "{indent}min{name}={value:010.6};{indent}max{name}={value:010.6};\
         {indent}avg{name}={value:010.6};{indent}stdev{name}={:010.6};",
        0.0
    )
}

/// How good it sounds, from 0 to 100: the E-model (ITU-T G.107), with delay and loss alone.
fn opinion(packets: u64, lost: u64, jitter: f64, trip: f64) -> f64 {
    if packets == 0 {
        return 0.0;
    }
    let delay = trip * 500.0 + jitter * 2000.0 + 10.0;
    let base = match delay < 160.0 {
        true => 93.2 - delay / 40.0,
        false => 93.2 - (delay - 120.0) / 10.0,
    };
    let loss = lost as f64 * 100.0 / (packets + lost) as f64;
    (base - loss * 2.5).clamp(0.0, 100.0)
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
    fn losses_cost_opinion() {
        assert!(opinion(100, 0, 0.0, 0.0) > 92.0);
        assert!(opinion(90, 10, 0.01, 0.3) < 65.0);
        assert_eq!(opinion(1, 1000, 1.0, 1.0), 0.0);
    }
}
