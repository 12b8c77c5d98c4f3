use std::sync::{Arc, Mutex};

use engine::request::Request;
use switch::mailbox::Mailbox;

use crate::action::testing::Bench;

/// A switch with two mailboxes, and what it was told.
fn bench() -> (Bench, Arc<Mutex<Vec<String>>>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let tell = Arc::clone(&told);
    let bench = Bench::new(move |request| match request {
        Request::CountMailboxes(name, reply) => reply.send(match &*name {
            "1,2" => Mailbox { new: 2, old: 3 },
            _ => Mailbox::default(),
        }),
        Request::Mailboxes(reply) => reply.send(vec![
            ("1@a".into(), Mailbox { new: 2, old: 0 }),
            ("2@b".into(), Mailbox { new: 0, old: 3 }),
        ]),
        Request::SetMailbox(name, mailbox, reply) => {
            let (new, old) = (mailbox.new, mailbox.old);
            tell.lock().unwrap().push(format!("{name} {new}/{old}"));
            reply.send(&*name != "full");
        }
        Request::RemoveMailbox(name, reply) => {
            tell.lock().unwrap().push(format!("{name} gone"));
            reply.send(true);
        }
        other => panic!("the engine was asked {other:?}"),
    });
    (bench, told)
}

#[test]
fn an_empty_mailbox() {
    let (bench, _) = bench();
    assert_eq!(
        bench.ask("Action: MailboxStatus\nActionID: 1\nMailbox: 2001@default"),
        "Response: Success\nActionID: 1\nMessage: Mailbox Status\nMailbox: 2001@default\n\
         Waiting: 0\n\n"
    );
    assert_eq!(
        bench.ask("Action: MailboxCount\nActionID: 2\nMailbox: 2001@default"),
        "Response: Success\nActionID: 2\nMessage: Mailbox Message Count\nMailbox: 2001@default\n\
         UrgMessages: 0\nNewMessages: 0\nOldMessages: 0\n\n"
    );
}

#[test]
fn messages_wait() {
    let (bench, _) = bench();
    let status = bench.ask("Action: MailboxStatus\nMailbox: 1,2");
    assert!(status.ends_with("\nMailbox: 1,2\nWaiting: 1\n\n"));
    let count = bench.ask("Action: MailboxCount\nMailbox: 1,2");
    assert!(count.ends_with("\nUrgMessages: 0\nNewMessages: 2\nOldMessages: 3\n\n"));
}

#[test]
fn a_mailbox_has_to_be_named() {
    for (action, why) in [
        ("MailboxStatus", "Mailbox not specified"),
        ("MailboxCount", "Mailbox not specified"),
        ("MWIGet", "Missing mailbox parameter in request"),
        ("MWIUpdate", "Missing mailbox parameter in request"),
        ("MWIDelete", "Missing mailbox parameter in request"),
    ] {
        assert_eq!(
            Bench::unasked().ask(&format!("Action: {action}")),
            format!("Response: Error\nMessage: {why}\n\n")
        );
    }
}

#[test]
fn mailboxes_are_listed_by_name_and_by_expression() {
    let (bench, _) = bench();
    assert_eq!(
        bench.ask("Action: MWIGet\nActionID: 7\nMailbox: 2@b"),
        "Response: Success\nActionID: 7\nEventList: start\nMessage: Mailboxes will follow\n\n\
         Event: MWIGet\nActionID: 7\nMailbox: 2@b\nOldMessages: 3\nNewMessages: 0\n\n\
         Event: MWIGetComplete\nActionID: 7\nEventList: Complete\nListItems: 1\n\n"
    );
    let listed = |name: &str| bench.ask(&format!("Action: MWIGet\nMailbox: {name}"));
    assert!(listed("/@[ab]$/").ends_with("ListItems: 2\n\n"));
    assert!(listed("3@b").ends_with("ListItems: 0\n\n"));
    assert!(listed("/(/").starts_with("Response: Error\nMessage: The expression is none: "));
}

#[test]
fn mailboxes_are_counted_and_forgotten() {
    let (bench, told) = bench();
    let set = "Action: MWIUpdate\nMailbox: 1@a\nNewMessages: 4\nOldMessages: 5";
    assert_eq!(bench.ask(set), "Response: Success\n\n");
    assert_eq!(
        bench.ask("Action: MWIUpdate\nMailbox: 3@a"),
        "Response: Success\n\n"
    );
    assert_eq!(
        bench.ask("Action: MWIUpdate\nMailbox: 1@a\nNewMessages: -1"),
        "Response: Error\nMessage: Invalid value for NewMessages\n\n"
    );
    let full = bench.ask("Action: MWIUpdate\nMailbox: full\nNewMessages: 1");
    assert!(full.starts_with("Response: Error\n"));
    assert_eq!(
        bench.ask("Action: MWIDelete\nMailbox: /@/"),
        "Response: Success\n\n"
    );
    let told = told.lock().unwrap();
    assert_eq!(
        *told,
        ["1@a 4/5", "3@a 0/0", "full 1/0", "1@a gone", "2@b gone"]
    );
}
