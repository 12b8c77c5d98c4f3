use ami::action::state::PresenceStateList;
use ami::event::state::{PresenceStateChange, PresenceStateListComplete};
use engine::request::Request;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn presence_state_list(cx: &Cx<'_>, _: PresenceStateList) -> Result<Reply, Reply> {
    let presences = cx.engine.ask(Request::Presences).await?;
    let mut list = cx.list("Presence State Changes will follow");
    for (presentity, presence) in &presences {
        list.item(&PresenceStateChange {
            presentity,
            status: presence.state.word(),
            subtype: &presence.subtype,
            message: &presence.message,
        });
    }
    let items = list.count();
    Ok(list.complete(&PresenceStateListComplete { items }))
}
