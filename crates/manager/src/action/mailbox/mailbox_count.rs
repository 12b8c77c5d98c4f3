use ami::action::mailbox::MailboxCount;
use ami::refusal::state as refusal;
use engine::request::Request;

use crate::action::Cx;
use crate::reply::Reply;

/// Messages that are urgent are not told apart: whoever counts for us does not.
const URGENT: u32 = 0;

pub(super) async fn mailbox_count(cx: &Cx<'_>, action: MailboxCount) -> Result<Reply, Reply> {
    if action.mailbox.is_empty() {
        return Err(Reply::error(refusal::NO_MAILBOX));
    }
    let name = action.mailbox.as_str().into();
    let counted = cx
        .engine
        .ask(|reply| Request::CountMailboxes(name, reply))
        .await?;
    Ok(Reply::success("Mailbox Message Count")
        .line("Mailbox", &*action.mailbox)
        .line("UrgMessages", &URGENT)
        .line("NewMessages", &counted.new)
        .line("OldMessages", &counted.old))
}
