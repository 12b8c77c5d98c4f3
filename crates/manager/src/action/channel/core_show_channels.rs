use std::fmt::Write;
use std::time::Duration;

use ami::action::channel::CoreShowChannels;
use ami::event::channel::{CoreShowChannel, CoreShowChannelsComplete};
use engine::request::Request;

use crate::action::Cx;
use crate::reply::Reply;
use crate::tell::group;

pub(super) async fn core_show_channels(cx: &Cx<'_>, _: CoreShowChannels) -> Result<Reply, Reply> {
    let channels = cx.engine.ask(Request::Channels).await?;
    let now = cx.host.now();
    let mut list = cx.list("Channels will follow");
    let mut duration = String::new();
    for channel in &channels {
        write_duration(now.since(channel.created), &mut duration);
        list.item(&CoreShowChannel {
            channel: group::channel(channel),
            application: &channel.application,
            application_data: &channel.data,
            duration: &duration,
            bridge_id: channel.bridge.as_deref().unwrap_or_default(),
        });
    }
    let items = list.count();
    Ok(list.complete(&CoreShowChannelsComplete { items }))
}

/// Hours, minutes and seconds, in place of what was there.
fn write_duration(span: Duration, out: &mut String) {
    let seconds = span.as_secs();
    out.clear();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    // Writing into a string does not fail.
    let _ = write!(out, "{hours:02}:{minutes:02}:{seconds:02}");
}
