use crate::Event;
use crate::event::group::Channel;

/// A Local channel took itself out of a call, or could not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct LocalOptimizationEnd<'a> {
    /// The half that was called.
    #[event(channel, prefix = "LocalOne")]
    pub local_one: Channel<'a>,
    /// The half that runs the dialplan.
    #[event(channel, prefix = "LocalTwo")]
    pub local_two: Channel<'a>,
    /// Whether it worked.
    pub success: bool,
    /// The number of this optimisation, the same at its beginning.
    pub id: u64,
}
