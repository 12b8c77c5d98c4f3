use ami::action::mailbox::MwiDelete;
use engine::request::Request;

use super::named;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn mwi_delete(cx: &Cx<'_>, action: MwiDelete) -> Result<Reply, Reply> {
    for (name, _) in named(cx, &action.mailbox).await? {
        cx.engine
            .ask(|reply| Request::RemoveMailbox(name, reply))
            .await?;
    }
    Ok(Reply::new("Success"))
}
