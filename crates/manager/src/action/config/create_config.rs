use ami::action::config::CreateConfig;
use ami::refusal::config as refusal;

use super::files::Files;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn create_config(cx: &Cx<'_>, action: CreateConfig) -> Result<Reply, Reply> {
    let name = action.filename;
    if name.is_empty() {
        return Err(Reply::error(refusal::NO_FILENAME));
    }
    let create = move |files: &Files| {
        files.check_new(&name)?;
        let saved = files.directory().save(&name, b"");
        saved.map_err(|error| Reply::error(error.to_string()))
    };
    Files::of(cx).edit(create).await?;
    Ok(Reply::success(
        "New configuration file created successfully",
    ))
}
