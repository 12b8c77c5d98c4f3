//! `DumpChan`.

use std::fmt::Write as _;

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `DumpChan([level])`.
pub static DUMPCHAN: App = App {
    name: "DumpChan",
    module: "app_dumpchan",
    summary: "Writes all about the channel for those who watch the dialplan",
    syntax: "DumpChan([level])",
    arguments: &[Argument {
        name: "level",
        help: "Who sees it: those who watch at this level or above.",
    }],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let level = data.trim().parse().unwrap_or(0);
    let dump = dump(&call)?;
    call.verbose(level, || dump);
    Ok(Outcome::Next)
}

fn dump(call: &Call) -> Result<String, Gone> {
    let view = call.view()?;
    let mut out = format!("Dumping {}:\n", view.name);
    let presented = [
        ("Name", view.name.to_string()),
        ("Type", view.technology.to_owned()),
        ("UniqueID", view.uniqueid.to_string()),
        ("LinkedID", view.linkedid.to_string()),
        ("CallerIDNum", view.caller.number.to_string()),
        ("CallerIDName", view.caller.name.to_string()),
        ("ConnectedLineIDNum", view.connected.number.to_string()),
        ("ConnectedLineIDName", view.connected.name.to_string()),
        ("DNIDDigits", view.dnid.to_string()),
        ("RDNIS", view.rdnis.to_string()),
        ("Language", view.language.to_string()),
        (
            "State",
            format!("{} ({})", view.state.word(), view.state.figure()),
        ),
        ("AccountCode", view.account.to_string()),
        ("NativeFormat", view.formats.to_string()),
        ("ReadFormat", view.format.to_string()),
        ("Context", view.context.to_string()),
        ("Extension", view.exten.to_string()),
        ("Priority", view.priority.to_string()),
        ("Application", view.application.to_string()),
        ("Data", view.data.to_string()),
        (
            "BridgeID",
            view.bridge.as_deref().unwrap_or_default().to_owned(),
        ),
    ];
    call.with(|world| {
        for (key, value) in presented {
            let _ = writeln!(out, "{key:<21}{value}");
        }
        out.push_str("\nVariables:\n");
        let variables = world
            .switch
            .channel(call.id)
            .map(|channel| &channel.variables);
        for (name, value) in variables
            .into_iter()
            .flat_map(|variables| variables.iter().rev())
        {
            let _ = writeln!(out, "{name}={value}");
        }
    });
    Ok(out)
}
