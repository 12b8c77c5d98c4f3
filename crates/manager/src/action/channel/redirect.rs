use ami::action::channel::Redirect;
use ami::refusal::{channel, redirect as refusal};
use engine::request::{Place, RedirectFailed, Request};
use switch::Text;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn redirect(cx: &Cx<'_>, action: Redirect) -> Result<Reply, Reply> {
    let missing = [
        (&action.channel, channel::CHANNEL_NOT_SPECIFIED),
        (&action.context, refusal::NO_CONTEXT),
        (&action.exten, refusal::NO_EXTEN),
        (&action.priority, refusal::NO_PRIORITY),
    ];
    if let Some((_, words)) = missing.iter().find(|(value, _)| value.is_empty()) {
        return Err(Reply::error(words));
    }
    let to = place(&action.context, &action.exten, &action.priority)
        .ok_or_else(|| Reply::error(refusal::INVALID_PRIORITY))?;
    let extra = match &*action.extra_channel {
        "" => None,
        name => Some((Text::from(name), extra_place(&action, &to)?)),
    };
    let dual = extra.is_some();
    let order = Box::new(engine::request::Redirect {
        channel: (&*action.channel).into(),
        to,
        extra,
    });
    let outcome = cx
        .engine
        .ask(|answer| Request::Redirect(order, answer))
        .await?;
    outcome.map_err(|why| {
        Reply::error(match why {
            RedirectFailed::NoChannel => refusal::no_channel(&action.channel),
            RedirectFailed::NoExtraChannel => refusal::no_extra_channel(&action.extra_channel),
            RedirectFailed::BadPriority => refusal::INVALID_PRIORITY.to_owned(),
            RedirectFailed::BadExtraPriority => refusal::INVALID_EXTRA_PRIORITY.to_owned(),
            RedirectFailed::NotUp => refusal::NOT_UP.to_owned(),
            RedirectFailed::ExtraNotUp => refusal::EXTRA_NOT_UP.to_owned(),
        })
    })?;
    Ok(Reply::success(if dual {
        "Dual Redirect successful"
    } else {
        "Redirect successful"
    }))
}

/// The second channel goes where the first does, unless it has a context of its own.
fn extra_place(action: &Redirect, first: &Place) -> Result<Place, Reply> {
    if action.extra_context.is_empty() {
        return Ok(first.clone());
    }
    if action.extra_exten.is_empty() {
        return Err(Reply::error(refusal::NO_EXTRA_EXTEN));
    }
    if action.extra_priority.is_empty() {
        return Err(Reply::error(refusal::NO_EXTRA_PRIORITY));
    }
    place(
        &action.extra_context,
        &action.extra_exten,
        &action.extra_priority,
    )
    .ok_or_else(|| Reply::error(refusal::INVALID_EXTRA_PRIORITY))
}

/// A place, unless its priority is a number and none that counts.
fn place(context: &str, exten: &str, priority: &str) -> Option<Place> {
    if priority
        .trim()
        .parse::<i32>()
        .is_ok_and(|number| number < 1)
    {
        return None;
    }
    Some(Place {
        context: context.into(),
        exten: exten.into(),
        priority: priority.trim().into(),
    })
}
