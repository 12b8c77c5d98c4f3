//! Warnings before an action is sent, from its declaration. The switch has the last word: it may be
//! newer, or somebody else's.

use ami::spec::ActionSpec;

/// What looks wrong about the action, in sentences.
pub(super) fn action(name: &str, headers: &[(String, String)]) -> Vec<String> {
    let Some(spec) = ami::action::spec(name) else {
        let known = ami::action::ALL.iter().map(|spec| spec.name);
        return vec![format!(
            "action {name} is not known here{}; sent as it is",
            suggestion(name, known)
        )];
    };
    let unknown = headers.iter().filter_map(|(key, _)| unknown(spec, key));
    let missing = spec
        .parameters
        .iter()
        .filter(|parameter| parameter.required)
        .filter(|parameter| !has(headers, parameter.name))
        .map(|parameter| format!("{} wants {}", spec.name, parameter.name));
    unknown.chain(missing).collect()
}

fn unknown(spec: &ActionSpec, key: &str) -> Option<String> {
    let is_known = key.eq_ignore_ascii_case("ActionID")
        || spec
            .parameters
            .iter()
            .any(|parameter| parameter.name == "*" || parameter.name.eq_ignore_ascii_case(key));
    (!is_known).then(|| {
        let known = spec.parameters.iter().map(|parameter| parameter.name);
        format!(
            "{} has no {key}{}; sent as it is",
            spec.name,
            suggestion(key, known)
        )
    })
}

fn has(headers: &[(String, String)], name: &str) -> bool {
    headers
        .iter()
        .any(|(key, _)| key.eq_ignore_ascii_case(name))
}

/// ` (do you mean …?)` when a known name is close enough.
pub(super) fn suggestion<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let name = name.to_ascii_lowercase();
    known
        .map(|known| {
            (
                strsim::jaro_winkler(&name, &known.to_ascii_lowercase()),
                known,
            )
        })
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or_else(String::new, |(_, known)| format!(" (do you mean {known}?)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warnings(name: &str, headers: &[&str]) -> Vec<String> {
        let pairs = headers.iter().map(|key| ((*key).to_owned(), String::new()));
        action(name, &pairs.collect::<Vec<_>>())
    }

    #[test]
    fn what_is_right_is_sent_without_a_word() {
        assert_eq!(
            warnings("originate", &["CHANNEL", "actionid", "Variable"]),
            [""; 0]
        );
        assert_eq!(warnings("UserEvent", &["UserEvent", "Anything"]), [""; 0]);
    }

    #[test]
    fn what_is_close_is_suggested() {
        assert_eq!(
            warnings("Orignate", &[]),
            ["action Orignate is not known here (do you mean Originate?); sent as it is"]
        );
        assert_eq!(
            warnings("Originate", &["Chanel"]),
            [
                "Originate has no Chanel (do you mean Channel?); sent as it is",
                "Originate wants Channel"
            ]
        );
    }

    #[test]
    fn what_is_close_to_nothing_is_only_named() {
        assert_eq!(
            warnings("Zzz", &[]),
            ["action Zzz is not known here; sent as it is"]
        );
    }
}
