//! `cargo xtask peers`: the stock clients of `tests/peers` and the programs of `examples`, one after the
//! other, against one freshly started switch. `cargo xtask phones`: the soft phones of `tests/phones`, likewise.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::daemon::{self, Daemon};
use crate::{Failure, checkout};

/// No client needs more than a few seconds, no phone more than a minute.
const LIMIT: Duration = Duration::from_secs(120);

/// Names, and the command lines from the root of the checkout. `python` is the interpreter of the virtual
/// environment that `./test` fills, `example` stands for the directory of examples that cargo has built.
const PEERS: &[(&str, &str)] = &[
    ("panoramisk", "python tests/peers/panoramisk/peer.py"),
    // It uses names that Python has deprecated since.
    ("pyst2", "python -W ignore tests/peers/pyst2/peer.py"),
    (
        "asterisk-manager",
        "node tests/peers/asterisk-manager/peer.js",
    ),
    (
        "asterisk-ami-client",
        "node tests/peers/asterisk-ami-client/peer.js",
    ),
    (
        "telephony-asterisk-ami",
        "perl tests/peers/telephony-asterisk-ami/peer.pl",
    ),
    // Debian's library belongs to Debian's Ruby.
    ("ruby-ami", "/usr/bin/ruby tests/peers/ruby-ami/peer.rb"),
    ("telnet", "bash tests/peers/telnet/peer.sh"),
    (
        "click-to-call",
        "python examples/click_to_call.py answer@peers talk@peers",
    ),
    ("wallboard", "python examples/wallboard.py --once"),
    (
        "call-and-watch",
        "example/call_and_watch Local/answer@peers",
    ),
];

/// The same for phones.
const PHONES: &[(&str, &str)] = &[
    ("registering", "python tests/phones/registering.py"),
    ("secure", "python tests/phones/secure.py"),
    ("sipp", "python tests/phones/sipp.py"),
    ("sounds", "python tests/phones/sounds.py"),
    ("digits", "python tests/phones/digits.py"),
    ("keys", "python tests/phones/keys.py"),
    ("messages", "python tests/phones/messages.py"),
    ("monitors", "python tests/phones/monitors.py"),
    ("click-to-call", "python tests/phones/click_to_call.py"),
    ("tones", "python tests/phones/tones.py"),
    ("watching", "python tests/phones/watching.py"),
    ("elsewhere", "python tests/phones/elsewhere.py"),
    ("webrtc", "python tests/phones/webrtc.py"),
];

/// Those that take their time: run when they are named, or with the word `all`.
const LONG: &[(&str, &str)] = &[("soak", "python tests/phones/soak.py")];

/// How long these may take.
const LONG_LIMIT: Duration = Duration::from_secs(30 * 60);

/// Runs those clients that are named, or all.
pub(crate) fn run(names: &[&str]) -> Result<(), Failure> {
    play("peers", PEERS, names)
}

/// Runs those phones that are named, or all that are quick, or (with the word `all`) all.
pub(crate) fn phones(names: &[&str]) -> Result<(), Failure> {
    let every: Vec<_> = PHONES.iter().chain(LONG).copied().collect();
    match names {
        [] => play("phones", PHONES, names),
        ["all"] => play("phones", &every, &[]),
        named => play("phones", &every, named),
    }
}

/// Plays peers against a switch on the configuration of `tests/SUITE/etc`.
fn play(suite: &str, peers: &[(&str, &str)], names: &[&str]) -> Result<(), Failure> {
    for name in names {
        if !peers.iter().any(|(known, _)| known == name) {
            return Err(format!("no such peer: {name}").into());
        }
    }
    let switch = Daemon::start(&checkout::root().join("tests").join(suite).join("etc"))?;
    let (mut passed, mut failed) = (0, 0);
    for (name, command) in peers
        .iter()
        .filter(|(name, _)| names.is_empty() || names.contains(name))
    {
        let from = Instant::now();
        match run_one(name, command, &switch) {
            Ok(steps) => {
                println!(
                    "ok      {name} ({steps} steps, {:.1} s)",
                    from.elapsed().as_secs_f32()
                );
                passed += 1;
            }
            Err(failure) => {
                println!("FAILED  {name}\n{failure}");
                failed += 1;
            }
        }
    }
    if failed > 0 {
        println!("--- what the switch printed\n{}", switch.log());
    }
    // The last to be tried is the switch itself: it must have survived them, and stop when it is asked to.
    match switch.stop() {
        Ok(()) => {
            println!("ok      the switch stops when asked");
            passed += 1;
        }
        Err(failure) => {
            println!("FAILED  the switch stops when asked\n{failure}");
            failed += 1;
        }
    }
    println!("{suite}: {passed} passed, {failed} failed");
    if failed == 0 {
        Ok(())
    } else {
        Err("a peer does not get along with the switch".into())
    }
}

/// Runs one to its end and counts the lines that it printed, one for each step that held.
fn run_one(name: &str, command: &str, switch: &Daemon) -> Result<usize, Failure> {
    let installed = checkout::target().join("peers");
    let mut words = command.split_whitespace();
    let program = match words.next().ok_or("an empty command")? {
        "python" => installed.join("python/bin/python"),
        program => match program.strip_prefix("example/") {
            Some(example) => checkout::target().join("debug/examples").join(example),
            None => PathBuf::from(program),
        },
    };
    let log = installed.join("output");
    let output = File::create(&log)?;
    let mut child = Command::new(&program)
        .args(words)
        .current_dir(checkout::root())
        .env("AMI_HOST", "127.0.0.1")
        .env("AMI_PORT", switch.port.to_string())
        .env("AMI_OLD_PORT", switch.old_port.to_string())
        .env("SIP_PORT", switch.sip_port.to_string())
        .env("PEER_PORT", switch.peer_port.to_string())
        .env("SWITCH_PID", switch.process().to_string())
        .env("SWITCH_ETC", switch.etc())
        .env("AMI_USER", "peer")
        .env("AMI_SECRET", "passwd1234")
        .env("NODE_PATH", installed.join("node/node_modules"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(output)
        .spawn()
        .map_err(|error| format!("{}: {error}; ./test installs it", program.display()))?;
    let long = LONG.iter().any(|(known, _)| *known == name);
    let limit = if long { LONG_LIMIT } else { LIMIT };
    let status = daemon::wait(&mut child, limit)?;
    if status.is_none() {
        child.kill()?;
        child.wait()?;
    }
    let printed = String::from_utf8_lossy(&std::fs::read(&log)?).into_owned();
    match status {
        Some(status) if status.success() && !printed.trim().is_empty() => {
            Ok(printed.lines().count())
        }
        Some(status) => Err(format!("{printed}{name}: {status}").into()),
        None => Err(format!("{printed}{name}: no end within {limit:?}").into()),
    }
}
