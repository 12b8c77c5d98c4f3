//! `MessageSend`.

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::script::arguments;
use crate::task::Gone;
use crate::world::{Answer, Question};

/// `MessageSend(destination[,from[,to]])`.
pub static MESSAGESEND: App = App {
    name: "MessageSend",
    module: "core",
    summary: "Sends a text message",
    syntax: "MessageSend(destination[,from[,to]])",
    arguments: &[
        Argument {
            name: "destination",
            help: "To whom: pjsip:endpoint, pjsip:endpoint/address, pjsip:address or PJSIP/user@endpoint.",
        },
        Argument {
            name: "from",
            help: "From whom; MESSAGE(from) if left out.",
        },
        Argument {
            name: "to",
            help: "To whom the message says it is; MESSAGE(to) if left out.",
        },
    ],
    description: "The text is MESSAGE(body), and what MESSAGE_DATA names goes with it. MESSAGE_SEND_STATUS is \
                  SUCCESS, FAILURE, INVALID_PROTOCOL or INVALID_URI.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 3);
    let arg = |at| arguments::nth(&args, at).trim();
    let status = match arg(0).split_once([':', '/']) {
        _ if arg(0).is_empty() => {
            call.warn("MessageSend", "it wants somebody to send to");
            "INVALID_URI"
        }
        Some((technology, destination)) if technology.eq_ignore_ascii_case("pjsip") => {
            send(&call, destination, arg(1), arg(2)).await?
        }
        _ => {
            call.warn("MessageSend", format!("{:?} has no messages", arg(0)));
            "INVALID_PROTOCOL"
        }
    };
    call.set("MESSAGE_SEND_STATUS", status);
    Ok(Outcome::Next)
}

/// Sends the call's message: the word of `MESSAGE_SEND_STATUS`.
async fn send(call: &Call, to: &str, from: &str, to_header: &str) -> Result<&'static str, Gone> {
    let own = call.with(|world| {
        let channel = world.switch.channel(call.id);
        channel.and_then(|channel| channel.message.clone())
    });
    let mut message = own.unwrap_or_default();
    for (given, field) in [(from, &mut message.from), (to_header, &mut message.to)] {
        if !given.is_empty() {
            *field = given.into();
        }
    }
    let question = Question::Message {
        destination: to.into(),
        message,
    };
    Ok(match call.ask(question).await? {
        Answer::Done => "SUCCESS",
        Answer::Failed(why) => {
            call.warn("MessageSend", format!("{to}: {why}"));
            "FAILURE"
        }
        _ => "FAILURE",
    })
}
