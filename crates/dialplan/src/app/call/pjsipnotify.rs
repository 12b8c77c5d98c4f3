//! `PJSIPNotify`.

use switch::Text;
use switch::signal::{Notification, Order};

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `PJSIPNotify([to],content)`.
pub static PJSIPNOTIFY: App = App {
    name: "PJSIPNotify",
    module: "res_pjsip_notify",
    summary: "Sends a NOTIFY",
    syntax: "PJSIPNotify([to],content)",
    arguments: &[
        Argument {
            name: "to",
            help: "An endpoint or an address; inside the call of this channel if left out.",
        },
        Argument {
            name: "content",
            help: "A section of pjsip_notify.conf; or, after an &, headers as name=value with & between, \
                   lines of a body under the name Content.",
        },
    ],
    description: "The channel has to be one that speaks SIP.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let (to, content) = data.split_once(',').unwrap_or(("", &data));
    let Some(content) = read(content.trim()) else {
        call.warn("PJSIPNotify", format!("{content:?} says nothing to send"));
        return Ok(Outcome::Next);
    };
    if call.view()?.technology != "PJSIP" {
        call.warn("PJSIPNotify", "the channel does not speak SIP");
        return Ok(Outcome::Next);
    }
    let to = Text::from(to.trim());
    call.order(Order::Notify { to, content });
    Ok(Outcome::Next)
}

fn read(content: &str) -> Option<Notification> {
    if !content.contains('=') {
        return (!content.is_empty()).then(|| Notification::Named(content.into()));
    }
    let lines = content.split('&').filter(|line| !line.is_empty());
    let pairs = lines.map(|line| {
        let (name, value) = line.split_once('=')?;
        let name = name.trim();
        let broken = [name, value]
            .iter()
            .any(|text| text.contains(['\r', '\n', '\0']));
        (!name.is_empty() && !broken).then(|| (name.into(), value.trim().into()))
    });
    pairs.collect::<Option<Vec<_>>>().map(Notification::Lines)
}
