//! `Bridge`.

use std::time::Duration;

use switch::channel::Features;
use switch::{State, Text};

use crate::app::control::{goto, wait};
use crate::app::options::Options;
use crate::app::{App, Outcome};
use crate::bridged::{self, Left};
use crate::call::{Call, Place};
use crate::function::Argument;
use crate::task::Gone;

/// `Bridge(channel[,options])`.
pub static BRIDGE: App = App {
    name: "Bridge",
    module: "core",
    summary: "Connects the call with another one that is there already",
    syntax: "Bridge(channel[,options])",
    arguments: &[
        Argument {
            name: "channel",
            help: "The other channel's name.",
        },
        Argument {
            name: "options",
            help: "x hangs the other one up afterwards; without it, it goes on in its dialplan. F(place) \
                   names where. H lets the call and h the other one hang up by *, T and t send the other \
                   elsewhere by #. L(ms) and S(seconds) limit the call. Accepted without effect: K k n p W \
                   w X r.",
        },
    ],
    description: "BRIDGERESULT says what became of it: SUCCESS, FAILURE, LOOP, NONEXISTENT, INCOMPATIBLE.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let (name, options) = data.split_once(',').unwrap_or((&data, ""));
    let name = name.trim();
    let options = Options::new(options, "FHhKkLnpRrSTtWwXx", |letter| {
        call.warn("Bridge", format!("there is no option {letter:?}"));
    });
    let Some(other) = call.with(|world| world.switch.find(name)) else {
        call.warn("Bridge", format!("there is no channel {name:?}"));
        call.set("BRIDGERESULT", "NONEXISTENT");
        return Ok(Outcome::Next);
    };
    let loops = call.with(|world| bridged::would_loop(&world.switch, call.id, other));
    if other == call.id || loops {
        call.warn("Bridge", "a channel cannot be connected with itself");
        call.set("BRIDGERESULT", "LOOP");
        return Ok(Outcome::Next);
    }
    let ready = call.with(|world| {
        let channel = world.switch.channel(other);
        channel.is_some_and(|channel| channel.state() == State::Up && channel.leaving.is_none())
    });
    if !ready {
        call.warn("Bridge", format!("{name} is not up"));
        call.set("BRIDGERESULT", "FAILURE");
        return Ok(Outcome::Next);
    }
    let named = match options.argument('F').filter(|place| !place.is_empty()) {
        Some(place) => goto::parse(&call, &place.replace('^', ","))?,
        None => None,
    };
    let after = named.or_else(|| {
        call.with(|world| {
            let channel = world.switch.channel(other)?;
            let view = channel.view();
            (channel.runs_plan && !options.has('x')).then(|| Place {
                context: view.context.clone(),
                exten: view.exten.clone(),
                priority: view.priority + 1,
            })
        })
    });
    call.answer();
    let bridge = call.with(|world| {
        let may = |disconnect, transfer| Features {
            disconnect: options.has(disconnect),
            transfer: options.has(transfer),
        };
        for (id, features) in [(call.id, may('H', 'T')), (other, may('h', 't'))] {
            if let Some(channel) = world.switch.channel_mut(id) {
                channel.features = features;
            }
        }
        world.switch.create_bridge()
    });
    call.with(|world| world.switch.enter_bridge(bridge, call.id));
    bridged::seat(&call.task.shared, other, bridge, after);
    let millis = options
        .argument('L')
        .and_then(|limit| limit.split(':').next());
    let millis = millis.and_then(|millis| millis.trim().parse().ok());
    let limit = match options.argument('S') {
        Some(seconds) => wait::seconds(seconds),
        None => millis.map(Duration::from_millis),
    };
    let until = limit.map(|limit| call.now() + limit);
    let left = bridged::stay(&call, bridge, until).await;
    call.set("BRIDGERESULT", "SUCCESS");
    match left {
        Left::Gone => Err(Gone),
        Left::Dissolved | Left::Kicked | Left::Expired | Left::ByKeys => Ok(Outcome::Next),
    }
}
