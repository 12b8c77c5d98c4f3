//! `core show uptime`, `core show version`, `core waitfullybooted`.

use std::time::Duration;

use crate::Cx;
use crate::command::{Answer, Args, Command, plural};

pub(in crate::command) const COMMANDS: &[Command] = &[
    Command {
        words: "core show uptime [seconds]",
        arguments: "",
        summary: "How long the switch has been up",
        details: "How long the switch has been up, and how long ago its configuration was last read.\n\
                  With `seconds` both are plain numbers.",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(show_uptime(cx, args)),
    },
    Command {
        words: "core show version",
        arguments: "",
        summary: "Which version this is",
        details: "",
        module: "core",
        complete: &[],
        run: |cx, _| Box::pin(async { Answer::Done(format!("{}\n", cx.host().version())) }),
    },
    Command {
        words: "core waitfullybooted",
        arguments: "",
        summary: "Waits until everything is loaded",
        details: "Returns as soon as everything is loaded; at once where that is so already.",
        module: "core",
        complete: &[],
        run: |cx, _| {
            Box::pin(async {
                cx.host().booted().await;
                Answer::Done("Asterisk has fully booted.\n".to_owned())
            })
        },
    },
];

async fn show_uptime(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let host = cx.host();
    let up = host.now().since(host.started());
    let reloaded = host.now().since(host.reloaded());
    let print = |span: Duration| match args.choice().as_str() {
        "seconds" => span.as_secs().to_string(),
        _ => words(span),
    };
    Answer::Done(format!(
        "System uptime: {}\nLast reload: {}\n",
        print(up),
        print(reloaded)
    ))
}

/// `1 week, 2 days, 5 seconds`.
fn words(span: Duration) -> String {
    const UNITS: [(&str, u64); 6] = [
        ("year", 31_536_000),
        ("week", 604_800),
        ("day", 86_400),
        ("hour", 3_600),
        ("minute", 60),
        ("second", 1),
    ];
    let mut rest = span.as_secs();
    let mut parts = Vec::new();
    for (unit, seconds) in UNITS {
        let count = rest / seconds;
        rest %= seconds;
        if count > 0 {
            parts.push(format!(
                "{count} {unit}{}",
                plural(usize::try_from(count).unwrap_or(2))
            ));
        }
    }
    if parts.is_empty() {
        "0 seconds".to_owned()
    } else {
        parts.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_in_words() {
        assert_eq!(words(Duration::from_millis(300)), "0 seconds");
        assert_eq!(words(Duration::from_secs(61)), "1 minute, 1 second");
        assert_eq!(
            words(Duration::from_secs(8 * 86_400 + 7_200)),
            "1 week, 1 day, 2 hours"
        );
    }
}
