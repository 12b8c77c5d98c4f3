//! `CONNECTEDLINE(datatype[,i])`.

use switch::signal::Order;

use super::view;
use crate::function::party;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;
use crate::script::arguments;

pub(crate) static CONNECTEDLINE: Function = Function {
    name: "CONNECTEDLINE",
    module: "func_callerid",
    summary: "Whom the call is connected with.",
    syntax: "CONNECTEDLINE(datatype[,i])",
    arguments: &[
        Argument {
            name: "datatype",
            help: "num, name, all, pres and what belongs to them, such as num-pres or name-valid.",
        },
        Argument {
            name: "i",
            help: "i: do not tell the far end.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: Some(write),
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 2);
    let field = arguments::nth(&args, 0).trim().to_ascii_lowercase();
    let value = party::read(&view(env)?.connected, &field);
    value.ok_or_else(|| FunctionError::failed(format!("there is no {field:?} of a connected line")))
}

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let args = arguments::split(args, 2);
    let field = arguments::nth(&args, 0).trim().to_ascii_lowercase();
    let mut connected = view(env)?.connected.clone();
    party::write(&mut connected, &field, value.trim())?;
    let quiet = arguments::nth(&args, 1).contains('i');
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    env.with(|world| {
        world.switch.set_connected(id, connected.clone());
        if !quiet {
            world.switch.order(id, Order::Connected(connected));
        }
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    use switch::signal::Order;

    #[test]
    fn the_far_end_is_told_unless_it_must_not_be() {
        let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
        bench.set(id, "CONNECTEDLINE(num,i)", "100");
        assert!(bench.orders().is_empty());
        bench.set(id, "CONNECTEDLINE(name)", "Ann");
        assert!(
            matches!(&bench.orders()[..], [Order::Connected(party)] if &*party.number == "100")
        );
        assert_eq!(bench.fill(id, "${CONNECTEDLINE(all)}"), "\"Ann\" <100>");
        assert_eq!(bench.fill(id, "${CONNECTEDLINE(nosuch)}"), "");
        assert_eq!(bench.warnings(), 1);
    }
}
