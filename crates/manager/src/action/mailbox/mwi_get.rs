use ami::action::mailbox::MwiGet;
use ami::event::state::{MwiGet as Item, MwiGetComplete};

use super::named;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn mwi_get(cx: &Cx<'_>, action: MwiGet) -> Result<Reply, Reply> {
    let mailboxes = named(cx, &action.mailbox).await?;
    let mut list = cx.list("Mailboxes will follow");
    for (name, mailbox) in &mailboxes {
        list.item(&Item {
            mailbox: name,
            old_messages: mailbox.old,
            new_messages: mailbox.new,
        });
    }
    let items = list.count();
    Ok(list.complete(&MwiGetComplete { items }))
}
