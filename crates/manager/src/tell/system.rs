//! The switch as a whole.

use ami::event::{old, system};
use switch::fact::Fact;

use crate::rendered::Rendered;

/// The only `Status` that a module's unloading has.
const SUCCESS: &str = "Success";

pub(super) fn tell(fact: &Fact, out: &mut Rendered) {
    match fact {
        Fact::Reloaded { module, status } => {
            out.event(&system::Reload {
                module,
                status: (*status).into(),
            });
        }
        Fact::ModuleLoaded { module, status } => out.event(&system::Load { module, status }),
        Fact::ModuleUnloaded { module } => {
            out.event(&system::Unload {
                module,
                status: SUCCESS,
            });
        }
        Fact::FullyBooted {
            uptime,
            last_reload,
        } => {
            let status = "Fully Booted";
            out.current(&system::FullyBooted {
                uptime: *uptime,
                last_reload: *last_reload,
                status,
            });
            out.old(&old::FullyBooted { status });
        }
        Fact::ShuttingDown { cleanly, restart } => out.event(&system::Shutdown {
            manner: if *cleanly { "Cleanly" } else { "Uncleanly" },
            restart: if *restart { "True" } else { "False" },
        }),
        _ => {}
    }
}
