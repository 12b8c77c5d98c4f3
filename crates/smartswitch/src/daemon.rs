//! The switch put together: files read, engine and manager started, and all of it ended in order.

mod outside;
mod start;
mod telling;

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use engine::request::Stop;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::arguments::Arguments;
use crate::control::{client, terminal};
use crate::house::{End, House};
use crate::place::Place;
use crate::process::{self, Terminal};
use crate::{background, defaults, notify};
use start::Running;

/// How long listeners have to take what was written to them before the switch is gone.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Runs a switch until it is told to end.
pub(crate) fn run(place: Place, arguments: &Arguments) -> ExitCode {
    let stays =
        !place.as_asterisk || place.options.no_fork || std::env::var_os("NOTIFY_SOCKET").is_some();
    if (!stays || arguments.background) && !arguments.detached {
        return match background::start() {
            Ok(code) => code,
            Err(e) => fail(&[format!("the switch did not start: {e}")]),
        };
    }
    if arguments.detached {
        background::leave_session();
    }
    let place = match unpack(place, arguments) {
        Ok(place) => place,
        Err(why) => return fail(&why),
    };
    if let Err(why) = prepare(&place) {
        return fail(&[why]);
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(e) => return fail(&[format!("the switch did not start: {e}")]),
    };
    let terminal = Terminal::remember();
    let ended = runtime.block_on(serve(place, arguments));
    terminal.restore();
    // What still runs there waits for nobody: everything that must be kept is on the disk.
    runtime.shutdown_background();
    match ended {
        Ok(End { restart: true, .. }) => fail(&[format!(
            "the switch did not start anew: {}",
            process::restart()
        )]),
        Ok(_) => ExitCode::SUCCESS,
        Err(why) => fail(&why),
    }
}

/// Says why, and fails.
pub(crate) fn fail(why: &[String]) -> ExitCode {
    for line in why {
        // Nobody is left to tell when this fails too.
        let _ = writeln!(std::io::stderr(), "smartswitch: {line}");
    }
    ExitCode::FAILURE
}

/// Writes the embedded configuration where it is wanted and missing, and reads what it says.
fn unpack(place: Place, arguments: &Arguments) -> Result<Place, Vec<String>> {
    if !place.embedded {
        return Ok(place);
    }
    let etc = &place.directories.etc;
    defaults::write(etc).map_err(|e| vec![format!("{}: {e}", etc.display())])?;
    Place::find(arguments)
}

/// What has to be done before there are threads.
fn prepare(place: &Place) -> Result<(), String> {
    let Place {
        directories,
        options,
        ..
    } = place;
    directories.create()?;
    process::set_limits(options)?;
    let owned = [
        &directories.database,
        &directories.spool,
        &directories.run,
        &directories.log,
    ];
    process::become_user(options, &owned.map(std::path::PathBuf::as_path))
}

async fn serve(place: Place, arguments: &Arguments) -> Result<End, Vec<String>> {
    let mut signals = Signals::new().map_err(|e| vec![format!("signals: {e}")])?;
    let own_console = place.options.console
        || !place.as_asterisk && !arguments.foreground && std::io::stdin().is_terminal();
    let colours = !place.options.no_color && std::io::stdout().is_terminal();
    let hello = client::Hello {
        log: !arguments.mute,
        colours,
        timestamps: place.options.timestamps,
        verbosity: None,
    };
    let quiet = place.options.quiet;

    let mut running = start::start(place, arguments.detached || quiet, hello).await?;
    if !quiet && !arguments.detached {
        running.introduce();
    }
    notify::notify(notify::READY);
    if arguments.detached
        && let Err(e) = background::up()
    {
        tracing::warn!("the terminal is still held: {e}");
    }
    let house = running.house.clone();
    if own_console && !arguments.detached {
        running.be_quiet();
        open_console(house.clone(), hello)?;
    }

    let mut ending = house.ending();
    let end = loop {
        tokio::select! {
            ended = ending.wait_for(Option::is_some) => {
                // The house outlives this loop, so there is an end to read.
                break ended.ok().and_then(|end| *end).unwrap_or(End { restart: false, cleanly: false });
            }
            _ = &mut running.told => {
                // Nobody was told that the switch ends, and yet there is nobody left to tell.
                running.close().await;
                return Err(vec!["the engine has ended by a fault of its own; the log says which".to_owned()]);
            }
            _ = signals.reload.recv() => {
                notify::reloading();
                house.reload_all().await;
                notify::notify(notify::READY);
            }
            _ = signals.terminate.recv() => house.end(Stop::Now, false),
            _ = signals.interrupt.recv() => house.end(Stop::Now, false),
        }
    };
    notify::notify(notify::STOPPING);
    running.end(end).await;
    Ok(end)
}

/// A console on this terminal, on a thread of its own. Leaving it ends the switch.
fn open_console(house: Arc<House>, hello: client::Hello) -> Result<(), Vec<String>> {
    let console = move || {
        let socket = &house.directories.socket;
        let end = client::Connection::open(socket, hello)
            .and_then(|connection| terminal::run(connection, hello.colours));
        match end {
            Ok(terminal::End::Disconnected) => {}
            Ok(terminal::End::Left | terminal::End::Interrupted) => house.end(Stop::Now, false),
            Err(e) => tracing::error!("the console has ended: {e}"),
        }
    };
    let started = std::thread::Builder::new()
        .name("console".into())
        .spawn(console);
    started
        .map(drop)
        .map_err(|e| vec![format!("the console did not start: {e}")])
}

struct Signals {
    reload: Signal,
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn new() -> std::io::Result<Signals> {
        Ok(Signals {
            reload: signal(SignalKind::hangup())?,
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }
}

impl Running {
    /// Ends everything in order: listeners hear of it, and what must be kept is on the disk.
    async fn end(mut self, end: End) {
        self.house.tell(switch::fact::Fact::ShuttingDown {
            cleanly: end.cleanly,
            restart: end.restart,
        });
        // Where the engine has ended already there is nobody to tell it.
        let _ = tokio::time::timeout(LAST_WORDS, &mut self.told).await;
        self.close().await;
    }

    /// Closes all connections and files.
    async fn close(self) {
        let Running {
            house,
            manager,
            ending,
            consoles,
            answerer,
            phones,
            log,
            ..
        } = self;
        house.stop_listening();
        manager.close();
        let drained = async {
            while !manager.connected().is_empty() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let _ = tokio::time::timeout(LAST_WORDS, drained).await;
        ending.send_replace(true);
        let _ = tokio::time::timeout(LAST_WORDS, consoles).await;
        tokio::task::block_in_place(|| {
            phones.stop();
            house.close_records();
            answerer.flush();
            log.flush();
        });
        for file in [&house.directories.socket, &house.directories.process_file()] {
            // Somebody may have removed them by hand.
            let _ = std::fs::remove_file(file);
        }
    }
}
