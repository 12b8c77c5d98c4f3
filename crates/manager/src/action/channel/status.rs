use ami::action::channel::Status;
use ami::event::channel::{Status as StatusItem, StatusComplete};
use ami::refusal::channel as refusal;
use engine::request::Request;
use switch::fact::Snap;
use switch::{Snapshot, Text};

use super::outside::{may_evaluate, trust};
use crate::action::Cx;
use crate::reply::Reply;
use crate::tell::group;

pub(super) async fn status(cx: &Cx<'_>, action: Status) -> Result<Reply, Reply> {
    if !may_evaluate(cx.user, &action.variables) {
        return Err(Reply::error(refusal::STATUS_FORBIDDEN));
    }
    let channels = if action.channel.is_empty() {
        cx.engine.ask(Request::Channels).await?
    } else {
        let name = Text::from(&*action.channel);
        let found = cx
            .engine
            .ask(|answer| Request::Channel(name, answer))
            .await?;
        vec![found.ok_or_else(|| Reply::error(refusal::NO_SUCH_CHANNEL))?]
    };
    let mut list = cx.list("Channel status will follow");
    for channel in &channels {
        let Some(variables) = variables(cx, &action, channel).await? else {
            continue;
        };
        let pairs: Vec<(&str, &str)> = variables
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        list.item(&item(channel, seconds(cx, channel), &pairs));
    }
    let items = list.count();
    Ok(list.complete(&StatusComplete {
        items,
        channels: items,
    }))
}

/// The variables that are asked for; `None` if the channel is gone meanwhile.
async fn variables(
    cx: &Cx<'_>,
    action: &Status,
    channel: &Snap,
) -> Result<Option<Vec<(Text, Text)>>, Reply> {
    let mut all = Vec::new();
    if config::is_true(&action.all_variables) {
        let id = channel.uniqueid.clone();
        match cx
            .engine
            .ask(|answer| Request::ChannelVariables(id, answer))
            .await?
        {
            Ok(variables) => all = variables,
            Err(_) => return Ok(None),
        }
    }
    let names = names(&action.variables);
    if !names.is_empty() {
        let (id, asked, trust) = (channel.uniqueid.clone(), names.clone(), trust(cx));
        match cx
            .engine
            .ask(|answer| Request::GetVariables(id, asked, trust, answer))
            .await?
        {
            Ok(values) => all.extend(names.into_iter().zip(values)),
            Err(_) => return Ok(None),
        }
    }
    Ok(Some(all))
}

/// Splits at the commas that are not inside a function's arguments.
fn names(list: &str) -> Vec<Text> {
    let mut depth = 0_u32;
    let parts = list.split(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    });
    parts
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(Text::from)
        .collect()
}

fn seconds(cx: &Cx<'_>, channel: &Snapshot) -> u64 {
    cx.host.now().since(channel.created).as_secs()
}

fn item<'a>(of: &'a Snapshot, seconds: u64, variables: &'a [(&'a str, &'a str)]) -> StatusItem<'a> {
    StatusItem {
        channel: group::channel(of),
        technology: of.technology,
        dnid: &of.dnid,
        effective_connected_line_num: &of.connected.number,
        effective_connected_line_name: &of.connected.name,
        // Its instant, not what is left until then.
        time_to_hangup: of.hangup_at.map_or(0, |at| at.seconds().cast_signed()),
        bridge_id: of.bridge.as_deref().unwrap_or_default(),
        application: &of.application,
        data: &of.data,
        native_formats: &of.formats,
        read_format: &of.format,
        read_translation: "",
        write_format: &of.format,
        write_translation: "",
        call_group: 0,
        pickup_group: 0,
        seconds,
        variables,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_inside_a_function_do_not_divide() {
        let list = names("TICKET, CALLERID(num) ,,CUT(x,-,2)");
        assert_eq!(
            list.iter().map(|n| &**n).collect::<Vec<_>>(),
            ["TICKET", "CALLERID(num)", "CUT(x,-,2)"]
        );
    }
}
