use ami::Dialect;
use ami::action::state::ExtensionStateList;
use ami::event::old;
use ami::event::state::{ExtensionStateListComplete, ExtensionStatus};
use engine::request::Request;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn extension_state_list(
    cx: &Cx<'_>,
    _: ExtensionStateList,
) -> Result<Reply, Reply> {
    let hints = cx.engine.ask(Request::Hints).await?;
    let mut list = cx.list("Extension Statuses will follow");
    for hint in &hints {
        let (exten, context, status) = (&hint.exten, &hint.context, hint.state.figure());
        match cx.dialect {
            Dialect::Current => list.item(&ExtensionStatus {
                exten,
                context,
                hint: &hint.hint,
                status,
                status_text: hint.state.word(),
            }),
            Dialect::Old => {
                list.item(&old::ExtensionStatus {
                    exten,
                    context,
                    hint: &hint.hint,
                    status,
                });
            }
        }
    }
    let items = list.count();
    Ok(list.complete(&ExtensionStateListComplete { items }))
}
