use ami::action::database::DbDel;
use ami::refusal::database as refusal;
use engine::request::Request;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn db_del(cx: &Cx<'_>, action: DbDel) -> Result<Reply, Reply> {
    if action.family.is_empty() {
        return Err(Reply::error(refusal::NO_FAMILY_STOP));
    }
    if action.key.is_empty() {
        return Err(Reply::error(refusal::NO_KEY_STOP));
    }
    let (family, key) = (action.family.into(), action.key.into());
    let outcome = cx
        .engine
        .ask(|answer| Request::DatabaseDelete(family, key, answer))
        .await?;
    match outcome {
        Ok(true) => Ok(Reply::success("Key deleted successfully")),
        Ok(false) | Err(_) => Err(Reply::error(refusal::NOT_DELETED)),
    }
}
