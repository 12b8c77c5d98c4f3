//! `StackPop`.

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::task::Gone;

/// `StackPop()`.
pub static STACKPOP: App = App {
    name: "StackPop",
    module: "app_stack",
    summary: "Forgets where the innermost subroutine would come back to",
    syntax: "StackPop()",
    arguments: &[],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, _: Text) -> Result<Outcome, Gone> {
    let popped = call.with(|world| {
        let channel = world.switch.channel_mut(call.id)?;
        // Whoever runs a subroutine for its own ends waits for that one's return.
        channel.subroutines.pop_if(|level| !level.outermost)
    });
    if popped.is_none() {
        call.warn("StackPop", "there is no subroutine that could be forgotten");
    }
    Ok(Outcome::Next)
}
