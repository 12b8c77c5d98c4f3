//! `Dial`.

mod forward;
mod leave;
mod options;
mod place;
mod ring;

use std::time::Duration;

use switch::fact::Fact;
use switch::signal::Order;
use switch::{Cause, State, Text, Time};

use crate::app::{App, Outcome};
use crate::bridged::{self, Left};
use crate::call::Call;
use crate::function::Argument;
use crate::leg::Leg;
use crate::run;
use crate::task::Gone;
use leave::leave_both;
use options::Options;
use place::{Placed, place_calls};
use ring::Rung;

/// `Dial(technology/resource[&…][,timeout[,options[,url]]])`.
pub static DIAL: App = App {
    name: "Dial",
    module: "app_dial",
    summary: "Calls somebody and connects the call with whoever answers first",
    syntax: "Dial(technology/resource[&technology2/resource2...][,timeout[,options[,url]]])",
    arguments: &[
        Argument {
            name: "technology/resource",
            help: "Whom to call; several are called at once.",
        },
        Argument {
            name: "timeout",
            help: "Seconds that they may ring; for ever if left out.",
        },
        Argument {
            name: "options",
            help: options::HELP,
        },
        Argument {
            name: "url",
            help: "Accepted and not sent: no technology here carries it.",
        },
    ],
    description: "DIALSTATUS says what became of it: ANSWER, BUSY, NOANSWER, CANCEL, CONGESTION, \
                  CHANUNAVAIL, INVALIDARGS. DIALEDPEERNAME and DIALEDPEERNUMBER name who answered, \
                  DIALEDTIME and ANSWEREDTIME count seconds.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

/// What `Dial` says of its course, emptied at its beginning.
const VARIABLES: [&str; 11] = [
    "DIALSTATUS",
    "DIALEDPEERNUMBER",
    "DIALEDPEERNAME",
    "ANSWEREDTIME",
    "ANSWEREDTIME_MS",
    "DIALEDTIME",
    "DIALEDTIME_MS",
    "RINGTIME",
    "RINGTIME_MS",
    "PROGRESSTIME",
    "PROGRESSTIME_MS",
];

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    VARIABLES.iter().for_each(|name| call.set(name, ""));
    let parts: Vec<&str> = data.splitn(4, ',').map(str::trim).collect();
    let part = |at: usize| parts.get(at).copied().unwrap_or_default();
    let options = match Options::parse(part(2)) {
        Ok(options) => options,
        Err(problem) => {
            call.warn("Dial", problem);
            call.set("DIALSTATUS", "INVALIDARGS");
            return Ok(Outcome::Hangup);
        }
    };
    if part(0).is_empty() {
        call.warn("Dial", "it needs somebody to call (technology/resource)");
        call.set("DIALSTATUS", "INVALIDARGS");
        return Ok(Outcome::Hangup);
    }
    if call.with(|world| {
        world
            .switch
            .channel(call.id)
            .is_some_and(|c| c.forwards == 0)
    }) {
        call.warn("Dial", "the call was sent on too often already");
        call.set("DIALSTATUS", "BUSY");
        return Ok(Outcome::Hangup);
    }
    let began = call.now();
    let until = crate::app::control::wait::seconds(part(1)).map(|span| began + span);
    let rung = match place_calls(&call, part(0), &options).await? {
        Placed::Legs(legs) => ring::ring(&call, legs, &options, until).await,
        Placed::Nobody(status) => Rung::Nobody(status),
    };
    match rung {
        Rung::Answered(leg) => answered(&call, leg, &options, began).await,
        Rung::Nobody(status) => {
            call.set("DIALSTATUS", status);
            if options.reset_record {
                reset_record(&call);
            }
            match status {
                "CANCEL" if call.is_gone() => Err(Gone),
                _ => Ok(Outcome::Next),
            }
        }
        Rung::Left(place) => {
            call.set("DIALSTATUS", "CANCEL");
            Ok(Outcome::Goto(place))
        }
    }
}

/// Runs a subroutine on a channel that this coroutine serves; false where the channel is gone.
async fn subroutine_on(call: &Call, channel: switch::ChannelId, routine: &str) -> bool {
    let on = Call {
        task: call.task.clone(),
        id: channel,
    };
    match crate::app::routine::gosub::parse_caret(&on, routine) {
        Some((place, args)) => run::run_subroutine(&on, &place, &args).await,
        None => {
            call.warn(
                "Dial",
                format!("{routine:?} is not [[context^]extension^]priority[(args)]"),
            );
            true
        }
    }
}

/// Connects the call with the leg that answered, until one of them leaves.
async fn answered(call: &Call, leg: Leg, options: &Options, began: Time) -> Result<Outcome, Gone> {
    let number = leg
        .destination
        .split('/')
        .next()
        .unwrap_or_default()
        .to_owned();
    let name = call
        .with(|world| world.switch.view(leg.id))
        .ok_or(Gone)?
        .name
        .clone();
    call.set("DIALSTATUS", "ANSWER");
    call.set("DIALEDPEERNAME", name);
    call.set("DIALEDPEERNUMBER", number);
    call.with(|world| {
        world.switch.edit(leg.id, |leg| leg.exten = Text::default());
        let (caller, dest) = (world.switch.view(call.id), world.switch.view(leg.id));
        if let Some(dest) = dest {
            world.switch.tell(Fact::DialEnded {
                caller,
                dest,
                status: "ANSWER",
                forward: Text::default(),
            });
        }
    });
    if let Some(routine) = &options.before_bridge
        && !subroutine_on(call, leg.id, routine).await
    {
        return Ok(Outcome::Next);
    }
    if !call.is_up() {
        call.answer();
    }
    if options.reset_record {
        reset_record(call);
    }
    if let Some(digits) = &options.digits {
        send_digits(call, leg.id, digits);
    }
    if let Some(place) = &options.both_leave {
        return leave_both(call, leg, place);
    }
    let answered = call.now();
    let leg_id = leg.id;
    let bridge = call.with(|world| {
        for (id, features) in [(call.id, options.caller_may), (leg_id, options.called_may)] {
            if let Some(channel) = world.switch.channel_mut(id) {
                channel.features = features;
            }
        }
        let bridge = world.switch.create_bridge();
        let (application, data) = bridged::called_application();
        world.switch.begin_application(leg_id, application, data);
        bridge
    });
    let after = options.peer_after(call)?;
    leg.keep();
    bridged::seat(&call.task.shared, leg_id, bridge, after);
    call.with(|world| world.switch.enter_bridge(bridge, call.id));
    let until = options.limit.map(|limit| answered + limit);
    let left = bridged::stay(call, bridge, until).await;
    times(call, "ANSWEREDTIME", answered);
    times(call, "DIALEDTIME", began);
    call.set("DIALSTATUS", "ANSWER");
    match left {
        Left::Gone => Err(Gone),
        Left::Kicked => Ok(Outcome::Next),
        Left::Dissolved | Left::Expired | Left::ByKeys if options.go_on => Ok(Outcome::Next),
        Left::Dissolved | Left::Expired | Left::ByKeys => Ok(Outcome::Hangup),
    }
}

fn send_digits(call: &Call, leg: switch::ChannelId, digits: &str) {
    let mut parts = digits.split(':');
    for (channel, digits) in [(leg, parts.next()), (call.id, parts.next())] {
        for digit in digits
            .unwrap_or_default()
            .chars()
            .filter(|c| "0123456789*#ABCD".contains(*c))
        {
            call.with(|world| {
                world.switch.order(channel, Order::DigitBegin(digit));
                world
                    .switch
                    .order(channel, Order::DigitEnd(digit, Duration::from_millis(100)));
            });
        }
    }
}

/// Sets a time variable and its twin in milliseconds to what has passed since a moment.
pub(crate) fn times(call: &Call, name: &str, since: Time) {
    let span = call.now().since(since);
    call.set(name, span.as_secs().to_string());
    call.set(&format!("{name}_MS"), span.as_millis().to_string());
}

fn reset_record(call: &Call) {
    call.with(|world| {
        let now = world.switch.now;
        if let Some(channel) = world.switch.view(call.id) {
            world.switch.records.reset(now, &channel, false);
        }
    });
}

/// The word of `DIALSTATUS` for a cause, where the cause decides it.
fn status_of(cause: Cause) -> Option<&'static str> {
    match cause {
        Cause::BUSY => Some("BUSY"),
        Cause::CONGESTION => Some("CONGESTION"),
        Cause::NO_ANSWER | Cause::NO_RESPONSE => Some("NOANSWER"),
        _ => None,
    }
}

/// Whether a channel that is being called may show that it rings.
fn shows_ringing(state: State) -> bool {
    state != State::Up
}
