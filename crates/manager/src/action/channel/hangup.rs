use ami::action::channel::Hangup;
use ami::event::channel::{ChannelHungup, ChannelsHungupListComplete};
use ami::refusal::channel as refusal;
use engine::request::{NameTest, Request, Target};
use regex::{Regex, RegexBuilder};
use switch::Cause;

use crate::action::Cx;
use crate::limits;
use crate::reply::Reply;

pub(super) async fn hangup(cx: &Cx<'_>, action: Hangup) -> Result<Reply, Reply> {
    if action.channel.is_empty() {
        return Err(Reply::error(refusal::NO_CHANNEL));
    }
    // A cause that is none is no reason to let the call go on.
    let cause = action
        .cause
        .trim()
        .parse()
        .ok()
        .filter(|cause| *cause <= 127);
    hang_up(cx, &action.channel, cause.map_or(Cause::UNKNOWN, Cause)).await
}

/// Hangs up a channel, or all whose names match `/regex/`.
pub(in crate::action) async fn hang_up(
    cx: &Cx<'_>,
    channel: &str,
    cause: Cause,
) -> Result<Reply, Reply> {
    if channel.starts_with('/') {
        return hang_up_matching(cx, channel, cause).await;
    }
    let target = Target::Name(channel.into());
    let found = cx
        .engine
        .ask(|answer| Request::Hangup(target, cause, answer))
        .await?;
    if found.is_empty() {
        return Err(Reply::error(refusal::NO_SUCH_CHANNEL));
    }
    Ok(Reply::success("Channel Hungup"))
}

async fn hang_up_matching(cx: &Cx<'_>, pattern: &str, cause: Cause) -> Result<Reply, Reply> {
    let regex = compile(pattern)?;
    let target = Target::Matching(NameTest(Box::new(move |name| regex.is_match(name))));
    let found = cx
        .engine
        .ask(|answer| Request::Hangup(target, cause, answer))
        .await?;
    let mut list = cx.list("Channels hung up will follow");
    for channel in &found {
        list.item(&ChannelHungup { channel });
    }
    let items = list.count();
    Ok(list.complete(&ChannelsHungupListComplete { items }))
}

/// `/regex/`.
fn compile(pattern: &str) -> Result<Regex, Reply> {
    let inside = pattern
        .strip_prefix('/')
        .and_then(|rest| rest.strip_suffix('/'));
    let inside = inside.ok_or_else(|| Reply::error(refusal::REGEX_FORMAT))?;
    RegexBuilder::new(inside)
        .size_limit(limits::MAX_PATTERN)
        .build()
        .map_err(|_| Reply::error(refusal::regex_failed(inside)))
}
