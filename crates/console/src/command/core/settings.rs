//! `core show settings`.

use std::fmt::Write as _;

use crate::command::{Answer, Command};
use crate::host::Section;

pub(in crate::command) const COMMANDS: &[Command] = &[Command {
    words: "core show settings",
    arguments: "",
    summary: "What the switch was told, and where its files are",
    details: "",
    module: "core",
    complete: &[],
    run: |cx, args| {
        Box::pin(async {
            if args.rest().is_empty() {
                Answer::Done(render(&cx.host().settings()))
            } else {
                Answer::Usage
            }
        })
    },
}];

fn render(sections: &[Section]) -> String {
    let mut text = String::from("\nPBX Core settings\n-----------------\n");
    for (number, section) in sections.iter().enumerate() {
        if number > 0 {
            let _ = writeln!(text, "\n* {}\n  -------------", section.title);
        }
        for (label, value) in &section.lines {
            let _ = writeln!(text, "  {:<28} {value}", format!("{label}:"));
        }
    }
    text.push('\n');
    text
}
