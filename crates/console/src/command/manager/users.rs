//! `manager show users`, `manager show user`.

use std::fmt::Write as _;

use crate::Cx;
use crate::command::{Answer, Args, Command, Source, yes_no};
use crate::host::User;

pub(in crate::command) const COMMANDS: &[Command] = &[
    Command {
        words: "manager show users",
        arguments: "",
        summary: "The users of the manager interface",
        details: "",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(async { show_users(cx, args) }),
    },
    Command {
        words: "manager show user",
        arguments: "<user>",
        summary: "What a user of the manager interface may do",
        details: "",
        module: "core",
        complete: &[Source::Users],
        run: |cx, args| Box::pin(async { show_user(cx, args) }),
    },
];

fn show_users(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let users = cx.host().users();
    let mut text = String::from("\nusername\n--------\n");
    for user in &users {
        let _ = writeln!(text, "{}", user.name);
    }
    let _ = writeln!(
        text,
        "-------------------\n{} manager users configured.",
        users.len()
    );
    Answer::Done(text)
}

fn show_user(cx: &Cx, args: &Args<'_>) -> Answer {
    let [name] = args.rest() else {
        return Answer::Usage;
    };
    match cx.host().users().iter().find(|user| user.name == *name) {
        Some(user) => Answer::Done(describe(user)),
        None => Answer::Done(format!("There is no manager user called {name}\n")),
    }
}

fn describe(user: &User) -> String {
    let mut text = String::from("\n");
    let mut line = |label: &str, value: &str| {
        let _ = writeln!(text, "{label:>18}: {value}");
    };
    line("username", &user.name);
    line("secret", if user.secret { "<Set>" } else { "<Not set>" });
    line("ACL", yes_no(user.acl));
    line("read perm", &user.read.to_string());
    line("write perm", &user.write.to_string());
    line("displayconnects", yes_no(user.displayconnects));
    line("allowmultiplelogin", yes_no(user.allowmultiplelogin));
    line("Variables", "");
    for (name, value) in &user.variables {
        let _ = writeln!(text, "{:>20}{name} = {value}", "");
    }
    text
}
