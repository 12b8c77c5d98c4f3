//! `database …`.

use std::fmt::Write as _;

use engine::request::Request;
use switch::Text;

use crate::Cx;
use crate::command::{Answer, Args, Command};

const fn command(
    words: &'static str,
    arguments: &'static str,
    summary: &'static str,
    run: for<'a> fn(&'a Cx, &'a Args<'a>) -> crate::host::Answering<'a, Answer>,
) -> Command {
    Command {
        words,
        arguments,
        summary,
        details: "",
        module: "core",
        complete: &[],
        run,
    }
}

pub(super) const COMMANDS: &[Command] = &[
    command(
        "database show",
        "[<family> [<key>]]",
        "The key database, or a part of it",
        |cx, args| Box::pin(show(cx, args)),
    ),
    command(
        "database showkey",
        "<key>",
        "The entries of all families with this key",
        |cx, args| Box::pin(show_key(cx, args)),
    ),
    command(
        "database get",
        "<family> <key>",
        "The value of a key",
        |cx, args| Box::pin(get(cx, args)),
    ),
    command(
        "database put",
        "<family> <key> <value>",
        "Sets the value of a key",
        |cx, args| Box::pin(put(cx, args)),
    ),
    command(
        "database del",
        "<family> <key>",
        "Removes a key",
        |cx, args| Box::pin(delete(cx, args)),
    ),
    command(
        "database deltree",
        "<family> [<key>]",
        "Removes a family, or a key and all below it",
        |cx, args| Box::pin(delete_tree(cx, args)),
    ),
    command(
        "database query",
        "\"<SQL>\"",
        "Not offered by this switch",
        |_, _| {
            Box::pin(async {
                Answer::Failed(
                    "The key database takes no SQL while the switch runs; see 'database show'.\n"
                        .to_owned(),
                )
            })
        },
    ),
];

async fn show(cx: &Cx, args: &Args<'_>) -> Answer {
    let prefix = match args.rest() {
        [] => String::new(),
        [family] => format!("/{family}"),
        [family, key] => format!("/{family}/{key}"),
        _ => return Answer::Usage,
    };
    match cx
        .ask(|reply| Request::DatabaseTree(prefix.into(), reply))
        .await
    {
        Some(entries) => Answer::Done(list(entries.iter())),
        None => Answer::ended(),
    }
}

async fn show_key(cx: &Cx, args: &Args<'_>) -> Answer {
    let [key] = args.rest() else {
        return Answer::Usage;
    };
    let ending = format!("/{key}");
    match cx
        .ask(|reply| Request::DatabaseTree(Text::default(), reply))
        .await
    {
        Some(entries) => Answer::Done(list(
            entries.iter().filter(|(name, _)| name.ends_with(&ending)),
        )),
        None => Answer::ended(),
    }
}

fn list<'a>(entries: impl Iterator<Item = &'a (Text, Text)>) -> String {
    let mut text = String::new();
    let mut count = 0;
    for (key, value) in entries {
        let _ = writeln!(text, "{key:<50}: {value:<25}");
        count += 1;
    }
    let _ = writeln!(text, "{count} results found.");
    text
}

async fn get(cx: &Cx, args: &Args<'_>) -> Answer {
    let [family, key] = args.rest() else {
        return Answer::Usage;
    };
    let (family, key) = (family.as_str().into(), key.as_str().into());
    match cx
        .ask(|reply| Request::DatabaseGet(family, key, reply))
        .await
    {
        Some(Some(value)) => Answer::Done(format!("Value: {value}\n")),
        Some(None) => Answer::Done("Database entry not found.\n".to_owned()),
        None => Answer::ended(),
    }
}

async fn put(cx: &Cx, args: &Args<'_>) -> Answer {
    let [family, key, value] = args.rest() else {
        return Answer::Usage;
    };
    let (family, key, value) = (
        family.as_str().into(),
        key.as_str().into(),
        value.as_str().into(),
    );
    match cx
        .ask(|reply| Request::DatabasePut(family, key, value, reply))
        .await
    {
        Some(Ok(())) => Answer::Done("Updated database successfully\n".to_owned()),
        Some(Err(why)) => Answer::Done(format!("Failed to update entry: {}\n", why.0)),
        None => Answer::ended(),
    }
}

async fn delete(cx: &Cx, args: &Args<'_>) -> Answer {
    let [family, key] = args.rest() else {
        return Answer::Usage;
    };
    let (family, key) = (family.as_str().into(), key.as_str().into());
    match cx
        .ask(|reply| Request::DatabaseDelete(family, key, reply))
        .await
    {
        Some(Ok(true)) => Answer::Done("Database entry removed.\n".to_owned()),
        Some(Ok(false)) => Answer::Done("Database entry does not exist.\n".to_owned()),
        Some(Err(why)) => Answer::Done(format!("Database unavailable: {}\n", why.0)),
        None => Answer::ended(),
    }
}

async fn delete_tree(cx: &Cx, args: &Args<'_>) -> Answer {
    let (family, key) = match args.rest() {
        [family] => (family, ""),
        [family, key] => (family, key.as_str()),
        _ => return Answer::Usage,
    };
    let (family, key) = (family.as_str().into(), key.into());
    match cx
        .ask(|reply| Request::DatabaseDeleteTree(family, key, reply))
        .await
    {
        Some(Ok(0)) => Answer::Done("Database entries do not exist.\n".to_owned()),
        Some(Ok(count)) => Answer::Done(format!("{count} database entries removed.\n")),
        Some(Err(why)) => Answer::Done(format!("Database unavailable: {}\n", why.0)),
        None => Answer::ended(),
    }
}
