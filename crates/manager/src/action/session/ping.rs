use ami::action::session::Ping;
use ami::event::Timestamp;

use crate::reply::Reply;
use crate::session::Session;

/// Answers with the time; the engine is not asked.
pub(super) fn ping(session: &mut Session, _: Ping) -> Reply {
    let now = session.manager().host.now();
    let timestamp = Timestamp {
        seconds: now.seconds(),
        micros: now.subsecond_micros(),
    };
    Reply::fields()
        .line("Ping", "Pong")
        .line("Timestamp", &timestamp)
}
