use ami::action::mailbox::MailboxStatus;
use ami::refusal::state as refusal;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn mailbox_status(cx: &Cx<'_>, action: MailboxStatus) -> Reply {
    if action.mailbox.is_empty() {
        return Reply::error(refusal::NO_MAILBOX);
    }
    let mut waiting = 0_u8;
    for mailbox in action.mailbox.split(',').map(str::trim) {
        let counts = cx.host.mailbox(mailbox).await;
        waiting |= u8::from(counts.urgent + counts.new > 0);
    }
    Reply::success("Mailbox Status")
        .line("Mailbox", &*action.mailbox)
        .line("Waiting", &waiting)
}
