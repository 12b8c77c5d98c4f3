//! The names in a section that should be others'.

use config::{Category, Problem};
use switch::Text;

use crate::settings::Settings;
use crate::settings::option::words;

/// Tells of names in a section that nobody bears.
pub(super) fn check(settings: &Settings, category: &Category, problems: &mut Vec<Problem>) {
    let kind = category
        .get("type")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let mut check = |option: &str, sort: &str, knows: &dyn Fn(&str) -> bool| {
        let Some(variable) = category.variable(option) else {
            return;
        };
        for name in words(&variable.value).filter(|name| !knows(name)) {
            problems.push(variable.problem(format!("there is no {sort} {name}")));
        }
    };
    let auth = |name: &str| settings.auths.contains_key(name);
    let transport = |name: &str| settings.transports.iter().any(|one| &*one.name == name);
    let list = |name: &str| settings.named_acls.contains_key(name);
    match kind.as_str() {
        "endpoint" => {
            check("auth", "auth", &auth);
            check("outbound_auth", "auth", &auth);
            check("aors", "aor", &|name| settings.aors.contains_key(name));
            check("transport", "transport", &transport);
            check("acl", "list in acl.conf", &list);
            check("contact_acl", "list in acl.conf", &list);
            let endpoint = settings.endpoints.get(&Text::from(&*category.name));
            if endpoint.is_some_and(|endpoint| endpoint.allow.is_empty()) {
                let text = format!(
                    "endpoint {} allows no codec: its calls will fail",
                    category.name
                );
                problems.push(category.problem(text));
            }
        }
        "registration" => {
            check("outbound_auth", "auth", &auth);
            check("transport", "transport", &transport);
            check("endpoint", "endpoint", &|name| {
                settings.endpoints.contains_key(name)
            });
        }
        "identify" => {
            check("endpoint", "endpoint", &|name| {
                settings.endpoints.contains_key(name)
            });
        }
        "acl" => {
            check("acl", "list in acl.conf", &list);
            check("contact_acl", "list in acl.conf", &list);
        }
        _ => {}
    }
}
