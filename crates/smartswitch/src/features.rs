//! `features.conf`: what keys do in a call.

use std::time::Duration;

use config::{Config, Problem, Variable};
use dialplan::world::FeatureRules;
use switch::Text;

/// Reads `features.conf`. What is known to Asterisk and has no effect here, and what nobody knows, is told with
/// its file and line.
pub(crate) fn read(config: &Config) -> (FeatureRules, Vec<Problem>) {
    let mut rules = FeatureRules::default();
    let mut problems = Vec::new();
    let variables = |name| {
        config
            .category(name)
            .map_or(&[][..], |found| &found.variables)
    };
    for variable in variables("general") {
        if let Err(why) = general(&mut rules, variable) {
            problems.push(variable.problem(why));
        }
    }
    for variable in variables("featuremap") {
        if let Err(why) = keys(&mut rules, variable) {
            problems.push(variable.problem(why));
        }
    }
    for variable in variables("applicationmap") {
        problems.push(variable.problem(no_effect(variable)));
    }
    (rules, problems)
}

fn general(rules: &mut FeatureRules, variable: &Variable) -> Result<(), String> {
    let value = variable.value.trim();
    let bad = |_| format!("{}: {value:?} is not a number", variable.name);
    match &*variable.name.to_ascii_lowercase() {
        "featuredigittimeout" => {
            rules.digit_timeout = Duration::from_millis(value.parse().map_err(bad)?);
        }
        "transferdigittimeout" => {
            rules.transfer_digit_timeout = Duration::from_secs(value.parse().map_err(bad)?);
        }
        "transferdialattempts" => rules.attempts = value.parse().map_err(bad)?,
        "transferretrysound" => rules.retry_sound = Text::from(value),
        "transferinvalidsound" => rules.invalid_sound = Text::from(value),
        _ => return Err(no_effect(variable)),
    }
    Ok(())
}

fn keys(rules: &mut FeatureRules, variable: &Variable) -> Result<(), String> {
    let value = variable.value.trim();
    if !value.chars().all(|key| "0123456789*#ABCD".contains(key)) {
        return Err(format!("{}: {value:?} are no keys", variable.name));
    }
    match &*variable.name.to_ascii_lowercase() {
        "disconnect" => rules.disconnect = Text::from(value),
        "blindxfer" => rules.blind_transfer = Text::from(value),
        _ => return Err(no_effect(variable)),
    }
    Ok(())
}

fn no_effect(variable: &Variable) -> String {
    format!("{} has no effect", variable.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_times_are_read() {
        let config = Config::from_text(
            "features.conf",
            "[general]\nfeaturedigittimeout = 500\ntransferdigittimeout = soon\n\
             [featuremap]\nblindxfer = #1\natxfer = *2\ndisconnect = *0\n\
             [applicationmap]\nnote = 99,peer,NoOp\n",
        )
        .unwrap();
        let (rules, problems) = read(&config);
        assert_eq!(
            rules,
            FeatureRules {
                digit_timeout: Duration::from_millis(500),
                blind_transfer: "#1".into(),
                disconnect: "*0".into(),
                ..FeatureRules::default()
            }
        );
        let problems: Vec<String> = problems
            .iter()
            .map(|p| format!("{} {}", p.line, p.text))
            .collect();
        assert_eq!(
            problems,
            [
                "3 transferdigittimeout: \"soon\" is not a number",
                "6 atxfer has no effect",
                "9 note has no effect",
            ]
        );
    }
}
