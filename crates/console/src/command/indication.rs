//! `indication show`: the tones of telephone networks.

use std::fmt::Write as _;

use dialplan::tones::{Zone, Zones};
use engine::request::Request;

use crate::Cx;
use crate::command::{Answer, Args, Command};

pub(super) const COMMANDS: &[Command] = &[Command {
    words: "indication show",
    arguments: "[<country> ...]",
    summary: "The tones of telephone networks",
    details: "Without a country: which are known. With some: each of their tones.",
    module: "core",
    complete: &[],
    run: |cx, args| Box::pin(show(cx, args)),
}];

async fn show(cx: &Cx, args: &Args<'_>) -> Answer {
    let Some(zones) = cx.ask(Request::Tones).await else {
        return Answer::ended();
    };
    Answer::Done(match args.rest() {
        [] => countries(&zones),
        wanted => tones(wanted.iter().filter_map(|name| zones.zone(name))),
    })
}

fn countries(zones: &Zones) -> String {
    let mut text = String::from("Country Description\n===========================\n");
    for zone in zones.iter() {
        let line = format!("{:<7.7} {}", zone.name, zone.description);
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

fn tones<'z>(zones: impl Iterator<Item = &'z Zone>) -> String {
    let mut text =
        String::from("Country Indication      PlayList\n=====================================\n");
    for zone in zones {
        let mut line = |name: &str, tone: &str| {
            let _ = writeln!(text, "{:<7.7} {name:<15.15} {tone}", zone.name);
        };
        let cadence: Vec<String> = zone.cadence.iter().map(u32::to_string).collect();
        line("<ring cadence>", &cadence.join(","));
        for (name, tone) in &zone.tones {
            line(name, tone);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_and_their_tones_are_tables() {
        let zones = Zones::default();
        let all = countries(&zones);
        assert!(all.starts_with("Country Description\n"), "{all}");
        assert!(all.lines().any(|line| line == "de"), "{all}");
        let of_one = tones(zones.zone("uk").into_iter());
        let lines: Vec<&str> = of_one.lines().skip(2).collect();
        assert_eq!(lines[0], "uk      <ring cadence>  ");
        assert_eq!(lines[1], "uk      dial            350+440");
        assert_eq!(lines.len(), 5);
    }
}
