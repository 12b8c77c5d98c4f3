//! `VMCOUNT(mailboxes[,folder])`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::mailbox;
use crate::scope::CallEnv;
use crate::script::arguments;

pub(crate) static VMCOUNT: Function = Function {
    name: "VMCOUNT",
    module: "func_vmcount",
    summary: "How many messages wait in mailboxes.",
    syntax: "VMCOUNT(mailbox[&mailbox...][,folder])",
    arguments: &[
        Argument {
            name: "mailbox",
            help: "As mailbox@context; several are added up.",
        },
        Argument {
            name: "folder",
            help: "INBOX, the default, for new messages, Old for those that were heard. There are no others.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 2);
    let (names, folder) = (arguments::nth(&args, 0), arguments::nth(&args, 1));
    if names.is_empty() {
        return Err(FunctionError::failed("it wants a mailbox"));
    }
    let counted = CallEnv::of(env)?.with(|world| mailbox::count(world, names));
    Ok(match folder.to_ascii_lowercase().as_str() {
        "" | "inbox" => counted.new,
        "old" => counted.old,
        _ => 0,
    }
    .to_string())
}

#[cfg(test)]
mod tests {
    use switch::Text;
    use switch::mailbox::Mailbox;

    use crate::bench::Bench;

    #[test]
    fn messages_are_added_up() {
        let mut bench = Bench::new("exten => 1,1,NoOp()");
        for (name, new) in [("1@a", 2), ("2@a", 3)] {
            let mut world = bench.shared.borrow_mut();
            crate::mailbox::set(&mut world, &Text::from(name), Mailbox { new, old: 1 });
        }
        for (asked, value) in [
            ("1@a", "2"),
            ("1@a&2@a", "5"),
            ("1@a&2@a,Old", "2"),
            ("1@a,Work", "0"),
            ("3@a", "0"),
        ] {
            assert_eq!(bench.fill(None, &format!("${{VMCOUNT({asked})}}")), value);
        }
    }
}
