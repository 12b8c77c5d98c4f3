//! What every crate keeps to: no unsafe code, one test binary.

use std::path::Path;

use serde_json::Value;

use super::{Complaints, shown};
use crate::Failure;

pub(super) fn check(packages: &[Value]) -> Result<Complaints, Failure> {
    let mut complaints = Complaints::new();
    for package in packages {
        let name = package["name"].as_str().ok_or("a package without a name")?;
        let targets = package["targets"]
            .as_array()
            .ok_or("a package without targets")?;
        let is = |target: &Value, wanted: &[&str]| {
            let kinds = target["kind"].as_array().into_iter().flatten();
            kinds
                .filter_map(Value::as_str)
                .any(|kind| wanted.contains(&kind))
        };
        for target in targets
            .iter()
            .filter(|target| is(target, &["lib", "bin", "proc-macro"]))
        {
            let root = Path::new(
                target["src_path"]
                    .as_str()
                    .ok_or("a target without a path")?,
            );
            if !std::fs::read_to_string(root)?.contains("#![forbid(unsafe_code)]") {
                complaints.push(format!(
                    "{}: #![forbid(unsafe_code)] is missing",
                    shown(root)
                ));
            }
        }
        // Each test binary links everything once more; modules of one cost nothing.
        if targets
            .iter()
            .filter(|target| is(target, &["test"]))
            .count()
            > 1
        {
            complaints.push(format!(
                "crate {name}: more than one file in tests/; make them modules of one"
            ));
        }
        if package["license"].as_str() != Some("MIT OR Apache-2.0") {
            complaints.push(format!("crate {name}: license.workspace = true is missing"));
        }
    }
    Ok(complaints)
}
