//! Text messages outside of calls that come in: each runs the dialplan on a channel that nobody sees.

use switch::channel::Kind;
pub use switch::message::Message;
use switch::{NewChannel, Party, Snapshot, State, Text};

use crate::call::Call;
use crate::limits;
use crate::run;
use crate::task::Task;
use crate::world::Shared;

/// A message that came, and where the dialplan takes it.
#[derive(Debug)]
pub struct Incoming {
    /// The context.
    pub context: Text,
    /// The extension.
    pub exten: Text,
    /// It.
    pub message: Message,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reception {
    /// The dialplan has it, or will when it comes to its turn.
    Taken,
    /// There is no such extension.
    NoExtension,
    /// Too many wait, or the switch takes no new calls.
    Refused,
}

/// The name of the channel that messages run on, one after the other.
const CHANNEL: &str = "Message/ast_msg_queue";

/// Takes a message. Messages are served one after the other, in order.
pub fn receive(shared: &Shared, incoming: Incoming) -> Reception {
    let mut world = shared.borrow_mut();
    if world.refusing {
        return Reception::Refused;
    }
    if !world.exists(None, &incoming.context, &incoming.exten, 1) {
        return Reception::NoExtension;
    }
    if world.messages.len() >= limits::MESSAGES {
        world.switch.log(
            switch::fact::Level::Warning,
            "message",
            "too many messages wait for the dialplan, one is refused",
        );
        return Reception::Refused;
    }
    world.messages.push_back(incoming);
    let serves = std::mem::replace(&mut world.serves_messages, true);
    drop(world);
    if !serves {
        Task::spawn(shared, serve);
    }
    Reception::Taken
}

/// Serves the messages that wait, until there is none.
async fn serve(task: Task) {
    let _serving = Serving(task.shared.clone());
    while let Some(incoming) = task.with(|world| world.messages.pop_front()) {
        let made = task.with(|world| {
            world.switch.create(NewChannel {
                name: Text::from(CHANNEL),
                technology: Snapshot::INTERNAL,
                kind: Kind::Internal,
                state: State::Up,
                context: incoming.context,
                exten: incoming.exten,
                caller: Party::default(),
                account: Text::default(),
                uniqueid: Text::default(),
                linkedid: Text::default(),
                language: Text::default(),
                formats: Text::from("(slin)"),
                format: Text::from("slin"),
            })
        });
        let Ok(id) = made else {
            let text = "there is no room for a channel, a message is lost";
            task.with(|world| world.log(switch::fact::Level::Error, "message", text));
            continue;
        };
        task.with(|world| {
            if let Some(channel) = world.switch.channel_mut(id) {
                channel.message = Some(Box::new(incoming.message));
            }
        });
        run::run(Call {
            task: task.clone(),
            id,
        })
        .await;
    }
}

/// Whoever serves messages: the next message finds another where this one has ended.
struct Serving(Shared);

impl Drop for Serving {
    fn drop(&mut self) {
        self.0.borrow_mut().serves_messages = false;
    }
}

#[cfg(test)]
mod tests {
    use switch::fact::Fact;

    use super::*;
    use crate::bench::Bench;
    use crate::world::Question;

    fn send(bench: &mut Bench, exten: &str, body: &str) -> Reception {
        let mut message = Message::default();
        message.to = "pjsip:100@host".into();
        message.from = "\"Alice\" <sip:6001@host>".into();
        message.body = body.into();
        message.came_with("X-Kind".into(), "test".into());
        let incoming = Incoming {
            context: "default".into(),
            exten: exten.into(),
            message,
        };
        let taken = receive(&bench.shared, incoming);
        bench.run();
        taken
    }

    #[test]
    fn a_message_runs_the_dialplan_unseen() {
        let mut bench = Bench::new(
            "exten => 100,1,Set(GLOBAL(got)=${CHANNEL(name)} ${MESSAGE(from)} ${MESSAGE(to)} ${MESSAGE(body)} \
             ${MESSAGE_DATA(x-kind)})\nsame => n,UserEvent(Texted,Body: ${MESSAGE(body)})",
        );
        assert_eq!(send(&mut bench, "200", "hello"), Reception::NoExtension);
        assert_eq!(send(&mut bench, "100", "hello"), Reception::Taken);
        assert_eq!(
            bench.fill(None, "${got}"),
            "Message/ast_msg_queue \"Alice\" <sip:6001@host> pjsip:100@host hello test"
        );
        let seen: Vec<&Fact> = bench
            .facts
            .iter()
            .filter(|fact| !matches!(fact, Fact::Log { .. }))
            .collect();
        let [
            Fact::VariableSet { channel: None, .. },
            Fact::UserEvent {
                channel: None,
                headers,
                ..
            },
        ] = &seen[..]
        else {
            panic!("only what has no channel is told: {seen:?}");
        };
        assert_eq!(&*headers[0].1, "hello");
        assert_eq!(bench.shared.borrow().switch.count(), 0);
        assert_eq!(bench.shared.borrow().tasks(), 0);
    }

    #[test]
    fn messages_take_their_turns_and_there_is_an_end_of_room() {
        let mut bench = Bench::new(
            "exten => 100,1,Wait(1)\nsame => n,Set(GLOBAL(order)=${order}${MESSAGE(body)})",
        );
        for body in ["a", "b", "c"] {
            assert_eq!(send(&mut bench, "100", body), Reception::Taken);
        }
        bench.seconds(1);
        assert_eq!(bench.fill(None, "${order}"), "a");
        for _ in 2..limits::MESSAGES {
            send(&mut bench, "100", ".");
        }
        assert_eq!(send(&mut bench, "100", "."), Reception::Taken);
        assert_eq!(send(&mut bench, "100", "."), Reception::Refused);
        bench.seconds(2);
        assert_eq!(bench.fill(None, "${order}"), "abc");
    }

    #[test]
    fn a_message_is_answered_and_sent_on() {
        let mut bench = Bench::new(
            "exten => 100,1,Set(MESSAGE(body)=pong)\n\
             same => n,Set(MESSAGE_DATA(X-Answer)=yes)\n\
             same => n,MessageSend(pjsip:6001,sip:100@host,sip:6001@host)\n\
             same => n,Set(GLOBAL(status)=${MESSAGE_SEND_STATUS})\n\
             same => n,MessageSend(sms:6001)\n\
             same => n,Set(GLOBAL(status)=${status} ${MESSAGE_SEND_STATUS})\n\
             same => n,MessageSend()\n\
             same => n,Set(GLOBAL(status)=${status} ${MESSAGE_SEND_STATUS})\n\
             same => n,MessageSend(pjsip:missing)\n\
             same => n,Set(GLOBAL(status)=${status} ${MESSAGE_SEND_STATUS})",
        );
        send(&mut bench, "100", "ping");
        assert_eq!(
            bench.fill(None, "${status}"),
            "SUCCESS INVALID_PROTOCOL INVALID_URI FAILURE"
        );
        let Some(Question::Message {
            destination,
            message,
        }) = bench.asked.first()
        else {
            panic!("it was sent: {:?}", bench.asked);
        };
        assert_eq!(&**destination, "6001");
        assert_eq!(
            (&*message.from, &*message.to, &*message.body),
            ("sip:100@host", "sip:6001@host", "pong")
        );
        assert_eq!(
            message.outbound(),
            [("X-Answer".into(), "yes".into())] as [(Text, Text); 1]
        );
    }
}
