//! The tones of telephone networks, by country: what is built in, and what `indications.conf` puts in its
//! place. All are in the notation of `PlayTones`.

use switch::Text;

/// The zones that are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zones {
    country: Text,
    zones: Vec<Zone>,
}

/// The tones of a country or of a kind of exchange.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Zone {
    /// Its name, in lower case: `us`.
    pub name: Text,
    /// What it is, in words.
    pub description: Text,
    /// Milliseconds of ringing and of silence in turn.
    pub cadence: Vec<u32>,
    /// Names and tones: `dial`, `350+440`.
    pub tones: Vec<(Text, Text)>,
}

impl Default for Zones {
    /// What is known without a file; `us` is everybody's zone.
    fn default() -> Zones {
        let zone = |(name, tones): &(&str, &[(&str, &str)])| Zone {
            name: Text::from(*name),
            tones: tones
                .iter()
                .map(|(name, tone)| (Text::from(*name), Text::from(*tone)))
                .collect(),
            ..Zone::default()
        };
        Zones {
            country: Text::from("us"),
            zones: BUILT_IN.iter().map(zone).collect(),
        }
    }
}

impl Zones {
    /// Puts a zone in the place of one of its name, or at the end.
    pub fn put(&mut self, zone: Zone) {
        self.zones.retain(|known| known.name != zone.name);
        self.zones.push(zone);
    }

    /// Sets the zone of those who name none; false where it is not known.
    pub fn set_country(&mut self, name: &str) -> bool {
        let Some(name) = self.zone(name).map(|zone| zone.name.clone()) else {
            return false;
        };
        self.country = name;
        true
    }

    /// The zone of those who name none.
    pub fn country(&self) -> &Text {
        &self.country
    }

    /// A zone by its name, in any case.
    pub fn zone(&self, name: &str) -> Option<&Zone> {
        let mut zones = self.zones.iter();
        zones.find(|zone| zone.name.eq_ignore_ascii_case(name))
    }

    /// All zones, those built in first.
    pub fn iter(&self) -> impl Iterator<Item = &Zone> {
        self.zones.iter()
    }

    /// The tone of this name in a zone; where the zone is not known or lacks it, that of
    /// [`country`](Zones::country), else that of the United States. Anything else is a tone already.
    pub fn notation<'t>(&'t self, zone: &str, tone: &'t str) -> &'t str {
        let tone = tone.trim();
        [zone, &self.country, "us"]
            .into_iter()
            .find_map(|zone| self.zone(zone)?.tone(tone))
            .unwrap_or(tone)
    }
}

impl Zone {
    /// A tone by its name, in any case: `dial`, `busy`, `ring`, `congestion`, `callwaiting` ….
    pub fn tone(&self, name: &str) -> Option<&str> {
        let mut tones = self.tones.iter();
        tones
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, tone)| &**tone)
    }
}

/// ITU-T E.180, supplement 2.
const BUILT_IN: &[(&str, &[(&str, &str)])] = &[
    (
        "at",
        &[
            ("dial", "420"),
            ("busy", "420/400,0/400"),
            ("ring", "420/1000,0/5000"),
            ("congestion", "420/200,0/200"),
        ],
    ),
    (
        "ch",
        &[
            ("dial", "425"),
            ("busy", "425/500,0/500"),
            ("ring", "425/1000,0/4000"),
            ("congestion", "425/200,0/200"),
        ],
    ),
    (
        "de",
        &[
            ("dial", "425"),
            ("busy", "425/480,0/480"),
            ("ring", "425/1000,0/4000"),
            ("congestion", "425/240,0/240"),
            (
                "callwaiting",
                "!425/200,!0/200,!425/200,!0/5000,!425/200,!0/200,!425/200,0",
            ),
        ],
    ),
    (
        "es",
        &[
            ("dial", "425"),
            ("busy", "425/200,0/200"),
            ("ring", "425/1500,0/3000"),
            ("congestion", "425/200,0/200,425/200,0/200,425/200,0/600"),
        ],
    ),
    (
        "fr",
        &[
            ("dial", "440"),
            ("busy", "440/500,0/500"),
            ("ring", "440/1500,0/3500"),
            ("congestion", "440/250,0/250"),
        ],
    ),
    (
        "it",
        &[
            ("dial", "425/200,0/200,425/600,0/1000"),
            ("busy", "425/500,0/500"),
            ("ring", "425/1000,0/4000"),
            ("congestion", "425/200,0/200"),
        ],
    ),
    (
        "nl",
        &[
            ("dial", "425"),
            ("busy", "425/500,0/500"),
            ("ring", "425/1000,0/4000"),
            ("congestion", "425/250,0/250"),
        ],
    ),
    (
        "uk",
        &[
            ("dial", "350+440"),
            ("busy", "400/375,0/375"),
            ("ring", "400+450/400,0/200,400+450/400,0/2000"),
            ("congestion", "400/400,0/350,400/225,0/525"),
        ],
    ),
    (
        "us",
        &[
            ("dial", "350+440"),
            ("busy", "480+620/500,0/500"),
            ("ring", "440+480/2000,0/4000"),
            ("congestion", "480+620/250,0/250"),
            ("callwaiting", "440/300,0/10000"),
            (
                "dialrecall",
                "!350+440/100,!0/100,!350+440/100,!0/100,!350+440/100,!0/100,350+440",
            ),
            ("info", "!950/330,!1400/330,!1800/330,0"),
            ("record", "1400/500,0/15000"),
            (
                "stutter",
                "!350+440/100,!0/100,!350+440/100,!0/100,!350+440/100,!0/100,!350+440/100,!0/100,\
                 !350+440/100,!0/100,!350+440/100,!0/100,350+440",
            ),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_named_or_spelled_out() {
        let zones = Zones::default();
        assert_eq!(zones.notation("DE", "dial"), "425");
        assert_eq!(zones.notation("", " Ring"), "440+480/2000,0/4000");
        assert_eq!(zones.notation("fr", "info"), zones.notation("us", "info"));
        assert_eq!(zones.notation("at", "dial"), "420");
        assert_eq!(zones.notation("de", "425/100,0/100"), "425/100,0/100");
    }

    #[test]
    fn those_who_name_no_zone_have_the_country_s() {
        let mut zones = Zones::default();
        assert!(zones.set_country("DE"));
        assert!(!zones.set_country("nowhere"));
        assert_eq!(zones.notation("", "busy"), "425/480,0/480");
        zones.put(Zone {
            name: Text::from("de"),
            tones: vec![(Text::from("busy"), Text::from("400"))],
            ..Zone::default()
        });
        assert_eq!(zones.notation("", "busy"), "400");
        // What the zone lacks is that of the United States.
        assert_eq!(zones.notation("", "dial"), "350+440");
        assert_eq!(zones.iter().filter(|zone| &*zone.name == "de").count(), 1);
    }
}
