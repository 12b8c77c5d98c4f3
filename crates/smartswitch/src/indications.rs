//! `indications.conf`: the tones of telephone networks.

use config::{Category, Config, Problem};
use dialplan::tones::{Zone, Zones};
use media::tone::Tones;
use switch::Text;

/// Reads `indications.conf`. Its zones take the places of those built in. What cannot be used is left out and
/// told with its file and line.
pub(crate) fn read(config: &Config) -> (Zones, Vec<Problem>) {
    let mut zones = Zones::default();
    let mut problems = Vec::new();
    for category in config.categories() {
        if !category.is_named("general") {
            zones.put(zone(category, &mut problems));
        }
    }
    for variable in config.category("general").map_or(&[][..], |c| &c.variables) {
        if !variable.is_named("country") {
            problems.push(variable.problem(format!("{}: there is no such option", variable.name)));
        } else if !zones.set_country(variable.value.trim()) {
            problems.push(variable.problem(format!("there is no zone {}", variable.value)));
        }
    }
    (zones, problems)
}

fn zone(category: &Category, problems: &mut Vec<Problem>) -> Zone {
    let mut zone = Zone {
        name: Text::from(category.name.to_ascii_lowercase()),
        ..Zone::default()
    };
    for variable in &category.variables {
        let value = variable.value.trim();
        if variable.is_named("description") {
            zone.description = Text::from(value);
        } else if variable.is_named("ringcadence") {
            let cadence: Result<Vec<u32>, _> = value.split(',').map(|t| t.trim().parse()).collect();
            match cadence {
                Ok(cadence) => zone.cadence = cadence,
                Err(_) => problems.push(variable.problem(format!("no cadence: {value}"))),
            }
        } else {
            match Tones::parse(value) {
                Ok(_) => {
                    zone.tones.retain(|(known, _)| !variable.is_named(known));
                    let name = Text::from(&*variable.name);
                    zone.tones.push((name, Text::from(value)));
                }
                Err(error) => problems.push(variable.problem(error.to_string())),
            }
        }
    }
    zone
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (Zones, Vec<String>) {
        let config = Config::from_text("indications.conf", text).unwrap();
        let (zones, problems) = read(&config);
        let problems = problems.iter().map(|p| format!("{} {}", p.line, p.text));
        (zones, problems.collect())
    }

    #[test]
    fn what_is_built_in_can_be_played() {
        for zone in Zones::default().iter() {
            for name in ["dial", "busy", "ring", "congestion"] {
                assert!(zone.tone(name).is_some(), "{} {name}", zone.name);
            }
            for (name, tone) in &zone.tones {
                assert!(Tones::parse(tone).is_ok(), "{} {name}", zone.name);
            }
        }
    }

    #[test]
    fn zones_take_the_place_of_those_built_in() {
        let (zones, problems) = read_text(
            "[general]\ncountry=xx\ncolour=red\n\
             [xx]\ndescription = Nowhere\nringcadence = 1000,4000\ndial = 400+450\nbusy = lots/1\n\
             ring = !0\n\
             [de]\ndial = 420\nringcadence = often\n",
        );
        let zone = zones.zone("XX").unwrap();
        assert_eq!(
            (&*zone.description, &zone.cadence[..]),
            ("Nowhere", &[1_000, 4_000][..])
        );
        assert_eq!(&**zones.country(), "xx");
        assert_eq!(zones.notation("de", "dial"), "420");
        assert_eq!(zones.notation("de", "ring"), "!0");
        assert_eq!(zones.notation("", "dial"), "400+450");
        assert_eq!(zones.notation("xx", "busy"), zones.notation("us", "busy"));
        assert_eq!(
            problems,
            [
                "8 tone 'lots/1': no such frequency",
                "12 no cadence: often",
                "3 colour: there is no such option",
            ]
        );
    }

    #[test]
    fn a_country_that_is_not_there_changes_nothing() {
        let (zones, problems) = read_text("[general]\ncountry=yy\n");
        assert_eq!(
            (&**zones.country(), &problems[..]),
            ("us", &["2 there is no zone yy".to_owned()][..])
        );
    }
}
