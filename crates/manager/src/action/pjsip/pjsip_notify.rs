use ami::action::pjsip::PjsipNotify;
use ami::refusal::pjsip as refusal;
use sip::directory::{Notify, NotifyTarget, Request};
use switch::Text;
use switch::signal::{Notification, Order};

use super::shown;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn pjsip_notify(cx: &Cx<'_>, action: PjsipNotify) -> Result<Reply, Reply> {
    let directory = cx.host.sip();
    let whom = match (&*action.endpoint, &*action.uri, &*action.channel) {
        (name, "", "") if !name.is_empty() => {
            let settings = directory.settings();
            let endpoint = shown::named(&settings, name)
                .ok_or_else(|| Reply::error(refusal::no_endpoint(name)))?;
            Whom::Alone(NotifyTarget::Endpoint(endpoint.name.clone()))
        }
        ("", uri, "") if !uri.is_empty() => Whom::Alone(NotifyTarget::Uri(uri.into())),
        ("", "", channel) if !channel.is_empty() => Whom::Channel(channel.into()),
        _ => return Err(Reply::error(refusal::NOTIFY_WHOM)),
    };
    let pairs: Vec<(Text, Text)> = match action.option.as_str() {
        "" => action
            .variable
            .iter()
            .map(|one| pair(one))
            .collect::<Option<_>>()
            .ok_or_else(|| Reply::error(refusal::BAD_HEADER))?,
        option => directory
            .settings()
            .notify_options
            .get(option)
            .cloned()
            .ok_or_else(|| Reply::error(refusal::no_notify_option(option)))?,
    };
    if pairs
        .iter()
        .all(|(name, _)| name.eq_ignore_ascii_case("content"))
    {
        return Err(Reply::error(refusal::NOTIFY_WHAT));
    }
    match whom {
        Whom::Alone(to) => {
            let notify = Notify::of(to, pairs);
            super::order(&directory, Request::Notify(Box::new(notify)))?;
        }
        Whom::Channel(channel) => {
            let (to, content) = (Text::default(), Notification::Lines(pairs));
            super::order_channel(cx, channel, Order::Notify { to, content }).await?;
        }
    }
    Ok(Reply::success("NOTIFY sent"))
}

/// Who is told.
enum Whom {
    Alone(NotifyTarget),
    Channel(Text),
}

/// `name=value`
fn pair(text: &str) -> Option<(Text, Text)> {
    let (name, value) = text.split_once('=')?;
    let name = name.trim();
    (!name.is_empty()).then(|| (name.into(), value.trim().into()))
}
