use ami::Dialect;
use ami::action::system::Command;
use ami::refusal::system as refusal;

use crate::action::Cx;
use crate::host::CommandOutput;
use crate::reply::Reply;

/// Commands that are for the console alone, because they change what code runs.
const CONSOLE_ONLY: [[&str; 2]; 3] = [
    ["module", "load"],
    ["module", "unload"],
    ["restart", "gracefully"],
];

pub(super) async fn command(cx: &Cx<'_>, action: Command) -> Reply {
    if action.command.is_empty() {
        return Reply::error(refusal::NO_COMMAND);
    }
    if is_console_only(&action.command) {
        return Reply::error(refusal::COMMAND_BLACKLISTED);
    }
    let output = cx.host.command(&action.command, cx.user).await;
    match cx.dialect {
        Dialect::Current => labelled(&output),
        Dialect::Old => bare(&output),
    }
}

fn is_console_only(command: &str) -> bool {
    let mut words = command.split_ascii_whitespace();
    let (Some(first), Some(second)) = (words.next(), words.next()) else {
        return false;
    };
    CONSOLE_ONLY.iter().any(|[verb, object]| {
        first.eq_ignore_ascii_case(verb) && second.eq_ignore_ascii_case(object)
    })
}

/// A header for each line, and one for no line at all.
fn labelled(output: &CommandOutput) -> Reply {
    let message = "Command output follows";
    let reply = if output.success {
        Reply::success(message)
    } else {
        Reply::error(message)
    };
    if output.lines.is_empty() {
        return reply.line("Output", "");
    }
    output
        .lines
        .iter()
        .fold(reply, |reply, line| reply.line("Output", line))
}

/// The lines as they are, and a mark that ends them.
fn bare(output: &CommandOutput) -> Reply {
    let reply = Reply::new("Follows").line("Privilege", "Command");
    let reply = output.lines.iter().fold(reply, |reply, line| {
        let line = text::to_bytes(line);
        // A line end inside a line would be one more line, which could be the mark.
        let end = line
            .iter()
            .position(|b| matches!(b, b'\r' | b'\n'))
            .unwrap_or(line.len());
        reply.raw(line.get(..end).unwrap_or_default()).raw(b"\n")
    });
    reply.raw(b"--END COMMAND--\r\n")
}
