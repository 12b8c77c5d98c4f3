//! Channels that somebody here calls.

use std::rc::Rc;

use switch::channel::Kind;
use switch::local::LocalAddress;
use switch::signal::Order;
use switch::{Cause, ChannelId, NewChannel, NoNewChannel, Party, State, Text};

use crate::run;
use crate::task::Task;
use crate::world::World;

/// A called channel, until somebody keeps it. Dropped before, it is hung up.
pub struct Leg {
    task: Task,
    /// The channel.
    pub id: ChannelId,
    /// What was dialled, without the technology.
    pub destination: Text,
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
            request_of_driver(world, technology, destination, request)
        })?;
        task.serve(id);
        Ok(Leg {
            task: task.clone(),
            id,
            destination: Text::from(destination),
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
                world.switch.order(
                    self.id,
                    Order::Call {
                        destination,
                        caller,
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

/// Whether a technology has somebody of a name; the cause where it has not.
pub type Knows = dyn Fn(&str) -> Result<(), Cause>;

/// A technology whose channels a driver makes real.
pub struct Technology {
    /// Its name, such as `PJSIP`.
    pub name: &'static str,
    /// Formats of its channels, as listings show them.
    pub formats: &'static str,
    /// Format that is read.
    pub format: &'static str,
    /// Whether it has somebody of this name; the cause where it has not.
    pub knows: Rc<Knows>,
    /// Channels made since the start.
    pub(crate) made: u64,
}

impl Technology {
    /// A technology that `knows` whom it can call.
    pub fn new(
        name: &'static str,
        formats: (&'static str, &'static str),
        knows: impl Fn(&str) -> Result<(), Cause> + 'static,
    ) -> Technology {
        Technology {
            name,
            formats: formats.0,
            format: formats.1,
            knows: Rc::new(knows),
            made: 0,
        }
    }
}

impl World {
    /// Lets channels of a technology be called.
    pub fn add_technology(&mut self, technology: Technology) {
        self.technologies
            .retain(|known| known.name != technology.name);
        self.technologies.push(technology);
    }

    /// Makes a channel for a call that a driver's far end began; the dialplan is started by
    /// [`run::start`].
    pub fn incoming(
        &mut self,
        technology: &str,
        device: &str,
        context: &str,
        exten: &str,
        caller: Party,
    ) -> Result<ChannelId, NoLeg> {
        let (context, exten) = (Text::from(context), Text::from(exten));
        let request = Request::default();
        self.driver_channel(
            technology,
            device,
            State::Ring,
            (context, exten),
            caller,
            request,
        )
    }

    fn driver_channel(
        &mut self,
        technology: &str,
        device: &str,
        state: State,
        place: (Text, Text),
        caller: Party,
        request: Request,
    ) -> Result<ChannelId, NoLeg> {
        let known = self
            .technologies
            .iter_mut()
            .find(|known| known.name.eq_ignore_ascii_case(technology))
            .ok_or(NoLeg::Unavailable(Cause::UNKNOWN))?;
        let name = Text::from(format!("{}/{device}-{:08x}", known.name, known.made));
        known.made += 1;
        Ok(self.switch.create(NewChannel {
            name,
            technology: known.name,
            kind: Kind::Driver,
            state,
            context: place.0,
            exten: place.1,
            caller,
            account: Text::default(),
            uniqueid: request.uniqueid,
            linkedid: request.linkedid,
            formats: known.formats,
            format: known.format,
        })?)
    }
}

fn request_of_driver(
    world: &mut World,
    technology: &str,
    destination: &str,
    request: Request,
) -> Result<ChannelId, NoLeg> {
    let known = world
        .technologies
        .iter()
        .find(|known| known.name.eq_ignore_ascii_case(technology))
        .ok_or(NoLeg::Unavailable(Cause::UNKNOWN))?;
    let device = destination
        .split(['/', '@'])
        .next()
        .unwrap_or_default()
        .to_owned();
    (Rc::clone(&known.knows))(&device).map_err(NoLeg::Unavailable)?;
    let place = (Text::from("default"), Text::from("s"));
    world.driver_channel(
        technology,
        &device,
        State::Down,
        place,
        Party::default(),
        request,
    )
}

impl From<NoNewChannel> for NoLeg {
    fn from(why: NoNewChannel) -> NoLeg {
        match why {
            NoNewChannel::Full => NoLeg::Unavailable(Cause::CONGESTION),
            NoNewChannel::Taken => NoLeg::Taken,
        }
    }
}
