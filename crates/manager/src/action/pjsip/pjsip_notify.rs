use ami::action::pjsip::PjsipNotify;
use ami::refusal::pjsip as refusal;
use sip::directory::{Notify, NotifyTarget, Request};
use switch::Text;

use super::shown;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn pjsip_notify(cx: &Cx<'_>, action: PjsipNotify) -> Result<Reply, Reply> {
    let directory = cx.host.sip();
    let to = match (&*action.endpoint, &*action.uri, &*action.channel) {
        (name, "", "") if !name.is_empty() => {
            let settings = directory.settings();
            let endpoint = shown::named(&settings, name)
                .ok_or_else(|| Reply::error(refusal::no_endpoint(name)))?;
            NotifyTarget::Endpoint(endpoint.name.clone())
        }
        ("", uri, "") if !uri.is_empty() => NotifyTarget::Uri(uri.into()),
        ("", "", channel) if !channel.is_empty() => NotifyTarget::Channel(channel.into()),
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
    let notify = Notify::of(to, pairs);
    if notify.headers.is_empty() {
        return Err(Reply::error(refusal::NOTIFY_WHAT));
    }
    super::order(&directory, Request::Notify(Box::new(notify)))?;
    Ok(Reply::success("NOTIFY sent"))
}

/// `name=value`
fn pair(text: &str) -> Option<(Text, Text)> {
    let (name, value) = text.split_once('=')?;
    let name = name.trim();
    (!name.is_empty()).then(|| (name.into(), value.trim().into()))
}
