//! Which crate may know which. ARCHITECTURE.md draws the same picture.

use serde_json::Value;

use super::Complaints;
use crate::Failure;

/// Every crate of ours with those that it may depend on, from the ground upwards.
const ARROWS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("ami-derive", &[]),
    ("ami", &["ami-derive", "text"]),
    ("config", &["text"]),
    ("switch", &["text"]),
    ("dialplan", &["config", "switch", "text"]),
    ("engine", &["config", "dialplan", "switch", "text"]),
    ("records", &["switch", "text"]),
    ("media", &["config", "switch", "text"]),
    ("sip", &["config", "engine", "media", "switch", "text"]),
    (
        "manager",
        &[
            "ami", "config", "dialplan", "engine", "media", "sip", "switch", "text",
        ],
    ),
    (
        "console",
        &[
            "ami", "config", "dialplan", "engine", "media", "sip", "switch", "text",
        ],
    ),
    (
        "net",
        &[
            "ami", "config", "console", "dialplan", "engine", "manager", "media", "records", "sip",
            "switch", "text",
        ],
    ),
    ("ami-client", &["ami", "text"]),
    (
        "smartswitch",
        &[
            "ami", "config", "console", "dialplan", "engine", "manager", "media", "net", "records",
            "sip", "switch", "text",
        ],
    ),
    (
        "testkit",
        &[
            "ami", "config", "console", "dialplan", "engine", "manager", "media", "net", "records",
            "sip", "switch", "text",
        ],
    ),
    (
        "xtask",
        &["ami", "console", "dialplan", "engine", "manager"],
    ),
];

/// Complains about a dependency that has no arrow, and a crate that has no line above.
pub(super) fn check(packages: &[Value]) -> Result<Complaints, Failure> {
    let ours: Vec<&str> = packages
        .iter()
        .filter_map(|package| package["name"].as_str())
        .collect();
    let mut complaints = Complaints::new();
    for package in packages {
        let name = package["name"].as_str().ok_or("a package without a name")?;
        let Some((_, allowed)) = ARROWS.iter().find(|(of, _)| *of == name) else {
            complaints.push(format!(
                "crate {name}: give it a line in xtask/src/tidy/arrows.rs"
            ));
            continue;
        };
        let dependencies = package["dependencies"]
            .as_array()
            .ok_or("a package without a list")?;
        for dependency in dependencies {
            let Some(to) = dependency["name"].as_str().filter(|to| ours.contains(to)) else {
                continue;
            };
            // Tests may use the kit that tests are made of.
            let for_tests = dependency["kind"] == "dev" && to == "testkit";
            if !allowed.contains(&to) && !for_tests {
                complaints.push(format!("crate {name}: no arrow leads from it to {to}"));
            }
        }
    }
    Ok(complaints)
}
