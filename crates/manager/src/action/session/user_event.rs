use std::sync::Arc;
use std::time::Duration;

use ::engine::request::{Request, Responder};
use ami::action::session::UserEvent;
use switch::Text;
use tokio::time::{sleep, timeout};

use crate::fanout::Hub;
use crate::limits;
use crate::reply::Reply;
use crate::session::{Outcome, Session};

/// Sends an event of the client's own.
///
/// The answer is always the same, so it is not waited for, but for every so many: a client sends no faster
/// than the engine takes and than those who listen can read.
pub(super) fn user_event(session: &mut Session, action: UserEvent) -> Outcome {
    let name = Text::from(action.user_event);
    let headers: Vec<(Text, Text)> = action
        .rest
        .into_iter()
        .map(|(key, value)| (key.into(), value.into()))
        .collect();
    let sent = || Reply::success("Event Sent");
    if session.may_order() {
        let request = Request::UserEvent(name, headers, Responder::ignore());
        return match session.manager().engine.tell(request) {
            Ok(()) => sent().into(),
            Err(error) => Reply::from(error).into(),
        };
    }
    let manager = Arc::clone(session.manager());
    Outcome::Switch(Box::pin(async move {
        let told = manager
            .engine
            .ask(|answer| Request::UserEvent(name, headers, answer))
            .await;
        // A timeout is no failure: the event is on its way whoever is slow.
        let _ = timeout(limits::MAX_PRESSED, relief(&manager.hub)).await;
        told.map(|()| sent()).into()
    }))
}

/// Waits while events come faster than they are read.
async fn relief(hub: &Hub) {
    while hub.is_pressed() {
        sleep(Duration::from_millis(1)).await;
    }
}
