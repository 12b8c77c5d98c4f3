//! Starting the switch.

use std::io::Write as _;
use std::sync::Arc;

use dialplan::tones::Zones;
use dialplan::world::FeatureRules;
use engine::{Engine, Start};
use jiff::tz::TimeZone;
use manager::Manager;
use manager::engine::EngineHandle;
use net::clock::Clock;
use net::engine_thread::Waiting;
use rand::Rng as _;
use records::{Change, KeyDatabase, key_database};
use tokio::runtime::Handle;
use tokio::sync::{oneshot, watch};
use tokio::task::{AbortHandle, JoinHandle};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use super::outside::World;
use super::telling::{print, tell_all};
use crate::answers::Answerer;
use crate::control::client::Hello;
use crate::control::server::{self, Server};
use crate::files::{Files, Reading, Records, engine_settings};
use crate::house::{House, Parts, version_line};
use crate::log::{Layer, Log};
use crate::modules;
use crate::phones::Phones;
use crate::place::Place;

/// A switch that runs.
pub(super) struct Running {
    pub(super) house: Arc<House>,
    pub(super) manager: Arc<Manager>,
    pub(super) log: Arc<Log>,
    pub(super) answerer: Arc<Answerer>,
    pub(super) phones: Arc<Phones>,
    /// Comes once everybody was told that the switch ends; an error where the engine has ended before.
    pub(super) told: oneshot::Receiver<()>,
    /// Tells the control socket to close.
    pub(super) ending: watch::Sender<bool>,
    /// The control socket.
    pub(super) consoles: JoinHandle<()>,
    /// What writes the log on this terminal while there is no console.
    printing: Option<AbortHandle>,
    embedded: bool,
}

/// Starts everything. `silent`: nothing of the log goes to this terminal, so what is wrong does by itself.
pub(super) async fn start(
    place: Place,
    silent: bool,
    hello: Hello,
) -> Result<Running, Vec<String>> {
    let Place {
        directories,
        options,
        embedded,
        remarks,
        ..
    } = place;
    let one = |what: &str, e: &dyn std::fmt::Display| vec![format!("{what}: {e}")];
    let control = server::listen(&directories.socket).map_err(|e| match e.kind() {
        std::io::ErrorKind::AddrInUse => {
            let socket = directories.socket.display();
            vec![format!(
                "Asterisk already running on {socket}.  Use 'asterisk -r' to connect."
            )]
        }
        _ => one(&directories.socket.display().to_string(), &e),
    })?;

    let files = Files::new(&directories.etc, options.exec_includes);
    let (logging, logger_remarks) = files
        .logger()
        .unwrap_or_else(|places| (crate::log::Settings::default(), places));
    let log = Log::new(&directories.log, logging, options.verbose, options.debug);
    let log = Arc::new(log.map_err(|e| one("the log", &e))?);
    // It is set once, before anything is logged.
    let _ = tracing_subscriber::registry()
        .with(Layer(log.clone()))
        .try_init();
    let printing = (!silent && hello.log).then(|| print(log.clone(), hello));
    log_panics();
    let reader = Reader { silent };
    reader.remark(remarks.into_iter().chain(logger_remarks));
    tracing::info!(
        "{} starts, with the files of {}",
        version_line(),
        files.root().display()
    );

    let table = modules::table();
    let wishes = reader.take(files.modules(), modules::Wishes::default);
    wishes
        .unknown(&table)
        .for_each(|name| tracing::info!("modules.conf: this switch has no module {name}"));
    wishes
        .apply(&table)
        .map_err(|why| vec![format!("modules.conf: {why}")])?;
    let table = Arc::new(table);

    let records = reader.take(files.records(), Records::default);
    let mut ami = reader.take(files.manager(), manager::settings::Settings::default);
    ami.style.system_name.clone_from(&options.system_name);
    let events = reader.take(
        files.events(TimeZone::system()),
        manager::EventSettings::default,
    );
    let plan = if table.loaded("pbx_config") {
        reader.take(files.plan(false), || None)
    } else {
        None
    };

    let database = directories.database.join(key_database::FILE_NAME);
    let (mut entries, database) =
        KeyDatabase::open(database).map_err(|e| one("the key database", &e))?;
    identify(&mut entries, &database);
    let answerer = Arc::new(Answerer::new(
        Handle::current(),
        directories.sounds(),
        database,
    ));

    let phones = if table.loaded("res_pjsip") {
        reader.take(files.phones(), sip::settings::Settings::default)
    } else {
        sip::settings::Settings::default()
    };
    let sound = reader.take(
        files.sound(&directories.data, &options.default_language),
        media::settings::Settings::default,
    );

    let settings = engine_settings(
        &options,
        &records,
        &ami,
        files.followed_applications(),
        engine::Settings {
            tones: Arc::new(reader.take(files.tones(), Zones::default)),
            features: Arc::new(reader.take(files.features(), FeatureRules::default)),
            monitors: switch::Text::from(&*text::decode(
                directories
                    .spool
                    .join("monitor")
                    .as_os_str()
                    .as_encoded_bytes(),
            )),
            verbosity: log.wanted(),
            ..engine::Settings::default()
        },
    );
    let clock = Clock::new();
    let waiting = Waiting::new();
    let engine = EngineHandle::new(waiting.queue().clone());
    let process_file = directories.process_file();
    let hide_connect = options.hide_connect;
    let house = House::new(Parts {
        runtime: Handle::current(),
        clock,
        directories,
        options,
        files,
        modules: table.clone(),
        engine: engine.clone(),
        log: log.clone(),
        settings: settings.clone(),
        records,
    });
    let (manager, teller) = Manager::new(ami, events, engine, house.clone());
    house.move_in(manager.clone());

    let phones = Phones::start(
        Arc::default(),
        phones,
        sound,
        clock,
        waiting.queue().clone(),
    )
    .map_err(|e| one("SIP did not start", &e))?;
    house.connect(phones.clone());
    let seed = rand::rng().random();
    let plan = Arc::new(plan.unwrap_or_default());
    let last_words = phones.clone();
    let make = move |now| {
        let mut engine = Engine::new(Start {
            now,
            seed,
            plan,
            modules: table,
            settings,
            database: entries,
        });
        engine.set_farewell(switch::Farewell(Box::new(move |channel| {
            last_words.last_words(channel)
        })));
        engine
    };
    let (tell, told) = oneshot::channel();
    let teller = tell_all(teller, house.clone(), phones.clone(), log.clone(), tell);
    let world = World {
        answerer: answerer.clone(),
        phones: phones.clone(),
    };
    waiting
        .start(clock, make, world, teller)
        .map_err(|e| one("the engine did not start", &e))?;

    let ending = watch::Sender::new(false);
    let server = Server {
        host: house.clone(),
        log: log.clone(),
        welcome: version_line(),
        ending: ending.subscribe(),
        ask_around: Box::new({
            let house = house.clone();
            move || house.ask_around()
        }),
        hide_connect,
    };
    let consoles = tokio::spawn(server::serve(control, Arc::new(server)));

    let failed = house.listen(&manager.settings());
    if !failed.is_empty() {
        return Err(failed);
    }
    if let Err(e) = std::fs::write(&process_file, format!("{}\n", std::process::id())) {
        tracing::warn!("{}: {e}", process_file.display());
    }
    house.boot();
    Ok(Running {
        house,
        manager,
        log,
        answerer,
        phones,
        told,
        ending,
        consoles,
        printing,
        embedded,
    })
}

impl Running {
    /// Says where everything is, and for the embedded configuration how to log in.
    pub(super) fn introduce(&self) {
        if !self.embedded {
            return;
        }
        let mut out = std::io::stdout().lock();
        let directories = &self.house.directories;
        let secret = config::load(
            &config::Directory::new(&directories.etc),
            "manager.conf",
            &config::LoadOptions::default(),
        );
        let secret = secret
            .ok()
            .and_then(|config| config.get("admin", "secret").map(str::to_owned));
        let addresses = self.house.addresses().join(", ");
        let lines = [
            ("state", directories.var_lib.display().to_string()),
            ("configuration", directories.etc.display().to_string()),
            ("manager", addresses),
            ("user", "admin".to_owned()),
            (
                "secret",
                secret.unwrap_or_else(|| "as in manager.conf".to_owned()),
            ),
        ];
        // A terminal that is gone needs no introduction.
        let _ = writeln!(out, "{}", version_line());
        for (label, value) in lines {
            let _ = writeln!(out, "  {label:<14} {value}");
        }
        let _ = out.flush();
    }

    /// Leaves this terminal to a console.
    pub(super) fn be_quiet(&self) {
        if let Some(printing) = &self.printing {
            printing.abort();
        }
    }
}

/// What is done about a file that is not as it should be.
struct Reader {
    silent: bool,
}

impl Reader {
    /// The value; where the file is broken, what goes without it.
    fn take<T>(&self, reading: Reading<T>, otherwise: impl FnOnce() -> T) -> T {
        match reading {
            Ok((value, remarks)) => {
                self.remark(remarks);
                value
            }
            Err(places) => {
                for place in places {
                    tracing::error!("{place}");
                    self.say(&place);
                }
                otherwise()
            }
        }
    }

    fn remark(&self, remarks: impl IntoIterator<Item = String>) {
        for remark in remarks {
            tracing::warn!("{remark}");
            self.say(&remark);
        }
    }

    /// Says it on the terminal where the log does not.
    fn say(&self, text: &str) {
        if self.silent {
            // Nobody is left to tell when this fails too.
            let _ = writeln!(std::io::stderr(), "smartswitch: {text}");
        }
    }
}

/// A panic is a fault of ours, and belongs into the log like any other.
fn log_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        tracing::error!(
            "a fault of this program, in thread {}: {panic}",
            std::thread::current().name().unwrap_or("?")
        );
        usual(panic);
    }));
}

/// Gives the switch a name that stays its own, where it has none.
fn identify(entries: &mut key_database::Entries, database: &KeyDatabase) {
    const KEY: &str = "/pbx/UUID";
    if entries.iter().any(|(key, _)| key == KEY) {
        return;
    }
    let mut dice = rand::rng();
    let uuid = switch::uuid(dice.random(), dice.random());
    entries.push((KEY.to_owned(), uuid.clone()));
    let change = Change::Put {
        key: KEY.to_owned(),
        value: uuid,
    };
    database.submit(
        change,
        Box::new(|done| {
            if let Err(why) = done {
                tracing::error!("{why}");
            }
        }),
    );
}
