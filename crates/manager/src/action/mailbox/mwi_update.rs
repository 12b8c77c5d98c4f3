use ami::action::mailbox::MwiUpdate;
use ami::refusal::mailbox as refusal;
use engine::request::Request;
use switch::Text;
use switch::mailbox::Mailbox;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn mwi_update(cx: &Cx<'_>, action: MwiUpdate) -> Result<Reply, Reply> {
    if action.mailbox.is_empty() {
        return Err(Reply::error(refusal::MISSING));
    }
    let figure = |text: &str, key: &str| match text.trim() {
        "" => Ok(0),
        text => text
            .parse::<u32>()
            .map_err(|_| Reply::error(refusal::bad_count(key))),
    };
    let counted = Mailbox {
        new: figure(&action.new_messages, "NewMessages")?,
        old: figure(&action.old_messages, "OldMessages")?,
    };
    let name = Text::from(action.mailbox.as_str());
    let kept = cx
        .engine
        .ask(|reply| Request::SetMailbox(name, counted, reply))
        .await?;
    match kept {
        true => Ok(Reply::new("Success")),
        false => Err(Reply::error(refusal::TOO_MANY)),
    }
}
