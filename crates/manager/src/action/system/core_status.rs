use ami::action::system::CoreStatus;
use engine::request::Request;

use crate::action::{Cx, local};
use crate::reply::Reply;
use crate::tell::Clock;

pub(super) async fn core_status(cx: &Cx<'_>, _: CoreStatus) -> Result<Reply, Reply> {
    let counters = cx.engine.ask(Request::Counters).await?;
    let times = cx.host.times();
    let clock = Clock::new(local::zone(cx));
    Ok(Reply::fields()
        .line("CoreStartupDate", &clock.format(times.started, "%F"))
        .line("CoreStartupTime", &clock.format(times.started, "%T"))
        .line("CoreReloadDate", &clock.format(times.reloaded, "%F"))
        .line("CoreReloadTime", &clock.format(times.reloaded, "%T"))
        .line("CoreCurrentCalls", &counters.channels)
        .line("CoreProcessedCalls", &counters.processed))
}
