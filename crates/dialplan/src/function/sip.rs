//! What SIP says: headers, addresses, and what is configured of an endpoint.

mod pjsip_aor;
mod pjsip_contact;
mod pjsip_dial_contacts;
mod pjsip_dtmf_mode;
mod pjsip_endpoint;
mod pjsip_header;
mod pjsip_header_param;
mod pjsip_headers;
mod pjsip_inheritable_header;
mod pjsip_media_offer;
mod pjsip_moh_passthrough;
mod pjsip_parse_uri;
mod pjsip_parse_uri_from;
mod pjsip_response_header;
mod pjsip_response_headers;
mod pjsip_send_session_refresh;
mod pjsip_transfer_handling;

#[cfg(test)]
mod tests;

pub(crate) use pjsip_aor::PJSIP_AOR;
pub(crate) use pjsip_contact::PJSIP_CONTACT;
pub(crate) use pjsip_dial_contacts::PJSIP_DIAL_CONTACTS;
pub(crate) use pjsip_dtmf_mode::PJSIP_DTMF_MODE;
pub(crate) use pjsip_endpoint::PJSIP_ENDPOINT;
pub(crate) use pjsip_header::PJSIP_HEADER;
pub(crate) use pjsip_header_param::PJSIP_HEADER_PARAM;
pub(crate) use pjsip_headers::PJSIP_HEADERS;
pub(crate) use pjsip_inheritable_header::PJSIP_INHERITABLE_HEADER;
pub(crate) use pjsip_media_offer::PJSIP_MEDIA_OFFER;
pub(crate) use pjsip_moh_passthrough::PJSIP_MOH_PASSTHROUGH;
pub(crate) use pjsip_parse_uri::PJSIP_PARSE_URI;
pub(crate) use pjsip_parse_uri_from::PJSIP_PARSE_URI_FROM;
pub(crate) use pjsip_response_header::PJSIP_RESPONSE_HEADER;
pub(crate) use pjsip_response_headers::PJSIP_RESPONSE_HEADERS;
pub(crate) use pjsip_send_session_refresh::PJSIP_SEND_SESSION_REFRESH;
pub(crate) use pjsip_transfer_handling::PJSIP_TRANSFER_HANDLING;

use switch::Text;
use switch::channel::Channel;
use switch::signal::Order;

use super::{Env, FunctionError};
use crate::function::system::call_scope;
use crate::scope::{CallEnv, CallScope};
use crate::script::{Scope, arguments};
use crate::task::Gone;
use crate::world::{Answer, Question, Subject};

/// The technology that these functions are of.
const TECHNOLOGY: &str = "PJSIP";

/// Headers that may wait for the next message.
const HEADERS: usize = 256;

/// Looks at a channel that speaks SIP, or changes it.
fn on_channel<R>(
    env: &mut dyn Env,
    act: impl FnOnce(&mut Channel) -> R,
) -> Result<R, FunctionError> {
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    env.with(|world| match world.switch.channel_mut(id) {
        Some(channel) if channel.view().technology == "Local" => {
            Err(FunctionError::failed("the channel does not speak SIP"))
        }
        Some(channel) => Ok(act(channel)),
        None => Err(FunctionError::failed("the channel is gone")),
    })
}

/// The value of the header that arguments such as `read,From,1` name, of the far end's latest message.
fn header(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 3);
    let (action, name) = (arguments::nth(&args, 0), arguments::nth(&args, 1));
    if !action.eq_ignore_ascii_case("read") {
        return Err(FunctionError::failed(format!("{action:?} cannot be read")));
    }
    let number = number(arguments::nth(&args, 2))?;
    on_channel(env, |channel| {
        let known = match channel.headers.is_empty() {
            true => &channel.attached,
            false => &channel.headers,
        };
        let at = position(known, name, number)?;
        known.get(at).map(|(_, value)| value.to_string())
    })
    .map(Option::unwrap_or_default)
}

/// The names of the far end's headers that begin so, each once.
fn names(env: &mut dyn Env, prefix: &str) -> Result<String, FunctionError> {
    let prefix = prefix.to_ascii_lowercase();
    on_channel(env, |channel| {
        let mut names: Vec<String> = Vec::new();
        for (name, _) in &channel.headers {
            let begins = name.to_ascii_lowercase().starts_with(&prefix);
            if begins && !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                names.push(name.to_string());
            }
        }
        names.join(",")
    })
}

/// Which of several; counted from the last where it is negative.
fn number(text: &str) -> Result<i32, FunctionError> {
    match text.trim() {
        "" => Ok(1),
        text => {
            let number = text.parse().ok().filter(|number| *number != 0);
            number.ok_or_else(|| FunctionError::failed(format!("{text:?} is no number")))
        }
    }
}

/// Changes headers that a channel has to say: `add,name`, `update,name,number`, `remove,name`.
fn change(
    env: &mut dyn Env,
    args: &str,
    value: &str,
    which: impl FnOnce(&mut Channel) -> &mut Vec<(Text, Text)>,
) -> Result<(), FunctionError> {
    let args = arguments::split(args, 3);
    let name = arguments::nth(&args, 1).trim();
    let nth = number(arguments::nth(&args, 2))?;
    let broken = |text: &str| text.contains(['\r', '\n', '\0']);
    if name.is_empty() || broken(name) || broken(value) || name.contains([':', ' ']) {
        return Err(FunctionError::failed("that is no header"));
    }
    let missing = || FunctionError::failed(format!("there is no header {name:?}"));
    on_channel(env, |channel| {
        let headers = which(channel);
        match &*arguments::nth(&args, 0).to_ascii_lowercase() {
            "add" if headers.len() >= HEADERS => {
                Err(FunctionError::failed("there are too many headers already"))
            }
            "add" => {
                headers.push((Text::from(name), Text::from(value)));
                Ok(())
            }
            "update" => {
                let at = position(headers, name, nth).ok_or_else(missing)?;
                if let Some((_, known)) = headers.get_mut(at) {
                    *known = Text::from(value);
                }
                Ok(())
            }
            "remove" => {
                match name.strip_suffix('*') {
                    Some(prefix) => {
                        let prefix = prefix.to_ascii_lowercase();
                        headers
                            .retain(|(known, _)| !known.to_ascii_lowercase().starts_with(&prefix));
                    }
                    None => headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name)),
                }
                Ok(())
            }
            action => Err(FunctionError::failed(format!(
                "{action:?} cannot be assigned to"
            ))),
        }
    })?
}

fn position(headers: &[(Text, Text)], name: &str, number: i32) -> Option<usize> {
    let named =
        |(at, (known, _)): (usize, &(Text, Text))| known.eq_ignore_ascii_case(name).then_some(at);
    let mut found = headers.iter().enumerate().filter_map(named);
    let nth = usize::try_from(number.unsigned_abs().saturating_sub(1)).ok()?;
    match number < 0 {
        true => found.rev().nth(nth),
        false => found.nth(nth),
    }
}

/// Asks the driver for something that only it knows.
async fn detail(scope: &CallScope, of: Subject, field: &str) -> Result<String, FunctionError> {
    let question = Question::Detail {
        technology: TECHNOLOGY,
        of,
        field: Text::from(field),
    };
    match scope.task.ask(None, question).await {
        Ok(Answer::Text(value)) => Ok(value.to_string()),
        Ok(Answer::Failed(why)) => Err(FunctionError::Failed(why)),
        Ok(_) => Err(FunctionError::failed("nobody knows it")),
        Err(Gone) => Err(FunctionError::failed("the call is over")),
    }
}

/// A field of something that is configured, such as an endpoint: `name,field`.
async fn configured(
    scope: &dyn Scope,
    subject: fn(Text) -> Subject,
    args: &str,
) -> Result<String, FunctionError> {
    let scope = call_scope(scope)?;
    let args = arguments::split(args, 2);
    let (name, field) = (arguments::nth(&args, 0), arguments::nth(&args, 1));
    if name.is_empty() || field.is_empty() {
        return Err(FunctionError::failed("it wants a name and a field"));
    }
    detail(scope, subject(name.into()), field).await
}

/// What only the driver knows of the channel itself.
pub(super) async fn of_channel(scope: &CallScope, field: &str) -> Result<String, FunctionError> {
    let view = scope
        .channel
        .and_then(|id| scope.task.with(|world| world.switch.view(id)));
    let view = view.ok_or_else(|| FunctionError::failed("it needs a channel"))?;
    if view.technology == "Local" {
        return Err(FunctionError::failed("the channel does not speak SIP"));
    }
    detail(scope, Subject::Channel(view.id), field).await
}

/// A setting of the call: what the dialplan made it, else what the endpoint's option says.
async fn setting(
    scope: &CallScope,
    name: &'static str,
    option: &str,
) -> Result<String, FunctionError> {
    let found = scope.channel.and_then(|id| {
        scope.task.with(|world| {
            let channel = world.switch.channel(id)?;
            let mut changed = channel.settings.iter();
            let changed = changed.find(|(known, _)| *known == name);
            Some((
                channel.view().clone(),
                changed.map(|(_, value)| value.to_string()),
            ))
        })
    });
    let Some((view, changed)) = found else {
        return Err(FunctionError::failed("it needs a channel"));
    };
    if let Some(changed) = changed {
        return Ok(changed);
    }
    if view.technology != TECHNOLOGY {
        return Err(FunctionError::failed("the channel does not speak SIP"));
    }
    let device = view.name.split_once('/').map_or("", |(_, rest)| rest);
    let device = device.rsplit_once('-').map_or(device, |(device, _)| device);
    detail(scope, Subject::Endpoint(device.into()), option).await
}

/// Changes a setting of the call at the driver.
fn set(env: &mut dyn Env, name: &'static str, value: &str) -> Result<(), FunctionError> {
    on_channel(env, |_| ())?;
    let env = CallEnv::of(env)?;
    let (id, value) = (env.channel()?, Text::from(value.trim()));
    env.with(|world| {
        if let Some(channel) = world.switch.channel_mut(id) {
            channel.settings.retain(|(known, _)| *known != name);
            channel.settings.push((name, value.clone()));
        }
        world.switch.order(id, Order::Set { name, value });
    });
    Ok(())
}
