use ami::action::mailbox::MailboxCount;
use ami::refusal::state as refusal;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn mailbox_count(cx: &Cx<'_>, action: MailboxCount) -> Reply {
    if action.mailbox.is_empty() {
        return Reply::error(refusal::NO_MAILBOX);
    }
    let counts = cx.host.mailbox(&action.mailbox).await;
    Reply::success("Mailbox Message Count")
        .line("Mailbox", &*action.mailbox)
        .line("UrgMessages", &counts.urgent)
        .line("NewMessages", &counts.new)
        .line("OldMessages", &counts.old)
}
