use std::sync::{Arc, Mutex};

use sip::directory::Request;

use crate::action::testing::Bench;

/// A switch whose SIP sends a message or does not, and what it was given.
fn switch(sends: bool) -> (Bench, Arc<Mutex<Vec<String>>>) {
    let bench = Bench::unasked();
    let given: Arc<Mutex<Vec<String>>> = Arc::default();
    let taken = Arc::clone(&given);
    bench.host.sip.install(move |order| {
        if let Request::Message(message) = order {
            let line = format!(
                "{} {} {} {:?}",
                message.from, message.to, message.body, message.headers
            );
            taken.lock().unwrap().push(line);
            message.reply.send(sends);
        }
        true
    });
    (bench, given)
}

#[test]
fn a_message_is_sent_or_is_not() {
    let ask = "Action: MessageSend\nActionID: 1\nDestination: pjsip:6001\nFrom: <sip:me@x>\nBody: hello\n\
               Variable: Content-Type=text/x-note";
    let (bench, given) = switch(true);
    let told = bench.ask(ask);
    assert_eq!(
        told,
        "Response: Success\nActionID: 1\nMessage: Message successfully sent\n\n"
    );
    assert_eq!(
        *given.lock().unwrap(),
        ["<sip:me@x> 6001 hello [(\"Content-Type\", \"text/x-note\")]"]
    );
    let (bench, _) = switch(false);
    assert_eq!(
        bench.ask(ask),
        "Response: Error\nActionID: 1\nMessage: Message failed to send.\n\n"
    );
}

#[test]
fn base64_and_what_is_wrong() {
    let (bench, given) = switch(true);
    bench.ask("Action: MessageSend\nTo: sip:6001@10.0.0.1\nBase64Body: aGVsbG8=");
    assert_eq!(*given.lock().unwrap(), [" sip:6001@10.0.0.1 hello []"]);
    for wrong in [
        "Action: MessageSend\nBody: hello",
        "Action: MessageSend\nTo: pjsip:6001\nBase64Body: !",
        "Action: MessageSend\nTo: xmpp:somebody\nBody: hello",
        "Action: MessageSend\nTo: pjsip:6001\nVariable: nothing",
    ] {
        assert!(bench.ask(wrong).starts_with("Response: Error\n"), "{wrong}");
    }
    assert_eq!(given.lock().unwrap().len(), 1);
}
