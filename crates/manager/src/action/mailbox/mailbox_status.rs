use ami::action::mailbox::MailboxStatus;
use ami::refusal::state as refusal;
use engine::request::Request;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn mailbox_status(cx: &Cx<'_>, action: MailboxStatus) -> Result<Reply, Reply> {
    if action.mailbox.is_empty() {
        return Err(Reply::error(refusal::NO_MAILBOX));
    }
    let names = action.mailbox.as_str().into();
    let counted = cx
        .engine
        .ask(|reply| Request::CountMailboxes(names, reply))
        .await?;
    Ok(Reply::success("Mailbox Status")
        .line("Mailbox", &*action.mailbox)
        .line("Waiting", &u8::from(counted.new > 0)))
}
