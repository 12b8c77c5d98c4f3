use ami::action::channel::CoreShowChannelMap;
use ami::event::channel::{CoreShowChannelMapChannel, CoreShowChannelMapComplete};
use ami::refusal::channel as refusal;
use engine::request::{NoChannel, Request};

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn core_show_channel_map(
    cx: &Cx<'_>,
    action: CoreShowChannelMap,
) -> Result<Reply, Reply> {
    if action.channel.is_empty() {
        return Err(Reply::error(refusal::MAP_NEEDS_CHANNEL));
    }
    let channel = action.channel.into();
    let found = cx
        .engine
        .ask(|answer| Request::ChannelMap(channel, answer))
        .await?;
    let connected = found.map_err(|NoChannel| Reply::error(refusal::MAP_NO_CHANNEL))?;
    let mut list = cx.list("Channel map will follow");
    for name in &connected {
        list.item(&CoreShowChannelMapChannel {
            connected_channel: name,
        });
    }
    let items = list.count();
    Ok(list.complete(&CoreShowChannelMapComplete { items }))
}
