//! The tones of countries: what is built in, and `indications.conf`.

use config::{Config, Problem};

use super::Tones;

/// The zones that are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zones {
    /// The zone of those who name none.
    pub country: String,
    zones: Vec<Zone>,
}

/// The tones of a country or of a kind of exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Its name: `us`.
    pub name: String,
    /// What it is, in words.
    pub description: String,
    /// Milliseconds of ringing and of silence in turn.
    pub cadence: Vec<u32>,
    /// Names and tones: `dial`, `350+440`.
    tones: Vec<(String, String)>,
}

impl Zones {
    /// What is known without a file; `us` is everybody's zone.
    pub fn built_in() -> Zones {
        Zones {
            country: "us".into(),
            zones: BUILT_IN
                .iter()
                .map(|(name, tones)| built_in(name, tones))
                .collect(),
        }
    }

    /// Reads `indications.conf`. Its zones go before those built in. What cannot be used is left out and
    /// told with its file and line.
    pub fn read(config: &Config) -> (Zones, Vec<Problem>) {
        let mut zones = Zones::built_in();
        let mut problems = Vec::new();
        for category in config.categories() {
            if !category.is_named("general") {
                let zone = Zone::read(category, &mut problems);
                zones.zones.retain(|known| known.name != zone.name);
                zones.zones.push(zone);
            }
        }
        for variable in config.category("general").map_or(&[][..], |c| &c.variables) {
            if !variable.is_named("country") {
                problems
                    .push(variable.problem(format!("{}: there is no such option", variable.name)));
            } else if zones.zone(&variable.value).is_none() {
                problems.push(variable.problem(format!("there is no zone {}", variable.value)));
            } else {
                zones.country = variable.value.to_string();
            }
        }
        (zones, problems)
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

    /// A tone of a zone in the notation of [`Tones`]. A zone that is not known, or that lacks it, leaves it
    /// to [`country`](Zones::country), and that to `us`.
    pub fn tone(&self, zone: &str, name: &str) -> Option<&str> {
        [zone, &self.country, "us"]
            .into_iter()
            .find_map(|zone| self.zone(zone)?.tone(name))
    }
}

impl Zone {
    /// A tone by its name, in any case: `dial`, `busy`, `ring`, `congestion`, `callwaiting` ….
    pub fn tone(&self, name: &str) -> Option<&str> {
        let mut tones = self.tones.iter();
        tones
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, tone)| tone.as_str())
    }

    fn read(category: &config::Category, problems: &mut Vec<Problem>) -> Zone {
        let mut zone = Zone {
            name: category.name.to_ascii_lowercase(),
            description: String::new(),
            cadence: Vec::new(),
            tones: Vec::new(),
        };
        for variable in &category.variables {
            let value = variable.value.trim();
            if variable.is_named("description") {
                zone.description = value.to_owned();
            } else if variable.is_named("ringcadence") {
                let cadence: Result<Vec<u32>, _> =
                    value.split(',').map(|t| t.trim().parse()).collect();
                match cadence {
                    Ok(cadence) => zone.cadence = cadence,
                    Err(_) => problems.push(variable.problem(format!("no cadence: {value}"))),
                }
            } else {
                match Tones::parse(value) {
                    Ok(_) => {
                        zone.tones.retain(|(known, _)| !variable.is_named(known));
                        zone.tones
                            .push((variable.name.to_string(), value.to_owned()));
                    }
                    Err(error) => problems.push(variable.problem(error.to_string())),
                }
            }
        }
        zone
    }
}

fn built_in(name: &str, tones: &[(&str, &str)]) -> Zone {
    let owned = |(name, tone): &(&str, &str)| (String::from(*name), String::from(*tone));
    Zone {
        name: name.to_owned(),
        description: String::new(),
        cadence: Vec::new(),
        tones: tones.iter().map(owned).collect(),
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
