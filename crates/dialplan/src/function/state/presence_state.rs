//! `PRESENCE_STATE(provider,field[,options])`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use switch::Text;
use switch::presence::{Presence, PresenceState};

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::hint;
use crate::scope::CallEnv;
use crate::script::arguments;
use crate::world::Change;

pub(crate) static PRESENCE_STATE: Function = Function {
    name: "PRESENCE_STATE",
    module: "func_presencestate",
    summary: "What somebody says of themselves.",
    syntax: "PRESENCE_STATE(provider,field[,options])",
    arguments: &[
        Argument {
            name: "provider",
            help: "Such as CustomPresence:alice, which can be assigned to: state[,subtype[,message[,options]]].",
        },
        Argument {
            name: "field",
            help: "value, subtype or message.",
        },
        Argument {
            name: "options",
            help: "e: subtype and message are in base 64.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: Some(write),
};

/// Most bytes of one text.
const LENGTH: usize = 4096;

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 3);
    let (provider, field) = (arguments::nth(&args, 0), arguments::nth(&args, 1));
    let encoded = arguments::nth(&args, 2).contains('e');
    let presence = CallEnv::of(env)?.with(|world| {
        let presence = world.switch.devices.presence(provider).cloned();
        presence.unwrap_or_else(|| hint::not_set().into())
    });
    let text = |text: &str| match encoded {
        true => STANDARD.encode(text::to_bytes(text)),
        false => text.to_owned(),
    };
    match field {
        "value" => Ok(presence.state.word().to_owned()),
        "subtype" => Ok(text(&presence.subtype)),
        "message" => Ok(text(&presence.message)),
        _ => Err(FunctionError::failed(format!(
            "there is no {field:?} of a presence"
        ))),
    }
}

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let name = args
        .strip_prefix("CustomPresence:")
        .filter(|name| !name.is_empty())
        .ok_or_else(|| FunctionError::failed("only CustomPresence: can be assigned to"))?;
    let presence = parse(value)?;
    let kept = format!(
        "{},{},{}",
        presence.state.word(),
        presence.subtype,
        presence.message
    );
    let key = Text::from(format!("/CustomPresence/{name}"));
    CallEnv::of(env)?.with(|world| {
        world.change_database(
            Change::Put {
                key,
                value: Text::from(kept),
            },
            drop,
        );
        hint::set_presence(world, &Text::from(args), presence);
    });
    Ok(())
}

/// Reads `state[,subtype[,message[,options]]]`.
fn parse(value: &str) -> Result<Presence, FunctionError> {
    let parts: Vec<&str> = value.splitn(4, ',').collect();
    let part = |at: usize| parts.get(at).copied().unwrap_or_default();
    let state = PresenceState::parse(part(0))
        .ok_or_else(|| FunctionError::failed(format!("{:?} is no presence", part(0))))?;
    let encoded = match part(3).trim() {
        "" => false,
        "e" => true,
        other => {
            return Err(FunctionError::failed(format!(
                "there is no option {other:?}"
            )));
        }
    };
    let text = |text: &str| {
        let text = match encoded {
            false => text.to_owned(),
            true => STANDARD
                .decode(text)
                .map(|bytes| text::decode(&bytes).into_owned())
                .map_err(|_| FunctionError::failed(format!("{text:?} is not base 64")))?,
        };
        match text.len() <= LENGTH {
            true => Ok(Text::from(text)),
            false => Err(FunctionError::failed(format!(
                "a text is longer than {LENGTH} bytes"
            ))),
        }
    };
    Ok(Presence {
        state,
        subtype: text(part(1))?,
        message: text(part(2))?,
    })
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn presences_are_set_and_kept() {
        let mut bench = Bench::new("exten => s,1,NoOp()");
        let name = "PRESENCE_STATE(CustomPresence:bob)";
        assert_eq!(
            bench.fill(None, "${PRESENCE_STATE(CustomPresence:bob,value)}"),
            "not_set"
        );
        bench
            .try_set(None, false, name, "away,lunch,back at one, or two")
            .unwrap_err();
        bench
            .try_set(None, false, name, "away,lunch,back at one")
            .unwrap();
        let text = "${PRESENCE_STATE(CustomPresence:bob,value)} ${PRESENCE_STATE(CustomPresence:bob,subtype)} \
            ${PRESENCE_STATE(CustomPresence:bob,message)} ${DB(CustomPresence/bob)}";
        assert_eq!(
            bench.fill(None, text),
            "away lunch back at one away,lunch,back at one"
        );
        bench.set(None, name, "dnd,,aGVsbG8=,e");
        assert_eq!(
            bench.fill(None, "${PRESENCE_STATE(CustomPresence:bob,message)}"),
            "hello"
        );
        assert_eq!(
            bench.fill(None, "${PRESENCE_STATE(CustomPresence:bob,message,e)}"),
            "aGVsbG8="
        );
        for value in ["asleep", "away,!,,e"] {
            assert!(bench.try_set(None, true, name, value).is_err(), "{value}");
        }
        assert!(
            bench
                .try_set(None, true, "PRESENCE_STATE(SIP:bob)", "away")
                .is_err()
        );
        assert_eq!(
            bench.fill(None, "${PRESENCE_STATE(CustomPresence:bob,colour)}"),
            ""
        );
    }
}
