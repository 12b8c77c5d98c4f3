//! `Originate`.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use switch::fact::OriginateTarget;
use switch::{Party, Text};

use crate::app::options::Options;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::originate::{self, Ended, Order};
use crate::task::Gone;

/// `Originate(tech/data,type,arg1[,arg2[,arg3[,timeout[,options]]]])`.
pub static ORIGINATE: App = App {
    name: "Originate",
    module: "app_originate",
    summary: "Calls somebody and connects that call with an application or an extension",
    syntax: "Originate(tech/data,type,arg1[,arg2[,arg3[,timeout[,options]]]])",
    arguments: &[
        Argument {
            name: "tech/data",
            help: "Whom to call.",
        },
        Argument {
            name: "type",
            help: "app or exten.",
        },
        Argument {
            name: "arg1",
            help: "The application, or the context.",
        },
        Argument {
            name: "arg2",
            help: "The application's arguments, or the extension.",
        },
        Argument {
            name: "arg3",
            help: "The priority, a number.",
        },
        Argument {
            name: "timeout",
            help: "Seconds that it may ring; 30 if left out.",
        },
        Argument {
            name: "options",
            help: "a does not wait for the answer; c(number) and n(name) are the caller id shown; \
                   v(name=value^...) sets variables.",
        },
    ],
    description: "ORIGINATE_STATUS says what became of it: SUCCESS, FAILED, BUSY, CONGESTION, RINGING, \
                  UNKNOWN.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let parts: Vec<&str> = data.splitn(7, ',').map(str::trim).collect();
    let part = |at: usize| parts.get(at).copied().unwrap_or_default();
    let target = match part(1).to_ascii_lowercase().as_str() {
        "app" => Some(OriginateTarget::Application {
            application: Text::from(part(2)),
            data: Text::from(part(3)),
        }),
        "exten" => Some(OriginateTarget::Extension {
            context: Text::from(part(2)),
            exten: Text::from(if part(3).is_empty() { "s" } else { part(3) }),
            priority: part(4).parse().unwrap_or(1),
        }),
        _ => None,
    };
    let (Some(target), Some((technology, destination))) = (target, part(0).split_once('/')) else {
        call.warn(
            "Originate",
            "it needs tech/data, then app or exten, then what or where",
        );
        call.set("ORIGINATE_STATUS", "FAILED");
        return Ok(Outcome::Next);
    };
    let timeout = crate::app::control::wait::seconds(part(5)).unwrap_or(Duration::from_secs(30));

    let options = Options::new(part(6), "acnv", |letter| {
        call.warn("Originate", format!("there is no option {letter:?}"));
    });
    let caller = Party {
        number: Text::from(options.argument('c').unwrap_or_default()),
        name: Text::from(options.argument('n').unwrap_or_default()),
        ..Party::default()
    };
    let variables = options
        .argument('v')
        .unwrap_or_default()
        .split('^')
        .filter_map(|set| set.split_once('='));
    let order = Order {
        technology: Text::from(technology),
        destination: Text::from(destination),
        target,
        timeout,
        caller,
        variables: variables
            .map(|(n, v)| (Text::from(n), Text::from(v)))
            .collect(),
        account: Text::default(),
        early_media: false,
        trusted: true,
        told: false,
        action_id: Text::default(),
        channel_id: Text::default(),
        other_channel_id: Text::default(),
        pre_dial: Text::default(),
    };
    let ended = Rc::new(Cell::new(None));
    let (told, waker) = (Rc::clone(&ended), call.clone());
    originate::start(&call.task.shared, order, move |how| {
        told.set(Some(how));
        waker.with(|world| world.switch.signal(waker.id, switch::signal::Signal::Nudge));
    });
    if options.has('a') {
        call.set("ORIGINATE_STATUS", "SUCCESS");
        return Ok(Outcome::Next);
    }
    let how = loop {
        if let Some(how) = ended.get() {
            break how;
        }
        call.task.next(Some(call.id), None).await?;
    };
    call.set(
        "ORIGINATE_STATUS",
        match how {
            Ended::Answered => "SUCCESS",
            Ended::Failed(5) => "BUSY",
            Ended::Failed(8) => "CONGESTION",
            Ended::Failed(1 | 3) => "RINGING",
            Ended::Failed(_) | Ended::IdInUse => "FAILED",
        },
    );
    Ok(Outcome::Next)
}
