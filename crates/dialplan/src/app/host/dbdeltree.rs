//! `DBdeltree`.

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;
use crate::world::Change;

/// `DBdeltree(family[/keytree])`.
pub static DBDELTREE: App = App {
    name: "DBdeltree",
    module: "app_db",
    summary: "Takes a family, or a part of one, out of the key database",
    syntax: "DBdeltree(family[/keytree])",
    arguments: &[
        Argument {
            name: "family",
            help: "The family.",
        },
        Argument {
            name: "keytree",
            help: "The key; it goes with all below it.",
        },
    ],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let tree = data.trim().trim_matches('/');
    if tree.is_empty() {
        call.warn("DBdeltree", "it wants a family");
        return Ok(Outcome::Next);
    }
    let change = Change::DeleteTree {
        prefix: Text::from(format!("/{tree}")),
    };
    call.with(|world| world.change_database(change, |_| {}));
    Ok(Outcome::Next)
}
