use ami::action::database::DbGet;
use ami::event::database::{DbGetComplete, DbGetResponse};
use ami::refusal::database as refusal;
use engine::request::Request;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn db_get(cx: &Cx<'_>, action: DbGet) -> Result<Reply, Reply> {
    let DbGet { family, key } = &action;
    if family.is_empty() {
        return Err(Reply::error(refusal::NO_FAMILY_STOP));
    }
    if key.is_empty() {
        return Err(Reply::error(refusal::NO_KEY_STOP));
    }
    let (of, at) = (family.as_str().into(), key.as_str().into());
    let found = cx
        .engine
        .ask(|answer| Request::DatabaseGet(of, at, answer))
        .await?;
    let value = found.ok_or_else(|| Reply::error(refusal::NOT_FOUND))?;
    let mut list = cx.list("Result will follow");
    list.item(&DbGetResponse {
        family,
        key,
        value: &value,
    });
    let items = list.count();
    Ok(list.complete(&DbGetComplete { items }))
}
