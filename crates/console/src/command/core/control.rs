//! `core stop …`, `core restart …`, `core abort shutdown`, `core set …`, `core reload`.

use engine::request::Stop;

use crate::Cx;
use crate::command::{Answer, Args, Command, module};

const fn end(words: &'static str, summary: &'static str, details: &'static str) -> Command {
    Command {
        words,
        arguments: "",
        summary,
        details,
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(async { stop(cx, args) }),
    }
}

pub(in crate::command) const COMMANDS: &[Command] = &[
    end(
        "core stop now",
        "Ends the switch at once",
        "Hangs up all calls and ends the switch.",
    ),
    end(
        "core stop gracefully",
        "Ends the switch when its calls are over",
        "Takes no new calls, and ends the switch when the last call is over.\n\
         The command returns at once.",
    ),
    end(
        "core stop when convenient",
        "Ends the switch when there is no call",
        "Goes on taking calls, and ends the switch when there is none.\n\
         The command returns at once.",
    ),
    end(
        "core restart now",
        "Starts the switch anew at once",
        "Hangs up all calls and starts the switch anew.",
    ),
    end(
        "core restart gracefully",
        "Starts the switch anew when its calls are over",
        "Takes no new calls, and starts the switch anew when the last call is over.\n\
         The command returns at once.",
    ),
    end(
        "core restart when convenient",
        "Starts the switch anew when there is no call",
        "Goes on taking calls, and starts the switch anew when there is none.\n\
         The command returns at once.",
    ),
    Command {
        words: "core abort shutdown",
        arguments: "",
        summary: "Takes back an end or restart that is waiting",
        details: "",
        module: "core",
        complete: &[],
        run: |cx, _| {
            Box::pin(async {
                cx.host().stop(Stop::Abort, false);
                Answer::Done(String::new())
            })
        },
    },
    Command {
        words: "core set verbose",
        arguments: "<level>|off",
        summary: "How much this console shows of what the dialplan does",
        details: "From 0 (or off), nothing, to 10. A plus before the figure never lowers it.",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(async { set_verbose(cx, args) }),
    },
    Command {
        words: "core set debug",
        arguments: "<level>|off",
        summary: "How much is logged for those who search a fault",
        details: "From 0 (or off), nothing, to 10. A plus before the figure never lowers it.",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(async { set_debug(cx, args) }),
    },
    Command {
        words: "core reload",
        arguments: "",
        summary: "Reads all configuration files anew",
        details: "A file that is broken keeps what was there before, and the command says where it is broken.",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(module::reload(cx, args)),
    },
];

fn stop(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let restart = args
        .words
        .get(1)
        .is_some_and(|word| word.eq_ignore_ascii_case("restart"));
    let (how, text) = match args
        .words
        .get(2)
        .map(|word| word.to_ascii_lowercase())
        .as_deref()
    {
        Some("gracefully") => (Stop::Gracefully, "Waiting for inactivity to perform "),
        Some("when") => (Stop::WhenConvenient, "Waiting for inactivity to perform "),
        _ => (Stop::Now, ""),
    };
    cx.host().stop(how, restart);
    if text.is_empty() {
        return Answer::Done(String::new());
    }
    Answer::Done(format!(
        "{text}{}\n",
        if restart { "restart" } else { "halt" }
    ))
}

fn set_verbose(cx: &Cx, args: &Args<'_>) -> Answer {
    let old = cx.verbosity();
    let Some(new) = level(args, old) else {
        return Answer::Usage;
    };
    cx.set_verbosity(new);
    Answer::Done(changed("Console verbose", old, new))
}

fn set_debug(cx: &Cx, args: &Args<'_>) -> Answer {
    let old = cx.host().debug_level();
    let Some(new) = level(args, old) else {
        return Answer::Usage;
    };
    cx.host().set_debug_level(new);
    Answer::Done(changed("Core debug", old, new))
}

fn level(args: &Args<'_>, old: u8) -> Option<u8> {
    // Older scripts write `atleast 3` for what is `+3` now.
    match args.rest() {
        [level] if level.eq_ignore_ascii_case("off") => Some(0),
        [level] => match level.strip_prefix('+') {
            Some(least) => least.parse().ok().map(|least: u8| least.max(old)),
            None => level.parse().ok(),
        },
        [word, level] if word.eq_ignore_ascii_case("atleast") => {
            level.parse().ok().map(|least: u8| least.max(old))
        }
        _ => None,
    }
}

fn changed(what: &str, old: u8, new: u8) -> String {
    let word = |level: u8| {
        if level == 0 {
            "OFF".to_owned()
        } else {
            level.to_string()
        }
    };
    if old == new {
        format!("{what} is still {}.\n", word(new))
    } else {
        format!("{what} was {} and is now {}.\n", word(old), word(new))
    }
}
