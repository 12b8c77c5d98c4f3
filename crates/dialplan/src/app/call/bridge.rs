//! `Bridge`.

use switch::{State, Text};

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
                   names where. The rest is accepted without effect.",
        },
    ],
    description: "BRIDGERESULT says what became of it: SUCCESS, FAILURE, LOOP, NONEXISTENT, INCOMPATIBLE.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let (name, options) = data.split_once(',').unwrap_or((&data, ""));
    let name = name.trim();
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
    let after = call.with(|world| {
        let channel = world.switch.channel(other)?;
        let view = channel.view();
        (channel.runs_plan && !options.contains('x')).then(|| Place {
            context: view.context.clone(),
            exten: view.exten.clone(),
            priority: view.priority + 1,
        })
    });
    call.answer();
    let bridge = call.with(|world| world.switch.create_bridge());
    call.with(|world| world.switch.enter_bridge(bridge, call.id));
    bridged::seat(&call.task.shared, other, bridge, after);
    let left = bridged::stay(&call, bridge, None).await;
    call.set("BRIDGERESULT", "SUCCESS");
    match left {
        Left::Gone => Err(Gone),
        Left::Dissolved | Left::Kicked | Left::Expired => Ok(Outcome::Next),
    }
}
