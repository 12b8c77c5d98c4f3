//! `CDR(name[,options])`.

use switch::cdr::{Cdr, Disposition};
use switch::{AmaFlags, Text, Time};

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;
use crate::script::arguments;
use crate::script::timespec::Moment;

pub(crate) static CDR: Function = Function {
    name: "CDR",
    module: "func_cdr",
    summary: "A field of the call record.",
    syntax: "CDR(name[,options])",
    arguments: &[
        Argument {
            name: "name",
            help: "clid, src, dst, dcontext, channel, dstchannel, lastapp, lastdata, start, answer, end, duration, billsec, disposition, amaflags, accountcode, uniqueid, linkedid, userfield, peeraccount, sequence, or a name of your own.",
        },
        Argument {
            name: "options",
            help: "u: as it is kept, times in seconds. f: duration and billsec with their parts.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: Some(write),
};

/// Fields that tell what happened, which nobody can change.
const FIXED: &[&str] = &[
    "clid",
    "src",
    "dst",
    "dcontext",
    "channel",
    "dstchannel",
    "lastapp",
    "lastdata",
    "start",
    "answer",
    "end",
    "duration",
    "billsec",
    "disposition",
    "uniqueid",
    "linkedid",
    "sequence",
];

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 2);
    let name = arguments::nth(&args, 0);
    let options = arguments::nth(&args, 1);
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    let (record, moment, over) = env.with(|world| {
        let record = world.switch.records.peek(id, world.switch.now);
        let over = world
            .switch
            .channel(id)
            .is_some_and(|channel| channel.is_hanging_up());
        (record, world.moment(), over)
    });
    let record = record.ok_or_else(without_record)?;
    let reading = Reading {
        record: &record,
        moment,
        over,
        options,
    };
    Ok(reading
        .field(&name.to_ascii_lowercase())
        .unwrap_or_else(|| {
            let mut variables = record.variables.iter();
            variables
                .find(|(known, _)| &**known == name)
                .map(|(_, value)| value.to_string())
                .unwrap_or_default()
        }))
}

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let name = args.split(',').next().unwrap_or_default();
    let field = name.to_ascii_lowercase();
    if field.is_empty() || FIXED.contains(&&*field) {
        return Err(FunctionError::failed(format!(
            "{name:?} of a record cannot be changed"
        )));
    }
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    let value = Text::from(value);
    env.with(|world| match &*field {
        "accountcode" => {
            world.switch.set_account(id, value);
            Ok(())
        }
        "amaflags" => {
            let flags = AmaFlags::parse(&value);
            let flags =
                flags.ok_or_else(|| FunctionError::failed(format!("{value:?} is no flag")))?;
            world.switch.edit(id, |view| view.ama_flags = flags);
            Ok(())
        }
        "peeraccount" => {
            world.switch.edit(id, |view| view.peer_account = value);
            Ok(())
        }
        "userfield" => kept(world.switch.records.set(id, "userfield", &value)),
        _ => kept(world.switch.records.set(id, name, &value)),
    })
}

fn kept(kept: bool) -> Result<(), FunctionError> {
    if kept { Ok(()) } else { Err(without_record()) }
}

fn without_record() -> FunctionError {
    FunctionError::failed("the call has no record")
}

struct Reading<'r> {
    record: &'r Cdr,
    /// Now, in the switch's zone.
    moment: Moment,
    over: bool,
    options: &'r str,
}

impl Reading<'_> {
    fn field(&self, name: &str) -> Option<String> {
        let record = self.record;
        let raw = self.options.contains('u');
        let text = match name {
            "accountcode" => &record.account,
            "peeraccount" => &record.peer_account,
            "src" => &record.source,
            "dst" => &record.destination,
            "dcontext" => &record.context,
            "clid" => &record.caller,
            "channel" => &record.channel,
            "dstchannel" => &record.peer,
            "lastapp" => &record.application,
            "lastdata" => &record.data,
            "uniqueid" => &record.uniqueid,
            "linkedid" => &record.linkedid,
            "userfield" => &record.userfield,
            "start" => return Some(self.time(Some(record.start))),
            "answer" => return Some(self.time(record.answer)),
            "end" => return Some(self.time(self.over.then_some(record.end))),
            "duration" => return Some(self.span(Some(record.start))),
            "billsec" => return Some(self.span(record.answer)),
            "sequence" => return Some(record.sequence.to_string()),
            "amaflags" if raw => return Some(record.ama_flags.figure().to_string()),
            "amaflags" => return Some(record.ama_flags.word().to_owned()),
            "disposition" if raw => return Some(figure(record.disposition).to_string()),
            "disposition" => return Some(record.disposition.word().to_owned()),
            _ => return None,
        };
        Some(text.to_string())
    }

    fn time(&self, time: Option<Time>) -> String {
        match time {
            None if self.options.contains('u') => "0.000000".to_owned(),
            None => String::new(),
            Some(time) if self.options.contains('u') => {
                format!("{}.{:06}", time.seconds(), time.subsecond_micros())
            }
            Some(time) => {
                let moment = Moment {
                    microseconds: time.0,
                    zone: self.moment.zone.clone(),
                };
                moment
                    .local(&moment.zone)
                    .strftime("%Y-%m-%d %H:%M:%S")
                    .to_string()
            }
        }
    }

    /// The seconds from a moment to the end, or until now.
    fn span(&self, from: Option<Time>) -> String {
        let end = if self.over {
            self.record.end
        } else {
            Time(self.moment.microseconds)
        };
        let span = from.map(|from| end.since(from)).unwrap_or_default();
        match self.options.contains('f') {
            true => format!("{:.6}", span.as_secs_f64()),
            false => span.as_secs().to_string(),
        }
    }
}

fn figure(disposition: Disposition) -> u8 {
    match disposition {
        Disposition::NoAnswer => 0,
        Disposition::Failed => 2,
        Disposition::Busy => 4,
        Disposition::Answered => 8,
        Disposition::Congestion => 16,
    }
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    use switch::ChannelId;
    use switch::cdr::Rules;

    fn recorded() -> (Bench, ChannelId) {
        let mut bench = Bench::new("exten => s,1,Wait(2)\nsame => n,Answer()\nsame => n,Wait(100)");
        let rules = Rules {
            enabled: true,
            unanswered: true,
            congestion: false,
            end_before_h: true,
            round_up: false,
        };
        bench.shared.borrow_mut().switch.records.configure(rules);
        let id = bench.call("s");
        (bench, id)
    }

    #[test]
    fn reading() {
        let (mut bench, id) = recorded();
        assert_eq!(
            bench.fill(id, "${CDR(answer)}|${CDR(answer,u)}|${CDR(billsec)}"),
            "|0.000000|0"
        );
        bench.seconds(5);
        for (field, value) in [
            ("src", "5551000"),
            ("clid", "\"Click\" <5551000>"),
            ("dst", "s"),
            ("lastapp", "Wait"),
            ("lastdata", "100"),
            ("start", "2027-01-15 08:00:00"),
            ("start,u", "1800000000.000000"),
            ("answer", "2027-01-15 08:00:02"),
            ("end", ""),
            ("duration", "5"),
            ("billsec", "3"),
            ("billsec,f", "3.000000"),
            ("disposition", "ANSWERED"),
            ("disposition,u", "8"),
            ("amaflags", "DOCUMENTATION"),
            ("amaflags,u", "3"),
            ("nosuch", ""),
        ] {
            assert_eq!(
                bench.fill(id, &format!("${{CDR({field})}}")),
                value,
                "{field}"
            );
        }
    }

    #[test]
    fn assigning() {
        let (mut bench, id) = recorded();
        for name in ["userfield", "ticket", "accountcode", "peeraccount"] {
            bench.set(id, &format!("CDR({name})"), "mine");
        }
        assert_eq!(
            bench.fill(id, "${CDR(userfield)}${CDR(ticket)}${CDR(accountcode)}"),
            "mineminemine"
        );
        assert!(bench.try_set(id, true, "CDR(src)", "x").is_err());
        assert!(bench.try_set(id, true, "CDR(amaflags)", "x").is_err());
    }

    #[test]
    fn without_records_there_is_nothing() {
        let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
        assert_eq!(bench.fill(id, "${CDR(src)}"), "");
        assert!(bench.try_set(id, true, "CDR(userfield)", "x").is_err());
    }
}
