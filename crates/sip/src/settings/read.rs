//! Reading pjsip.conf: section by section, then what the sections say of each other.

mod references;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use config::{Category, Config, Problem};
use switch::Text;

use super::option::{Object, Taken};
use super::{Rule, Settings, acl, auth};

/// Types of sections that Asterisk has and we have not.
const ABSENT: &[&str] = &[
    "asterisk-publication",
    "contact",
    "inbound-publication",
    "mwi",
    "outbound-publish",
    "phoneprov",
    "profile",
    "subscription_persistence",
];

impl Settings {
    /// Reads pjsip.conf, and the lists of acl.conf where there is one.
    ///
    /// What is wrong is told, each with its file and line. An object with a value that cannot be is left
    /// out, and the others work; an option that is not known, or has no effect here, is told and passed over.
    pub fn read(config: &Config, acl_conf: Option<&Config>) -> (Settings, Vec<Problem>) {
        let mut reader = Reader {
            settings: Settings::default(),
            problems: Vec::new(),
        };
        if let Some(lists) = acl_conf {
            reader.lists(lists);
        }
        for category in config.categories() {
            reader.section(category);
        }
        reader.inherit_algorithms();
        let Reader {
            settings,
            mut problems,
        } = reader;
        for category in config.categories() {
            references::check(&settings, category, &mut problems);
        }
        // A line of a template is read for each section that inherits it, and told once.
        let mut told = HashSet::new();
        problems.retain(|one| told.insert((Arc::clone(&one.file), one.line, one.text.clone())));
        (settings, problems)
    }
}

struct Reader {
    settings: Settings,
    problems: Vec<Problem>,
}

impl Reader {
    fn section(&mut self, category: &Category) {
        let Some(kind) = category.get("type") else {
            let text = format!("[{}] has no type and is left out", category.name);
            return self.problems.push(category.problem(text));
        };
        match kind.to_ascii_lowercase().as_str() {
            "transport" => self.in_order(category, |s| &mut s.transports, |one| &one.name),
            "identify" => self.in_order(category, |s| &mut s.identifies, |one| &one.name),
            "acl" => self.in_order(category, |s| &mut s.acls, |one| &one.name),
            "endpoint" => self.by_name(category, |s| &mut s.endpoints),
            "aor" => self.by_name(category, |s| &mut s.aors),
            "auth" => self.by_name(category, |s| &mut s.auths),
            "registration" => self.by_name(category, |s| &mut s.registrations),
            "resource_list" => self.by_name(category, |s| &mut s.resource_lists),
            "global" => self.for_all(category, |s| &mut s.global),
            "system" => self.for_all(category, |s| &mut s.system),
            "domain_alias" => {
                let (alias, domain) = (&*category.name, category.get("domain").unwrap_or_default());
                self.settings
                    .domain_aliases
                    .insert(alias.into(), domain.into());
            }
            absent if ABSENT.contains(&absent) => {
                let name = &category.name;
                let text =
                    format!("sections of type {absent} are not here; [{name}] has no effect");
                self.problems.push(category.problem(text));
            }
            _ => {
                let text = format!("no type {kind} here; [{}] is left out", category.name);
                self.problems.push(category.problem(text));
            }
        }
    }

    /// An object that is found by its name.
    fn by_name<T: Object>(
        &mut self,
        category: &Category,
        place: fn(&mut Settings) -> &mut BTreeMap<Text, Arc<T>>,
    ) {
        let name: Text = category.name.as_str().into();
        let twice = place(&mut self.settings).contains_key(&name);
        if let Some(object) = self
            .object::<T>(category)
            .filter(|_| self.is_new(category, twice))
        {
            place(&mut self.settings).insert(name, Arc::new(object));
        }
    }

    /// An object whose place in the file counts.
    fn in_order<T: Object>(
        &mut self,
        category: &Category,
        place: fn(&mut Settings) -> &mut Vec<Arc<T>>,
        name: fn(&T) -> &Text,
    ) {
        let mut known = place(&mut self.settings).iter();
        let twice = known.any(|one| **name(one) == *category.name);
        if let Some(object) = self
            .object::<T>(category)
            .filter(|_| self.is_new(category, twice))
        {
            place(&mut self.settings).push(Arc::new(object));
        }
    }

    /// What holds for all: the last one counts.
    fn for_all<T: Object>(&mut self, category: &Category, place: fn(&mut Settings) -> &mut Arc<T>) {
        if let Some(object) = self.object(category) {
            *place(&mut self.settings) = Arc::new(object);
        }
    }

    /// Reads a section's options; nothing where one of them cannot be.
    fn object<T: Object>(&mut self, category: &Category) -> Option<T> {
        let mut object = T::blank();
        let mut right = true;
        for variable in &category.variables {
            if variable.is_named("type") {
                continue;
            }
            let found = T::option(&variable.name).or_else(|| {
                let (at, option) = spelled_otherwise::<T>(&variable.name)?;
                let text = format!("{} is spelled {} by now", variable.name, option.name);
                self.problems.push(variable.problem(text));
                Some((at, option))
            });
            let Some((at, option)) = found else {
                let kind = category.get("type").unwrap_or_default();
                let text = format!(
                    "no option {} for type {kind}; it has no effect",
                    variable.name
                );
                self.problems.push(variable.problem(text));
                continue;
            };
            match object.set(at, option, &variable.value) {
                Ok(Taken::InForce) => {}
                Ok(Taken::Partly(remark)) => self.problems.push(variable.problem(remark)),
                Ok(Taken::Idle) => {
                    let text = format!("{} = {} has no effect here", option.name, variable.value);
                    self.problems.push(variable.problem(text));
                }
                Err(wrong) => {
                    right = false;
                    let kind = category.get("type").unwrap_or_default();
                    let text = format!("{wrong}; {kind} {} is left out", category.name);
                    self.problems.push(variable.problem(text));
                }
            }
        }
        if let Some(why) = object.lacks().filter(|_| right) {
            right = false;
            let kind = category.get("type").unwrap_or_default();
            let text = format!("{why}; {kind} {} is left out", category.name);
            self.problems.push(category.problem(text));
        }
        object.named(category.name.as_str().into());
        object.finish();
        right.then_some(object)
    }

    /// Tells of a second object of a name.
    fn is_new(&mut self, category: &Category, twice: bool) -> bool {
        if twice {
            let kind = category.get("type").unwrap_or_default();
            let text = format!("a second {kind} {}; only the first counts", category.name);
            self.problems.push(category.problem(text));
        }
        !twice
    }

    /// Reads acl.conf.
    fn lists(&mut self, config: &Config) {
        for category in config.categories() {
            let mut rules: Vec<Rule> = Vec::new();
            for variable in &category.variables {
                let permit = match variable.name.to_ascii_lowercase().as_str() {
                    "permit" => true,
                    "deny" => false,
                    // The manager reads this file too, and tells what else is wrong with it.
                    _ => continue,
                };
                if let Err(wrong) = acl::put(&mut rules, permit, &variable.value) {
                    self.problems.push(variable.problem(wrong));
                }
            }
            let name = category.name.as_str().into();
            self.settings.named_acls.insert(name, rules);
        }
    }

    /// Auths that name no algorithms have those of the globals, wherever in the file these stand.
    fn inherit_algorithms(&mut self) {
        let global = Arc::clone(&self.settings.global);
        for auth in self.settings.auths.values_mut() {
            let auth = Arc::make_mut(auth);
            if auth.supported_algorithms_uas.is_empty() {
                auth.supported_algorithms_uas = global.default_auth_algorithms_uas.clone();
                auth.show(
                    "supported_algorithms_uas",
                    auth::names(&auth.supported_algorithms_uas),
                );
            }
            if auth.supported_algorithms_uac.is_empty() {
                auth.supported_algorithms_uac = global.default_auth_algorithms_uac.clone();
                auth.show(
                    "supported_algorithms_uac",
                    auth::names(&auth.supported_algorithms_uac),
                );
            }
        }
    }
}

/// The option that somebody means who writes it without underscores, as the first releases did.
fn spelled_otherwise<T: Object>(name: &str) -> Option<(usize, &'static super::option::Opt<T>)> {
    let bare = |name: &str| name.replace(['_', '-'], "").to_ascii_lowercase();
    let meant = bare(name);
    let mut options = T::OPTIONS.iter().enumerate();
    options.find(|(_, option)| bare(option.name) == meant)
}
