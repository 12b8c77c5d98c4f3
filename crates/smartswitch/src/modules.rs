//! The module table, and which of it modules.conf wants loaded.

mod table;

use config::{Config, Problem};
use switch::module::{ModuleSpec, Modules};

/// What modules.conf says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wishes {
    /// Whether everything is loaded that is not refused.
    autoload: bool,
    /// Modules to load, with or without their ending.
    load: Vec<String>,
    /// Modules not to load.
    refused: Vec<String>,
    /// Modules without which the switch does not start.
    required: Vec<String>,
}

impl Default for Wishes {
    /// Everything, as without a modules.conf.
    fn default() -> Wishes {
        Wishes {
            autoload: true,
            load: Vec::new(),
            refused: Vec::new(),
            required: Vec::new(),
        }
    }
}

impl Wishes {
    /// Reads the file; what means nothing is a problem with its line, and is passed over.
    pub(crate) fn read(config: &Config) -> (Wishes, Vec<Problem>) {
        let mut wishes = Wishes {
            autoload: false,
            ..Wishes::default()
        };
        let mut problems = Vec::new();
        for variable in config
            .named("modules")
            .flat_map(|section| &section.variables)
        {
            let name = bare(&variable.value).to_owned();
            match variable.name.to_ascii_lowercase().as_str() {
                "autoload" => wishes.autoload = config::is_true(&variable.value),
                "load" | "preload" => wishes.load.push(name),
                "noload" => wishes.refused.push(name),
                "require" | "preload-require" => {
                    wishes.load.push(name.clone());
                    wishes.required.push(name);
                }
                key => problems.push(variable.problem(format!("[modules] has no setting {key}"))),
            }
        }
        (wishes, problems)
    }

    /// Loads what is wanted. The error names a module that must be there and is not.
    ///
    /// A module that this switch does not know is no error unless it is required: a file that was written
    /// for Asterisk names many.
    pub(crate) fn apply(&self, modules: &Modules) -> Result<(), String> {
        for (spec, _) in modules.all().collect::<Vec<_>>() {
            let named = |list: &[String]| list.iter().any(|name| name == spec.name);
            let wanted = (self.autoload || named(&self.load)) && !named(&self.refused);
            modules.set(spec.name, wanted);
        }
        match self.required.iter().find(|name| !modules.loaded(name)) {
            Some(name) => Err(format!("module {name} is required and is not there")),
            None => Ok(()),
        }
    }

    /// The modules that are asked for by name and that this switch does not know.
    pub(crate) fn unknown<'a>(&'a self, modules: &'a Modules) -> impl Iterator<Item = &'a str> {
        self.load
            .iter()
            .map(String::as_str)
            .filter(|name| !modules.known(name))
    }
}

/// Modules that no declaration names: `app_queue` is known by name only so far, because clients ask whether
/// it is there before they ask anything of queues; the others are this program's own.
const UNNAMED: &[&str] = &["app_queue", "cdr_csv", "pbx_config"];

/// All modules, none of them loaded.
pub(crate) fn table() -> Modules {
    let names = named().chain(UNNAMED.iter().copied());
    Modules::new(names.map(|name| ModuleSpec {
        name,
        summary: table::summary(name),
    }))
}

/// What actions, events, applications, functions and commands say that they belong to.
fn named() -> impl Iterator<Item = &'static str> {
    let actions = ami::action::ALL.iter().map(|spec| spec.module);
    let events = ami::event::ALL.iter().map(|spec| spec.module);
    let applications = dialplan::app::ALL.iter().map(|app| app.module);
    let functions = dialplan::function::ALL
        .iter()
        .map(|function| function.module);
    let commands = console::command::COMMANDS
        .iter()
        .flat_map(|family| family.iter())
        .map(|c| c.module);
    let all = actions
        .chain(events)
        .chain(applications)
        .chain(functions)
        .chain(commands);
    all.filter(|name| *name != "core")
}

/// A module's name without its ending.
pub(crate) fn bare(name: &str) -> &str {
    let name = name.trim();
    name.strip_suffix(".so").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(text: &str) -> (Modules, Wishes) {
        let (wishes, _) = Wishes::read(&Config::from_text("modules.conf", text).unwrap());
        let modules = table();
        // Tests look at what is loaded.
        let _ = wishes.apply(&modules);
        (modules, wishes)
    }

    #[test]
    fn autoload_takes_all_but_what_is_refused() {
        let (modules, _) = loaded("[modules]\nautoload=yes\nnoload => app_echo.so\n");
        assert!(modules.loaded("app_dial") && !modules.loaded("app_echo"));
        let (modules, _) = loaded("[modules]\nload = app_echo.so\n");
        assert!(!modules.loaded("app_dial") && modules.loaded("app_echo"));
    }

    #[test]
    fn what_is_required_must_be_there() {
        let (modules, wishes) =
            loaded("[modules]\nautoload=yes\nrequire = chan_nothing.so\nload = x.so\n");
        assert_eq!(
            wishes.apply(&modules),
            Err("module chan_nothing is required and is not there".into())
        );
        assert_eq!(
            wishes.unknown(&modules).collect::<Vec<_>>(),
            ["chan_nothing", "x"]
        );
    }

    #[test]
    fn nonsense_is_told_with_its_line() {
        let config =
            Config::from_text("modules.conf", "[modules]\nautoload=yes\nunload = a\n").unwrap();
        let (_, problems) = Wishes::read(&config);
        assert_eq!(
            problems
                .iter()
                .map(|problem| problem.line)
                .collect::<Vec<_>>(),
            [3]
        );
    }

    #[test]
    fn every_module_is_described() {
        let table = table();
        let missing: Vec<&str> = table
            .all()
            .filter(|(spec, _)| spec.summary.is_empty())
            .map(|(spec, _)| spec.name)
            .collect();
        assert!(missing.is_empty(), "{missing:?} have no line in the table");
    }
}
