//! Making legs and calling them.

use switch::Party;
use switch::fact::Fact;

use super::options::Options;
use super::{status_of, subroutine_on};
use crate::bridged;
use crate::call::Call;
use crate::forward::SentBy;
use crate::leg::{Leg, NoLeg, Request};
use crate::task::Gone;

/// What became of the attempt to call.
pub(super) enum Placed {
    /// These are called.
    Legs(Vec<Leg>),
    /// Nobody could be: the word of `DIALSTATUS`.
    Nobody(&'static str),
}

/// Makes and calls all legs; those that cannot be had are left out.
pub(super) async fn place_calls(
    call: &Call,
    whom: &str,
    options: &Options,
) -> Result<Placed, Gone> {
    let mut legs = Vec::new();
    let mut failed = "CHANUNAVAIL";
    for dialed in whom.split('&').filter(|dialed| !dialed.is_empty()) {
        let Some((technology, destination)) = dialed.split_once('/') else {
            call.warn("Dial", format!("{dialed:?} is not technology/resource"));
            continue;
        };
        match place_call(call, technology, destination, options, None).await? {
            Ok(leg) => {
                tell_begin(call, &leg);
                legs.push(leg);
            }
            Err(NoLeg::Unavailable(cause)) => failed = status_of(cause).unwrap_or(failed),
            Err(NoLeg::Taken) => {}
        }
    }
    Ok(if legs.is_empty() {
        Placed::Nobody(failed)
    } else {
        Placed::Legs(legs)
    })
}

/// Makes and calls one leg; `sent_by` is the leg whose far end wants this one called in its place.
pub(super) async fn place_call(
    call: &Call,
    technology: &str,
    destination: &str,
    options: &Options,
    sent_by: Option<&SentBy>,
) -> Result<Result<Leg, NoLeg>, Gone> {
    let request = Request {
        linkedid: call.view()?.linkedid.clone(),
        ..Request::default()
    };
    let leg = match Leg::request(&call.task, technology, destination, request) {
        Ok(leg) => leg,
        Err(why) => {
            if let NoLeg::Unavailable(cause) = why {
                let dialed = format!("{technology}/{destination}");
                call.warn("Dial", format!("cannot call {dialed}: {}", cause.text()));
            }
            return Ok(Err(why));
        }
    };
    prepare(call, &leg, options, sent_by)?;
    if let Some(routine) = &options.before_call
        && !subroutine_on(call, leg.id, routine).await
    {
        return Ok(Err(NoLeg::Taken));
    }
    if !leg.is_ours() {
        return Ok(Err(NoLeg::Taken));
    }
    Ok(match leg.call() {
        Ok(()) => Ok(leg),
        Err(cause) => Err(NoLeg::Unavailable(cause)),
    })
}

/// Everybody learns that a leg is called.
pub(super) fn tell_begin(call: &Call, leg: &Leg) {
    call.with(|world| {
        let (caller, dest) = (world.switch.view(call.id), world.switch.view(leg.id));
        if let Some(dest) = dest {
            world.switch.tell(Fact::DialBegan {
                caller,
                dest,
                dial_string: leg.destination.clone(),
            });
        }
    });
}

/// Gives a leg what it has of its caller: variables, parties, and where the dialplan is.
fn prepare(
    call: &Call,
    leg: &Leg,
    options: &Options,
    sent_by: Option<&SentBy>,
) -> Result<(), Gone> {
    let view = call.view()?;
    let (application, data) = bridged::called_application();
    let number = leg
        .destination
        .split('/')
        .next()
        .unwrap_or_default()
        .to_owned();
    call.with(|world| {
        let inherited: Vec<_> = world
            .switch
            .channel(call.id)
            .map(|channel| channel.variables.inherited().collect())
            .unwrap_or_default();
        let of_caller = world
            .switch
            .channel(call.id)
            .map(|channel| (channel.forwards, channel.redirecting.clone()));
        let left = world.switch.channel(call.id).map(|channel| {
            let formats = match channel.local_other() {
                // A pair has none of its own: what comes through it counts.
                Some(_) => channel.caller_formats.clone(),
                None => view.formats.clone(),
            };
            (channel.heirlooms.clone(), formats)
        });
        let (heirlooms, caller_formats) = left.unwrap_or_default();
        let (forwards, redirecting) = match sent_by {
            Some(by) => (by.forwards, by.redirecting.clone()),
            None => of_caller.unwrap_or_default(),
        };
        let rdnis = redirecting.from.number.clone();
        if let Some(leg) = world.switch.channel_mut(leg.id) {
            leg.forwards = forwards.saturating_sub(1);
            leg.redirecting = redirecting;
            leg.attached.extend(heirlooms.iter().cloned());
            leg.heirlooms = heirlooms;
            leg.caller_formats = caller_formats;
        }
        world.switch.edit(leg.id, |leg| {
            leg.dialed = true;
            leg.language = view.language.clone();
            leg.peer_account = view.account.clone();
            leg.ama_flags = view.ama_flags;
            leg.rdnis = rdnis;
        });
        for (name, value) in inherited {
            world.switch.set_variable(Some(leg.id), &name, value);
        }
        world
            .switch
            .set_variable(Some(leg.id), "DIALEDPEERNUMBER", number.as_str());
        let shown = options
            .shown_caller
            .clone()
            .unwrap_or_else(|| view.caller.clone());
        let own = world
            .switch
            .view(leg.id)
            .map(|leg| leg.caller.clone())
            .unwrap_or_default();
        let named = own.is_empty();
        let caller = match named {
            true => Party {
                number: view.exten.clone(),
                ..Party::default()
            },
            false => own,
        };
        world.switch.edit(leg.id, |leg| {
            leg.caller = caller.clone();
            leg.connected = shown;
            leg.context = view.context.clone();
            leg.exten = view.exten.clone();
        });
        world.switch.begin_application(leg.id, application, data);
        if named {
            world.switch.set_caller(leg.id, caller, None);
        } else if let Some(shown) = world.switch.view(leg.id).map(|leg| leg.connected.clone())
            && !shown.is_empty()
        {
            world.switch.set_connected(leg.id, shown);
        }
    });
    Ok(())
}
