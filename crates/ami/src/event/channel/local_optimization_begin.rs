use crate::Event;
use crate::event::group::Channel;

/// A Local channel began to take itself out of a call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct LocalOptimizationBegin<'a> {
    /// The half that was called.
    #[event(channel, prefix = "LocalOne")]
    pub local_one: Channel<'a>,
    /// The half that runs the dialplan.
    #[event(channel, prefix = "LocalTwo")]
    pub local_two: Channel<'a>,
    /// The channel that takes its place, where there is one.
    #[event(channel, prefix = "Source")]
    pub source: Option<Channel<'a>>,
    /// The channel that the place is taken in front of.
    #[event(name = "DestUniqueId")]
    pub dest_uniqueid: &'a str,
    /// The number of this optimisation, the same at its end.
    pub id: u64,
}
