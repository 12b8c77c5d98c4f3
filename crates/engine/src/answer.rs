//! How each request is answered.

mod bridging;
mod channel;
mod database;
mod monitor;
mod state;

use std::sync::Arc;

use dialplan::mailbox;
use dialplan::script::pattern::Mode;
use dialplan::world::Shared;
use switch::Text;
use switch::fact::Fact;

use crate::request::{Counters, Request};

/// Answers a request, at once or by a coroutine that does so later.
pub(crate) fn answer(shared: &Shared, request: Request) {
    match request {
        Request::Originate(order, reply) => channel::originate(shared, *order, reply),
        Request::Hangup(target, cause, reply) => channel::hangup(shared, target, cause, reply),
        Request::Redirect(order, reply) => reply.send(channel::redirect(shared, &order)),
        Request::AbsoluteTimeout(name, span, reply) => {
            reply.send(channel::absolute_timeout(shared, &name, span));
        }
        Request::SetVariable(of, name, value, trust, reply) => {
            channel::set_variable(shared, of, &name, &value, trust, reply);
        }
        Request::GetVariable(of, name, trust, reply) => {
            channel::get_variable(shared, of, name, trust, reply);
        }
        Request::GetVariables(of, names, trust, reply) => {
            channel::get_variables(shared, &of, names, trust, reply);
        }
        Request::ChannelVariables(of, reply) => reply.send(channel::variables(shared, &of)),
        Request::Globals(reply) => {
            let world = shared.borrow();
            let globals = world.switch.globals.iter();
            reply.send(
                globals
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect(),
            );
        }
        Request::Channels(reply) => {
            let world = shared.borrow();
            let newest_first = world.switch.channels().into_iter().rev();
            reply.send(
                newest_first
                    .filter_map(|id| world.switch.view(id))
                    .collect(),
            );
        }
        Request::Channel(name, reply) => {
            let world = shared.borrow();
            reply.send(
                world
                    .switch
                    .find(&name)
                    .and_then(|id| world.switch.view(id)),
            );
        }
        Request::ChannelMap(name, reply) => reply.send(bridging::map(shared, &name)),
        Request::Bridges(reply) => {
            reply.send(shared.borrow().switch.bridges().map(Arc::clone).collect());
        }
        Request::Bridge(id, reply) => reply.send(bridging::one(shared, &id)),
        Request::JoinChannels(one, two, reply) => reply.send(bridging::join(shared, &one, &two)),
        Request::BridgeKick(bridge, channel, reply) => {
            reply.send(bridging::kick(shared, bridge.as_deref(), &channel));
        }
        Request::BridgeDestroy(id, reply) => reply.send(bridging::destroy(shared, &id)),
        Request::BridgeTechnologies(reply) => {
            reply.send(shared.borrow().switch.technologies.to_vec());
        }
        Request::SuspendTechnology(name, suspended, reply) => {
            reply.send(bridging::suspend(shared, &name, suspended));
        }
        Request::BlindTransfer {
            channel,
            context,
            exten,
            reply,
        } => {
            reply.send(bridging::blind_transfer(shared, &channel, context, exten));
        }
        Request::LocalOptimizeAway(name, reply) => reply.send(bridging::optimize(shared, &name)),
        Request::PlayDigit {
            channel,
            digit,
            duration,
            receive,
            reply,
        } => {
            reply.send(channel::play_digit(
                shared, &channel, digit, duration, receive,
            ));
        }
        Request::ControlPlayback(name, stream, reply) => {
            reply.send(channel::control_playback(shared, &name, stream));
        }
        Request::SendText(name, text, reply) => reply.send(channel::send_text(shared, &name, text)),
        Request::Order(name, technology, order, reply) => {
            reply.send(channel::order(shared, &name, technology, order));
        }
        Request::MuteAudio {
            channel,
            direction,
            on,
            reply,
        } => {
            reply.send(channel::mute(shared, &channel, direction, on));
        }
        Request::StartMonitor {
            channel,
            file,
            options,
            command,
            reply,
        } => monitor::start(shared, &channel, file, options, &command, reply),
        Request::StopMonitor(channel, name, reply) => {
            reply.send(monitor::stop(shared, &channel, name.as_deref()));
        }
        Request::MuteMonitors {
            channel,
            direction,
            on,
            reply,
        } => reply.send(monitor::mute(shared, &channel, direction, on)),
        Request::UserEvent(name, headers, reply) => {
            shared.borrow_mut().switch.tell(Fact::UserEvent {
                channel: None,
                name,
                headers,
            });
            reply.send(());
        }
        Request::ExtensionState(exten, context, reply) => {
            reply.send(state::extension(shared, exten, context));
        }
        Request::HasExtension(caller, context, exten, reply) => {
            let world = shared.borrow();
            reply.send(world.has_extension(&caller, &context, &exten, Mode::Exact));
        }
        Request::Hints(reply) => reply.send(state::hints(shared)),
        Request::Devices(reply) => {
            let world = shared.borrow();
            let all = world.switch.devices.all();
            reply.send(all.map(|(device, state)| (device.clone(), state)).collect());
        }
        Request::SetDevice(device, state, reply) => {
            state::set_device(shared, &device, state);
            reply.send(());
        }
        Request::Presence(presentity, reply) => reply.send(state::presence(shared, &presentity)),
        Request::Presences(reply) => {
            let world = shared.borrow();
            let all = world.switch.devices.presences();
            reply.send(
                all.map(|(name, presence)| (name.clone(), presence.clone()))
                    .collect(),
            );
        }
        Request::Tones(reply) => reply.send(Arc::clone(&shared.borrow().rules.tones)),
        Request::Mailboxes(reply) => {
            let world = shared.borrow();
            let all = world.switch.mailboxes.iter();
            reply.send(
                all.map(|(name, mailbox)| (name.clone(), *mailbox))
                    .collect(),
            );
        }
        Request::CountMailboxes(names, reply) => {
            reply.send(mailbox::count(&shared.borrow(), &names));
        }
        Request::SetMailbox(name, counted, reply) => {
            reply.send(mailbox::set(&mut shared.borrow_mut(), &name, counted));
        }
        Request::RemoveMailbox(name, reply) => {
            reply.send(mailbox::remove(&mut shared.borrow_mut(), &name));
        }
        Request::DatabaseGet(family, key, reply) => {
            let key = database::full_key(&family, &key);
            reply.send(shared.borrow().switch.database.get(&*key).cloned());
        }
        Request::DatabasePut(family, key, value, reply) => {
            database::put(shared, &family, &key, value, reply);
        }
        Request::DatabaseDelete(family, key, reply) => {
            database::delete(shared, &family, &key, reply);
        }
        Request::DatabaseDeleteTree(family, key, reply) => {
            database::delete_tree(shared, &family, &key, reply);
        }
        Request::DatabaseTree(prefix, reply) => reply.send(database::tree(shared, &prefix)),
        Request::Plan(reply) => reply.send(shared.borrow().plan.clone()),
        Request::EditPlan(edit) => {
            let mut plan = (*shared.borrow().plan).clone();
            let (keep, reply) = edit.make(&mut plan);
            if keep {
                shared.borrow_mut().set_plan(Arc::new(plan));
            }
            reply();
        }
        Request::ReplacePlan(plan, reply) => {
            let mut world = shared.borrow_mut();
            if plan.general.clear_globals {
                world.switch.globals.clear();
            }
            for (name, value) in &plan.globals {
                world
                    .switch
                    .globals
                    .set(Text::from(&**name), Text::from(&**value));
            }
            world.set_plan(plan);
            reply.send(());
        }
        Request::Counters(reply) => reply.send(counters(shared)),
        // The engine itself takes these; one that comes here has been answered.
        Request::Stop(..) => {}
        Request::Tell(fact) => shared.borrow_mut().switch.tell(fact),
        Request::Configure(settings, reply) => {
            crate::engine::configure(&mut shared.borrow_mut(), *settings);
            reply.send(());
        }
    }
}

fn counters(shared: &Shared) -> Counters {
    let world = shared.borrow();
    let switch = &world.switch;
    let running = switch
        .channels()
        .into_iter()
        .filter_map(|id| switch.channel(id));
    Counters {
        channels: switch.count(),
        calls: running.filter(|channel| channel.runs_plan).count(),
        processed: switch.processed,
        bridges: switch.bridges().count(),
        stopping: world.refusing,
    }
}
