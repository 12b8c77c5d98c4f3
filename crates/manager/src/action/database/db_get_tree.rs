use ami::action::database::DbGetTree;
use ami::event::database::{DbGetTreeComplete, DbGetTreeResponse};
use ami::refusal::database as refusal;
use engine::request::Request;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn db_get_tree(cx: &Cx<'_>, action: DbGetTree) -> Result<Reply, Reply> {
    let prefix = match (&*action.family, &*action.key) {
        ("", _) => String::new(),
        (family, "") => format!("/{family}"),
        (family, key) => format!("/{family}/{key}"),
    };
    let prefix = prefix.into();
    let entries = cx
        .engine
        .ask(|answer| Request::DatabaseTree(prefix, answer))
        .await?;
    if entries.is_empty() {
        return Err(Reply::error(refusal::NOT_FOUND));
    }
    let mut list = cx.list("Result will follow");
    for (key, value) in &entries {
        list.item(&DbGetTreeResponse { key, value });
    }
    let items = list.count();
    Ok(list.complete(&DbGetTreeComplete { items }))
}
