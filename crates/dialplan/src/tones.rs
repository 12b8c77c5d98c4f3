//! The tones of telephone networks, by country: ITU-T E.180, in the notation of `PlayTones`.

/// Country, name, tone.
const TONES: &[(&str, &str, &str)] = &[
    ("de", "busy", "425/480,0/480"),
    (
        "de",
        "callwaiting",
        "!425/200,!0/200,!425/200,!0/5000,!425/200,!0/200,!425/200,0",
    ),
    ("de", "congestion", "425/240,0/240"),
    ("de", "dial", "425"),
    ("de", "ring", "425/1000,0/4000"),
    ("es", "busy", "425/200,0/200"),
    (
        "es",
        "congestion",
        "425/200,0/200,425/200,0/200,425/200,0/600",
    ),
    ("es", "dial", "425"),
    ("es", "ring", "425/1500,0/3000"),
    ("fr", "busy", "440/500,0/500"),
    ("fr", "congestion", "440/250,0/250"),
    ("fr", "dial", "440"),
    ("fr", "ring", "440/1500,0/3500"),
    ("it", "busy", "425/500,0/500"),
    ("it", "congestion", "425/200,0/200"),
    ("it", "dial", "425/200,0/200,425/600,0/1000"),
    ("it", "ring", "425/1000,0/4000"),
    ("nl", "busy", "425/500,0/500"),
    ("nl", "congestion", "425/250,0/250"),
    ("nl", "dial", "425"),
    ("nl", "ring", "425/1000,0/4000"),
    ("uk", "busy", "400/375,0/375"),
    ("uk", "congestion", "400/400,0/350,400/225,0/525"),
    ("uk", "dial", "350+440"),
    ("uk", "ring", "400+450/400,0/200,400+450/400,0/2000"),
    ("us", "busy", "480+620/500,0/500"),
    ("us", "callwaiting", "440/300,0/10000"),
    ("us", "congestion", "480+620/250,0/250"),
    ("us", "dial", "350+440"),
    (
        "us",
        "dialrecall",
        "!350+440/100,!0/100,!350+440/100,!0/100,!350+440/100,!0/100,350+440",
    ),
    ("us", "info", "!950/330,!1400/330,!1800/330,0"),
    ("us", "record", "1400/500,0/15000"),
    ("us", "ring", "440+480/2000,0/4000"),
    (
        "us",
        "stutter",
        "!350+440/100,!0/100,!350+440/100,!0/100,!350+440/100,!0/100,!350+440/100,!0/100,\
         !350+440/100,!0/100,!350+440/100,!0/100,350+440",
    ),
];

/// The tone of this name in a country, or in the United States where the country is not known or has
/// none; anything else is a tone already.
pub(crate) fn notation<'a>(country: &str, tone: &'a str) -> &'a str {
    let tone = tone.trim();
    let of = |country: &str| {
        let mut known = TONES.iter();
        known.find(|(where_, name, _)| where_.eq_ignore_ascii_case(country) && *name == tone)
    };
    of(country)
        .or_else(|| of("us"))
        .map_or(tone, |(_, _, notation)| notation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_named_or_spelled_out() {
        assert_eq!(notation("DE", "dial"), "425");
        assert_eq!(notation("", " ring"), "440+480/2000,0/4000");
        assert_eq!(notation("fr", "info"), notation("us", "info"));
        assert_eq!(notation("de", "425/100,0/100"), "425/100,0/100");
    }
}
