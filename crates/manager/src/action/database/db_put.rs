use ami::action::database::DbPut;
use ami::refusal::database as refusal;
use engine::request::Request;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn db_put(cx: &Cx<'_>, action: DbPut) -> Result<Reply, Reply> {
    if action.family.is_empty() {
        return Err(Reply::error(refusal::NO_FAMILY));
    }
    if action.key.is_empty() {
        return Err(Reply::error(refusal::NO_KEY));
    }
    let (family, key, value) = (action.family.into(), action.key.into(), action.val.into());
    let outcome = cx
        .engine
        .ask(|answer| Request::DatabasePut(family, key, value, answer))
        .await?;
    outcome.map_err(|_| Reply::error(refusal::NOT_UPDATED))?;
    Ok(Reply::success("Updated database successfully"))
}
