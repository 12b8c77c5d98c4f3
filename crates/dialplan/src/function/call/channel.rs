//! `CHANNEL(item)`.

use switch::channel::Channel;
use switch::fact::{Fact, HandlerStep};
use switch::{AmaFlags, ChannelId, Switch, Text, limits};

use super::view;
use crate::function::sip::of_channel;
use crate::function::system::call_scope;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;
use crate::script::Scope;

pub(crate) static CHANNEL: Function = Function {
    name: "CHANNEL",
    module: "func_channel",
    summary: "What is known of the channel.",
    syntax: "CHANNEL(item)",
    arguments: &[Argument {
        name: "item",
        help: "name, state, language, uniqueid, linkedid, accountcode, userfield, context, exten, channeltype, musicclass, hangupsource and others; of a call by SIP also pjsip, rtp and rtcp with what is asked for, such as pjsip,call-id; hangup_handler_push, _pop and _wipe can be assigned a subroutine.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Later(|scope, args| Box::pin(read_any(scope, args)))),
    write: Some(write),
};

/// What the switch knows, or else the channel's driver.
async fn read_any(scope: &dyn Scope, args: &str) -> Result<String, FunctionError> {
    let scope = call_scope(scope)?;
    let family = args.split(',').next().unwrap_or_default().trim();
    match &*family.to_ascii_lowercase() {
        "pjsip" | "rtp" | "rtcp" | "endpoint" | "contact" | "aor" => of_channel(scope, args).await,
        _ => read(&mut scope.env(), args),
    }
}

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let item = args
        .split(',')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let view = view(env)?;
    let env = CallEnv::of(env)?;
    let own = |read: fn(&Channel) -> String| {
        env.with(|world| world.switch.channel(view.id).map(read))
            .unwrap_or_default()
    };
    Ok(match &*item {
        "accountcode" => view.account.to_string(),
        "peeraccount" => view.peer_account.to_string(),
        "amaflags" => view.ama_flags.figure().to_string(),
        "appdata" => view.data.to_string(),
        "appname" => view.application.to_string(),
        "audionativeformat" => view.formats.to_string(),
        "audioreadformat" | "audiowriteformat" => view.format.to_string(),
        "videonativeformat" => "(nothing)".to_owned(),
        "channeltype" => view.technology.to_owned(),
        "checkhangup" => own(|channel| flag(channel.is_hanging_up())),
        "context" => view.context.to_string(),
        "exten" => view.exten.to_string(),
        "hangupsource" => view.hangup_source.to_string(),
        "language" => view.language.to_string(),
        "linkedid" => view.linkedid.to_string(),
        "max_forwards" => own(|channel| channel.forwards.to_string()),
        "musicclass" => own(|channel| match &*channel.music_class {
            "" => "default".to_owned(),
            class => class.to_owned(),
        }),
        "name" | "channame" => view.name.to_string(),
        "onhold" => own(|channel| flag(channel.held)),
        "parkinglot" => own(|channel| channel.parking_lot.to_string()),
        "state" => view.state.word().to_owned(),
        "tonezone" => own(|channel| channel.tone_zone.to_string()),
        "transfercapability" => "SPEECH".to_owned(),
        "uniqueid" => view.uniqueid.to_string(),
        "userfield" => view.userfield.to_string(),
        "callgroup" => own(|channel| channel.pickup_groups[0].to_string()),
        "pickupgroup" => own(|channel| channel.pickup_groups[1].to_string()),
        "namedcallgroup" => own(|channel| channel.pickup_groups[2].to_string()),
        "namedpickupgroup" => own(|channel| channel.pickup_groups[3].to_string()),
        "after_bridge_goto"
        | "dtmf_features"
        | "secure_bridge_media"
        | "secure_bridge_signaling"
        | "tenantid" => String::new(),
        _ => {
            return Err(FunctionError::failed(format!(
                "there is no {item:?} of a channel"
            )));
        }
    })
}

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let item = args
        .split(',')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    let text = Text::from(value);
    env.with(|world| {
        let switch = &mut world.switch;
        let tones = &world.rules.tones;
        match &*item {
            "accountcode" => switch.set_account(id, text),
            "amaflags" => {
                let flags = AmaFlags::parse(value);
                let flags =
                    flags.ok_or_else(|| FunctionError::failed(format!("{value:?} is no flag")))?;
                switch.edit(id, |view| view.ama_flags = flags);
            }
            "hangup_handler_push" => push(switch, id, value)?,
            "hangup_handler_pop" => {
                pop(switch, id);
                push(switch, id, value)?;
            }
            "hangup_handler_wipe" => {
                while pop(switch, id) {}
                push(switch, id, value)?;
            }
            "hangupsource" => switch.edit(id, |view| view.hangup_source = text),
            "language" => switch.set_language(id, text),
            "peeraccount" => switch.edit(id, |view| view.peer_account = text),
            "userfield" => switch.edit(id, |view| view.userfield = text),
            "max_forwards" => {
                let forwards = value.trim().parse().map_err(|_| {
                    FunctionError::Failed(format!("max_forwards: {value:?} is not a number"))
                })?;
                on_channel(switch, id, |channel| channel.forwards = forwards);
            }
            "musicclass" => on_channel(switch, id, |channel| channel.music_class = text),
            "parkinglot" => on_channel(switch, id, |channel| channel.parking_lot = text),
            "tonezone" => {
                let Some(zone) = tones.zone(value.trim()) else {
                    let text = format!("tonezone: there is no country {value:?}");
                    return Err(FunctionError::Failed(text));
                };
                on_channel(switch, id, |channel| channel.tone_zone = zone.name.clone());
            }
            _ => {
                let text = format!("there is no {item:?} of a channel that could be assigned to");
                return Err(FunctionError::Failed(text));
            }
        }
        Ok(())
    })
}

fn flag(is: bool) -> String {
    if is { "1" } else { "0" }.to_owned()
}

fn on_channel(switch: &mut Switch, id: ChannelId, change: impl FnOnce(&mut Channel)) {
    if let Some(channel) = switch.channel_mut(id) {
        change(channel);
    }
}

/// Puts a subroutine on the stack of those that run when the channel is hung up; nothing if it is empty.
fn push(switch: &mut Switch, id: ChannelId, routine: &str) -> Result<(), FunctionError> {
    let routine = routine.trim();
    let Some(view) = switch.view(id).filter(|_| !routine.is_empty()) else {
        return Ok(());
    };
    let place = routine.split('(').next().unwrap_or_default();
    let handler = Text::from(match place.matches(',').count() {
        0 => format!("{},{},{routine}", view.context, view.exten),
        1 => format!("{},{routine}", view.context),
        _ => routine.to_owned(),
    });
    let Some(channel) = switch.channel_mut(id) else {
        return Ok(());
    };
    if channel.hangup_handlers.len() >= limits::HANGUP_HANDLERS {
        return Err(FunctionError::failed(
            "the channel has too many hangup handlers already",
        ));
    }
    channel.hangup_handlers.push(handler.clone());
    switch.tell(Fact::HangupHandler {
        channel: view,
        what: HandlerStep::Pushed,
        handler,
    });
    Ok(())
}

/// Takes the newest of those subroutines away; false where there is none.
fn pop(switch: &mut Switch, id: ChannelId) -> bool {
    let popped = switch
        .channel_mut(id)
        .and_then(|channel| channel.hangup_handlers.pop());
    let Some((channel, handler)) = switch.view(id).zip(popped) else {
        return false;
    };
    switch.tell(Fact::HangupHandler {
        channel,
        what: HandlerStep::Popped,
        handler,
    });
    true
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    use switch::fact::{Fact, HandlerStep};

    #[test]
    fn reading() {
        let (mut bench, id) = Bench::with_call("exten => s,1,Answer()\nsame => n,Wait(100)");
        for (item, value) in [
            ("name", "Test/phone-00000000"),
            ("state", "Up"),
            ("language", "en"),
            ("channeltype", "Test"),
            ("Exten", "s"),
            ("appname", "Wait"),
            ("amaflags", "3"),
            ("max_forwards", "20"),
            ("musicclass", "default"),
            ("checkhangup", "0"),
        ] {
            assert_eq!(
                bench.fill(id, &format!("${{CHANNEL({item})}}")),
                value,
                "{item}"
            );
        }
        assert_eq!(bench.fill(id, "${CHANNEL(nosuch)}"), "");
        assert_eq!(bench.warnings(), 1);
    }

    #[test]
    fn assigning() {
        let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
        for item in [
            "accountcode",
            "language",
            "userfield",
            "musicclass",
            "parkinglot",
            "hangupsource",
        ] {
            bench.set(id, &format!("CHANNEL({item})"), "mine");
            assert_eq!(
                bench.fill(id, &format!("${{CHANNEL({item})}}")),
                "mine",
                "{item}"
            );
        }
        bench.set(id, "CHANNEL(tonezone)", "DE");
        assert_eq!(bench.fill(id, "${CHANNEL(tonezone)}"), "de");
        bench.set(id, "CHANNEL(amaflags)", "billing");
        assert_eq!(bench.fill(id, "${CHANNEL(amaflags)}"), "2");
        assert!(bench.try_set(id, true, "CHANNEL(name)", "other").is_err());
        assert!(
            bench
                .try_set(id, true, "CHANNEL(amaflags)", "some")
                .is_err()
        );
    }

    #[test]
    fn hangup_handlers_run_newest_first() {
        let (mut bench, id) = Bench::with_call(
            "exten => s,1,Set(CHANNEL(hangup_handler_push)=never,1)
            same => n,Set(CHANNEL(hangup_handler_wipe)=one,1(a))
            same => n,Set(CHANNEL(hangup_handler_push)=never,1)
            same => n,Set(CHANNEL(hangup_handler_pop)=)
            same => n,Set(CHANNEL(hangup_handler_push)=default,two,1)
            same => n,Wait(100)
            exten => one,1,NoOp(one ${ARG1})
            same => n,Return()
            exten => two,1,NoOp(two)
            same => n,Return()
            exten => never,1,NoOp(never)",
        );
        bench.shared.borrow_mut().switch.hangup_requested(id, None);
        bench.run();
        assert_eq!(bench.ran("NoOp"), ["two", "one a"]);
        let told = bench.facts.iter().filter_map(|fact| match fact {
            Fact::HangupHandler { what, handler, .. } => Some((*what, handler.to_string())),
            _ => None,
        });
        let told: Vec<_> = told.collect();
        let was = |what, handler: &str| (what, handler.to_owned());
        use HandlerStep::{Popped, Pushed, Ran};
        assert_eq!(
            told,
            [
                was(Pushed, "default,never,1"),
                was(Popped, "default,never,1"),
                was(Pushed, "default,one,1(a)"),
                was(Pushed, "default,never,1"),
                was(Popped, "default,never,1"),
                was(Pushed, "default,two,1"),
                was(Ran, "default,two,1"),
                was(Ran, "default,one,1(a)"),
            ]
        );
    }

    #[test]
    fn hangup_handlers_are_not_without_number() {
        let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
        for _ in 0..switch::limits::HANGUP_HANDLERS {
            bench.set(id, "CHANNEL(hangup_handler_push)", "h,1");
        }
        assert!(
            bench
                .try_set(id, true, "CHANNEL(hangup_handler_push)", "h,1")
                .is_err()
        );
    }
}
