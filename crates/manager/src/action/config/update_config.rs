use std::collections::HashMap;

use ami::action::config::UpdateConfig;
use ami::refusal::config as refusal;
use config::{Document, Edit};

use super::files::{Files, unreadable};
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn update_config(cx: &Cx<'_>, action: UpdateConfig) -> Result<Reply, Reply> {
    let UpdateConfig {
        src_filename: from,
        dst_filename: to,
        reload,
        changes,
        ..
    } = action;
    if from.is_empty() || to.is_empty() {
        return Err(Reply::error(refusal::NO_FILENAME));
    }
    Files::of(cx)
        .edit(move |files| update(files, &from, &to, &Changes::of(changes)))
        .await?;
    if config::is_true(&reload) {
        cx.host.reload(None).await;
    } else if !reload.is_empty() {
        cx.host.reload(Some(&reload)).await;
    }
    Ok(Reply::fields())
}

/// Carries out all changes, or none: the file is written once they are done.
fn update(files: &Files, from: &str, to: &str, changes: &Changes) -> Result<(), Reply> {
    files.check_existing(from)?;
    files.check_existing(to)?;
    let mut document = Document::open(files.directory(), from).map_err(unreadable)?;
    for n in 0.. {
        let edit = changes.edit(n);
        if edit.action.is_empty() {
            break;
        }
        document
            .apply(&edit)
            .map_err(|error| Reply::error(error.to_string()))?;
    }
    let saved = files.directory().save(to, &document.to_bytes());
    saved.map_err(|_| Reply::error(refusal::SAVE_FAILED))
}

/// The numbered headers, by their keys in lower case; of a key that comes twice, the first.
struct Changes(HashMap<String, String>);

impl Changes {
    fn of(headers: Vec<(String, String)>) -> Changes {
        // Put in from the last, so that the first is what stays.
        let last_first = headers.into_iter().rev();
        Changes(
            last_first
                .map(|(key, value)| (key.to_ascii_lowercase(), value))
                .collect(),
        )
    }

    fn edit(&self, n: usize) -> Edit<'_> {
        let get = |key| {
            self.0
                .get(&format!("{key}-{n:06}"))
                .map_or("", String::as_str)
        };
        Edit {
            action: get("action"),
            category: get("cat"),
            variable: get("var"),
            value: get("value"),
            matching: get("match"),
            line: get("line"),
            options: get("options"),
        }
    }
}
