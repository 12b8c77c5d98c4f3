//! `dialplan reload`, `dialplan save`.

use engine::request::Request;

use crate::Cx;
use crate::command::{Answer, Args, Command};
use crate::host::Reload;

pub(in crate::command) const COMMANDS: &[Command] = &[
    Command {
        words: "dialplan reload",
        arguments: "",
        summary: "Reads extensions.conf anew",
        details: "Calls go on with the dialplan as it is then. A file that is broken changes nothing.",
        module: "pbx_config",
        complete: &[],
        run: |cx, args| Box::pin(reload(cx, args)),
    },
    Command {
        words: "dialplan save",
        arguments: "",
        summary: "Writes the dialplan over extensions.conf",
        details: "Writes the dialplan as it is now. Comments and included files are lost, so the file must\n\
                  say static=yes and writeprotect=no in [general].",
        module: "pbx_config",
        complete: &[],
        run: |cx, args| Box::pin(save(cx, args)),
    },
];

async fn reload(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    match cx.host().reload(Some("pbx_config")).await {
        Reload::Failed(lines) => {
            Answer::Failed(lines.iter().map(|line| format!("{line}\n")).collect())
        }
        _ => Answer::Done("Dialplan reloaded.\n".to_owned()),
    }
}

async fn save(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let Some(plan) = cx.ask(Request::Plan).await else {
        return Answer::ended();
    };
    if !plan.general.is_static || plan.general.write_protect {
        return Answer::Failed(
            "The dialplan is not saved: extensions.conf must say static=yes and writeprotect=no\n"
                .to_owned(),
        );
    }
    match cx.host().save_dialplan(plan.to_conf()).await {
        Ok(file) => Answer::Done(format!(
            "Dialplan successfully saved into '{}'\n",
            file.display()
        )),
        Err(why) => Answer::Failed(format!("{why}\n")),
    }
}
