//! `Pickup`.

use switch::{ChannelId, State, Text};

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;
use crate::transfer;
use crate::world::World;

/// `Pickup([extension[@context][&...]])`.
pub static PICKUP: App = App {
    name: "Pickup",
    module: "app_directed_pickup",
    summary: "Answers a call that rings at somebody else",
    syntax: "Pickup([extension[@context][&extension2[@context2][&...]]])",
    arguments: &[Argument {
        name: "targets",
        help: "Who is called: an extension, in the call's context if none is named, or anybody whose \
               variable PICKUPMARK is mark with mark@PICKUPMARK. Left out, anybody of the same pickup \
               group.",
    }],
    description: "The next step follows where nobody is called.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let own = call.view()?.context.clone();
    let targets: Vec<&str> = match data.trim() {
        "" => vec![""],
        data => data.split('&').map(str::trim).collect(),
    };
    for target in targets {
        let found = call.with(|world| find(world, call.id, target, &own));
        if let Some(found) = found
            && transfer::replace(&call.task.shared, call.id, found)
        {
            // Whoever called takes this channel over.
            return Err(Gone);
        }
    }
    Ok(Outcome::Next)
}

/// The channel that has been alerted for longest among those that a target means.
fn find(world: &World, own: ChannelId, target: &str, context: &str) -> Option<ChannelId> {
    let switch = &world.switch;
    let groups = &switch.channel(own)?.pickup_groups;
    let (name, place) = target.split_once('@').unwrap_or((target, context));
    let means = |id: &ChannelId| {
        let Some(channel) = switch.channel(*id) else {
            return false;
        };
        let view = channel.view();
        let alerted = channel.state() == State::Ringing && view.dialed && *id != own;
        alerted
            && match place {
                _ if target.is_empty() => {
                    let theirs = &channel.pickup_groups;
                    share(&theirs[0], &groups[1]) || share(&theirs[2], &groups[3])
                }
                "PICKUPMARK" => {
                    let mark = channel.variables.get("PICKUPMARK");
                    mark.is_some_and(|mark| **mark == *name)
                }
                context => *view.exten == *name && *view.context == *context,
            }
    };
    switch.channels().into_iter().find(means)
}

/// Whether two lists with commas have a group in common.
fn share(one: &str, two: &str) -> bool {
    let groups = |list: &str| -> Vec<String> {
        let parts = list.split(',').map(str::trim);
        parts
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let two = groups(two);
    groups(one).iter().any(|group| two.contains(group))
}
