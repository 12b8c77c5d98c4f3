use crate::action::testing::Bench;
use crate::host::MailboxCounts;

#[test]
fn an_empty_mailbox() {
    let bench = Bench::unasked();
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
    let mut bench = Bench::unasked();
    bench.host.counts = MailboxCounts {
        urgent: 1,
        new: 2,
        old: 3,
    };
    let status = bench.ask("Action: MailboxStatus\nMailbox: 1,2");
    assert!(status.ends_with("\nMailbox: 1,2\nWaiting: 1\n\n"));
    let count = bench.ask("Action: MailboxCount\nMailbox: 1");
    assert!(count.ends_with("\nUrgMessages: 1\nNewMessages: 2\nOldMessages: 3\n\n"));
}

#[test]
fn a_mailbox_has_to_be_named() {
    for action in ["MailboxStatus", "MailboxCount"] {
        assert_eq!(
            Bench::unasked().ask(&format!("Action: {action}")),
            "Response: Error\nMessage: Mailbox not specified\n\n"
        );
    }
}
