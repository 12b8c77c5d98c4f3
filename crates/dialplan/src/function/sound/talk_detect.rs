//! `TALK_DETECT(action)`.

use std::time::Duration;

use super::change;
use crate::function::{Argument, Env, Escalates, Function, FunctionError};
use crate::script::arguments;

pub(crate) static TALK_DETECT: Function = Function {
    name: "TALK_DETECT",
    module: "func_talkdetect",
    summary: "Has ChannelTalkingStart and ChannelTalkingStop told of a call.",
    syntax: "TALK_DETECT(action)",
    arguments: &[Argument {
        name: "action",
        help: "set: from now on; the value is the milliseconds of silence that end a talk, 2500 if left out, \
               and a level of sound, which is not used. remove: no more.",
    }],
    escalates: Escalates::No,
    read: None,
    write: Some(write),
};

/// The silence that ends a talk, where nobody says.
const SILENCE: u64 = 2500;

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let silence = match &*args.trim().to_ascii_lowercase() {
        "remove" => None,
        "set" => {
            let values = arguments::split(value, 2);
            let millis = match arguments::nth(&values, 0).trim() {
                "" => SILENCE,
                given => given.parse().ok().filter(|n| *n > 0).ok_or_else(|| {
                    FunctionError::failed(format!("{given:?} is not a number of milliseconds"))
                })?,
            };
            Some(Duration::from_millis(millis))
        }
        other => {
            return Err(FunctionError::failed(format!(
                "there is no action {other:?}"
            )));
        }
    };
    change(env, |switch, id| switch.tell_talk(id, silence))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use switch::fact::Fact;
    use switch::signal::Order;

    use crate::bench::Bench;

    #[test]
    fn talk_is_told_with_how_long_it_was() {
        let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
        let talks = |bench: &mut Bench, talks| {
            bench.shared.borrow_mut().switch.talks(id, talks);
            bench.run();
        };
        talks(&mut bench, true);
        talks(&mut bench, false);
        bench.set(id, "TALK_DETECT(set)", "1200");
        assert_eq!(
            bench.orders(),
            [Order::Listen(Some(Duration::from_millis(1200)))]
        );
        talks(&mut bench, true);
        bench.seconds(3);
        talks(&mut bench, false);
        talks(&mut bench, false);
        let told: Vec<_> = bench
            .facts
            .iter()
            .filter_map(|fact| match fact {
                Fact::TalkBegan(_) => Some(None),
                Fact::TalkEnded { span, .. } => Some(Some(span.as_secs())),
                _ => None,
            })
            .collect();
        assert_eq!(told, [None, Some(3)]);
        bench.set(id, "TALK_DETECT(remove)", "");
        assert_eq!(bench.orders(), [Order::Listen(None)]);
        assert!(bench.try_set(id, true, "TALK_DETECT(set)", "soon").is_err());
        assert!(bench.try_set(id, true, "TALK_DETECT(stop)", "").is_err());
    }
}
