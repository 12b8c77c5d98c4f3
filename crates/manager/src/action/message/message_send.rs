use ami::action::message::MessageSend;
use ami::refusal::pjsip as refusal;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use engine::request::Responder;
use sip::directory::{Message, Request};
use switch::Text;
use tokio::sync::oneshot;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn message_send(cx: &Cx<'_>, action: MessageSend) -> Result<Reply, Reply> {
    let body = match action.base64_body.as_str() {
        "" => action.body.clone(),
        coded => decoded(coded).ok_or_else(|| Reply::error(refusal::BAD_BASE64))?,
    };
    let to = match (&*action.destination, &*action.to) {
        ("", "") => return Err(Reply::error(refusal::NO_DESTINATION)),
        ("", to) => to,
        (destination, _) => destination,
    };
    let headers: Option<Vec<(Text, Text)>> = action.variable.iter().map(|one| pair(one)).collect();
    let headers = headers.ok_or_else(|| Reply::error(refusal::BAD_HEADER))?;
    let (send, sent) = oneshot::channel();
    let message = Message {
        to: address(to)?.into(),
        to_header: if action.destination.is_empty() {
            ""
        } else {
            &action.to
        }
        .into(),
        from: address(&action.from)?.into(),
        body: body.into(),
        headers,
        // Whoever asked may have gone meanwhile.
        reply: Responder::new(move |done| {
            let _ = send.send(done);
        }),
    };
    let order = Request::Message(Box::new(message));
    cx.host
        .sip()
        .order(order)
        .map_err(|absent| Reply::error(absent.to_string()))?;
    match sent.await {
        Ok(true) => Ok(Reply::success("Message successfully sent")),
        Ok(false) | Err(_) => Err(Reply::error(refusal::MESSAGE_FAILED)),
    }
}

/// An address without the technology before it; an error where that has no messages.
fn address(text: &str) -> Result<&str, Reply> {
    let text = text.trim();
    match text.split_once([':', '/']) {
        Some((technology, rest)) if technology.eq_ignore_ascii_case("pjsip") => Ok(rest),
        Some((technology, _))
            if ["iax2", "xmpp", "local"].contains(&&*technology.to_ascii_lowercase()) =>
        {
            Err(Reply::error(refusal::NO_MESSAGES))
        }
        _ => Ok(text),
    }
}

fn pair(text: &str) -> Option<(Text, Text)> {
    let (name, value) = text.split_once('=')?;
    let name = name.trim();
    (!name.is_empty()).then(|| (name.into(), value.trim().into()))
}

fn decoded(coded: &str) -> Option<String> {
    let bytes = STANDARD.decode(coded.trim()).ok()?;
    String::from_utf8(bytes).ok()
}
