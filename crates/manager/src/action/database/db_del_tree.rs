use ami::action::database::DbDelTree;
use ami::refusal::database as refusal;
use engine::request::Request;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn db_del_tree(cx: &Cx<'_>, action: DbDelTree) -> Result<Reply, Reply> {
    if action.family.is_empty() {
        return Err(Reply::error(refusal::NO_FAMILY_STOP));
    }
    let (family, key) = (action.family.into(), action.key.into());
    let outcome = cx
        .engine
        .ask(|answer| Request::DatabaseDeleteTree(family, key, answer))
        .await?;
    match outcome {
        Ok(0) => Err(Reply::error(refusal::NOT_FOUND)),
        Ok(_) => Ok(Reply::success("Key tree deleted successfully")),
        Err(_) => Err(Reply::error("Database unavailable")),
    }
}
