//! What a Local call costs the engine: made, answered, hung up, with all its facts.

use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_main};
use dialplan::script::extensions::{self, Line, Section};
use engine::request::{Originate, Request, Responder};
use engine::{Engine, Input, Settings, Start};
use switch::fact::OriginateTarget;
use switch::module::{ModuleSpec, Modules};
use switch::{Party, Text, Time};

fn engine() -> Engine {
    let line = |key, value, line| Line {
        key,
        value,
        file: "extensions.conf",
        line,
    };
    let lines = [
        line("exten", "quick,1,Answer()", 1),
        line("same", "n,Hangup()", 2),
        line("exten", "chain,1,Answer()", 3),
        line("same", "n,Dial(Local/quick@load)", 4),
    ];
    let (plan, problems) = extensions::load(
        &[Section {
            name: "load",
            lines: &lines,
        }],
        &|_| None,
    );
    assert!(problems.is_empty(), "{problems:?}");
    let named = dialplan::app::ALL.iter().map(|app| app.module);
    let modules = Modules::new(named.map(|name| ModuleSpec { name, summary: "" }));
    let names: Vec<_> = modules.all().map(|(spec, _)| spec.name).collect();
    for name in names {
        modules.set(name, true);
    }
    Engine::new(Start {
        now: Time(1_000_000),
        seed: 1,
        plan: Arc::new(plan),
        modules: Arc::new(modules),
        settings: Settings::default(),
        database: Vec::new(),
    })
}

fn order(exten: &str) -> Originate {
    Originate {
        technology: Text::from("Local"),
        destination: Text::from(format!("{exten}@load/n")),
        target: OriginateTarget::Application {
            application: Text::from("Wait"),
            data: Text::from("1"),
        },
        timeout: Duration::from_secs(30),
        caller: Party::default(),
        variables: Vec::new(),
        account: Text::default(),
        early_media: false,
        run_alone: true,
        action_id: Text::default(),
        channel_id: Text::default(),
        other_channel_id: Text::default(),
        pre_dial: Text::default(),
        codecs: Vec::new(),
    }
}

fn calls(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("local call");
    group.throughput(Throughput::Elements(1));
    for exten in ["quick", "chain"] {
        let mut engine = engine();
        let mut now = 1_000_000;
        group.bench_function(exten, |bencher| {
            bencher.iter(|| {
                now += 100;
                let request = Request::Originate(Box::new(order(exten)), Responder::ignore());
                engine.handle(Time(now), Input::Request(request));
                engine.take_facts().len()
            });
        });
        engine.handle(Time(now + 10_000_000), Input::Tick);
        assert_eq!(engine.tasks(), 0, "every call has ended");
    }
    group.finish();
}

#[allow(missing_docs)] // what the macro makes is nobody's to read
mod group {
    criterion::criterion_group!(benches, super::calls);
}

criterion_main!(group::benches);
