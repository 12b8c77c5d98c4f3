//! Channels that somebody here calls.

use switch::channel::Kind;
use switch::local::LocalAddress;
use switch::signal::Order;
use switch::{Cause, ChannelId, NoNewChannel, Party, Text};

pub use crate::far::FarEnd;
use crate::run;
use crate::task::Task;

/// A called channel, until somebody keeps it. Dropped before, it is hung up.
pub struct Leg {
    task: Task,
    /// The channel.
    pub id: ChannelId,
    /// What was dialled, without the technology.
    pub destination: Text,
    /// Who is there, where that is known before anybody answers.
    pub party: Party,
    kept: bool,
}

/// Why a channel could not be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoLeg {
    /// Nobody knows the technology, or it has nobody of that name.
    Unavailable(Cause),
    /// One with the unique id that was asked for is there already.
    Taken,
}

/// How a called channel begins.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The call that it belongs to; empty for one of its own.
    pub linkedid: Text,
    /// Its unique id; empty for one of the switch's own.
    pub uniqueid: Text,
    /// The unique id of the second half, where it is a Local pair.
    pub other_uniqueid: Text,
}

impl Leg {
    /// Makes a channel of a technology towards a destination; nobody is called yet.
    pub fn request(
        task: &Task,
        technology: &str,
        destination: &str,
        request: Request,
    ) -> Result<Leg, NoLeg> {
        let id = task.with(|world| {
            if technology.eq_ignore_ascii_case("Local") {
                let address = LocalAddress::parse(destination);
                let ids = (request.uniqueid, request.other_uniqueid);
                let pair = world.switch.create_local(&address, request.linkedid, ids)?;
                return Ok(pair.0);
            }
            world.call_device(technology, destination, request)
        })?;
        task.serve(id);
        let party = task.with(|world| world.switch.view(id).map(|view| view.caller.clone()));
        Ok(Leg {
            task: task.clone(),
            id,
            destination: Text::from(destination),
            party: party.unwrap_or_default(),
            kept: false,
        })
    }

    /// A channel that answers in the place of one that was called; `None` where it is gone.
    pub(crate) fn instead(task: &Task, id: ChannelId, destination: &Text) -> Option<Leg> {
        let there = task.with(|world| world.switch.channel(id).map(|c| c.leaving.is_none()));
        if there != Some(true) {
            return None;
        }
        task.serve(id);
        Some(Leg {
            task: task.clone(),
            id,
            destination: destination.clone(),
            party: Party::default(),
            kept: false,
        })
    }

    /// Calls: through a Local pair by starting the dialplan of its second half, else by the driver.
    pub fn call(&self) -> Result<(), Cause> {
        let local = self.task.with(|world| {
            let channel = world.switch.channel(self.id).ok_or(Cause::FAILURE)?;
            let Kind::LocalOne(local) = channel.kind.clone() else {
                let (destination, caller) =
                    (self.destination.clone(), channel.view().connected.clone());
                let formats = channel.caller_formats.clone();
                let sent_on = &channel.redirecting;
                let diverted = (!sent_on.from.number.is_empty())
                    .then(|| (sent_on.from.clone(), sent_on.reason.clone()));
                world.switch.order(
                    self.id,
                    Order::Call {
                        destination,
                        caller,
                        diverted,
                        formats,
                    },
                );
                return Ok(None);
            };
            let second = local.other.ok_or(Cause::FAILURE)?;
            if !world.exists(Some(second), &local.context, &local.exten, 1) {
                let text = format!(
                    "No such extension/context {}@{} while calling Local channel",
                    local.exten, local.context
                );
                world.log(switch::fact::Level::Notice, "local", text);
                world.switch.abandon_local(self.id);
                return Err(Cause::UNKNOWN);
            }
            world
                .switch
                .call_local(self.id)
                .map(Some)
                .ok_or(Cause::FAILURE)
        })?;
        if let Some(second) = local {
            run::start(&self.task.shared, second);
        }
        Ok(())
    }

    /// Whether the channel is there and nobody has taken it over.
    pub fn is_ours(&self) -> bool {
        self.task.with(|world| {
            let channel = world.switch.channel(self.id);
            channel.is_some_and(|channel| channel.handler == Some(self.task.id))
        })
    }

    /// Leaves the channel to whoever serves it from now on.
    pub fn keep(mut self) -> ChannelId {
        self.kept = true;
        self.id
    }

    /// Hangs the channel up with a cause.
    pub fn hang_up(self, cause: Cause) {
        self.task.with(|world| {
            world.switch.edit(self.id, |view| {
                if view.cause == Cause::UNKNOWN {
                    view.cause = cause;
                }
            });
        });
    }
}

impl Drop for Leg {
    fn drop(&mut self) {
        if !self.kept && self.is_ours() {
            self.task.with(|world| world.switch.end(self.id));
        }
    }
}

impl From<NoNewChannel> for NoLeg {
    fn from(why: NoNewChannel) -> NoLeg {
        match why {
            NoNewChannel::Full => NoLeg::Unavailable(Cause::CONGESTION),
            NoNewChannel::Taken => NoLeg::Taken,
        }
    }
}
