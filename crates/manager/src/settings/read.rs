//! Reading manager.conf.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use ami::{Dialect, Permission};
use config::{Category, Config, Problem, Variable};
use switch::Text;

use super::{Listener, Settings, Tls};
use crate::acl::AccessList;
use crate::authenticate::Secret;
use crate::filter::{Filter, FilterSet};
use crate::limits;
use crate::user::{ListResponse, User};

/// Options that [general] may have; some of them (`debug`, `tlscipher` …) are Asterisk's and mean nothing
/// here.
const GENERAL: &[&str] = &[
    "allowmultiplelogin",
    "authlimit",
    "authtimeout",
    "bindaddr",
    "block-sockets",
    "brokeneventsaction",
    "channelvars",
    "debug",
    "dialect",
    "disabledevents",
    "displayconnects",
    "enabled",
    "httptimeout",
    "listresponse",
    "oldbindaddr",
    "oldport",
    "port",
    "timestampevents",
    "tlsbindaddr",
    "tlscafile",
    "tlscapath",
    "tlscertfile",
    "tlscipher",
    "tlsdisablev1",
    "tlsdisablev11",
    "tlsdisablev12",
    "tlsdontverifyserver",
    "tlsenable",
    "tlsprivatekey",
    "tlsservercipherorder",
    "webenabled",
    "writetimeout",
];

pub(super) fn read(
    manager: &Config,
    acl: Option<&Config>,
) -> Result<(Settings, Vec<Problem>), Vec<Problem>> {
    let mut reader = Reader {
        problems: Vec::new(),
        warnings: manager.warnings.clone(),
    };
    let named = reader.named_lists(acl);
    let mut settings = Settings::default();
    let mut general = Defaults::default();
    if let Some(category) = manager.category("general") {
        reader.general(category, &mut settings, &mut general);
    }
    for category in manager
        .categories()
        .filter(|category| !category.is_named("general"))
    {
        if let Some(user) = reader.user(category, &general, &named) {
            settings.add_user(user);
        }
    }
    if reader.problems.is_empty() {
        Ok((settings, reader.warnings))
    } else {
        Err(reader.problems)
    }
}

/// What [general] says for users that say nothing.
struct Defaults {
    display_connects: bool,
    allow_multiple_login: bool,
    write_timeout: Duration,
    dialect: Option<Dialect>,
    list_response: ListResponse,
}

impl Default for Defaults {
    fn default() -> Defaults {
        Defaults {
            display_connects: true,
            allow_multiple_login: true,
            write_timeout: limits::WRITE_TIMEOUT,
            dialect: None,
            list_response: ListResponse::Success,
        }
    }
}

/// Goes through the files and notes what is wrong.
struct Reader {
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
}

impl Reader {
    fn general(&mut self, general: &Category, settings: &mut Settings, defaults: &mut Defaults) {
        settings.enabled = self.flag(general, "enabled", false);
        settings.web_enabled = self.flag(general, "webenabled", false);
        settings.style.timestamps = self.flag(general, "timestampevents", false);
        settings.style.disabled = list(general, "disabledevents").map(str::to_owned).collect();
        settings.channel_variables = list(general, "channelvars").map(Text::from).collect();
        settings.auth_limit = self
            .number(general, "authlimit")
            .unwrap_or(settings.auth_limit)
            .max(1);
        settings.auth_timeout = self
            .number(general, "authtimeout")
            .map_or(settings.auth_timeout, Duration::from_secs);
        self.shared(general, defaults);
        settings.listeners = self.listeners(general, defaults.dialect.unwrap_or_default());
        for variable in &general.variables {
            if !GENERAL.iter().any(|name| variable.is_named(name)) {
                self.warnings
                    .push(variable.problem(format!("unknown option {}", variable.name)));
            }
        }
    }

    /// Options that [general] and users have in common.
    fn shared(&mut self, category: &Category, defaults: &mut Defaults) {
        defaults.display_connects =
            self.flag(category, "displayconnects", defaults.display_connects);
        defaults.allow_multiple_login = self.flag(
            category,
            "allowmultiplelogin",
            defaults.allow_multiple_login,
        );
        if let Some(milliseconds) = self.number(category, "writetimeout") {
            defaults.write_timeout = Duration::from_millis(milliseconds);
        }
        if let Some(variable) = category.variable("dialect") {
            match dialect(&variable.value) {
                Some(dialect) => defaults.dialect = Some(dialect),
                None => self.problems.push(
                    variable.problem(format!("dialect is neither 1.1 nor 13: {}", variable.value)),
                ),
            }
        }
        if let Some(variable) = category.variable("listresponse") {
            match variable.value.to_ascii_lowercase().as_str() {
                "success" => defaults.list_response = ListResponse::Success,
                "follows" => defaults.list_response = ListResponse::Follows,
                _ => self.problems.push(variable.problem(format!(
                    "listresponse is neither success nor follows: {}",
                    variable.value
                ))),
            }
        }
    }

    fn listeners(&mut self, general: &Category, dialect: Dialect) -> Vec<Listener> {
        let any = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
        let port = self.number(general, "port").unwrap_or(5038);
        let main = self.address(general, "bindaddr", SocketAddr::new(any, port));
        let mut listeners = vec![Listener {
            address: main,
            dialect,
            tls: None,
        }];
        if general.variable("oldport").is_some() || general.variable("oldbindaddr").is_some() {
            let port = self.number(general, "oldport").unwrap_or(5037);
            let default = SocketAddr::new(main.ip(), port);
            let address = self.address(general, "oldbindaddr", default);
            listeners.push(Listener {
                address,
                dialect: Dialect::Old,
                tls: None,
            });
        }
        if self.flag(general, "tlsenable", false) {
            match general.variable("tlscertfile") {
                Some(certificate) => {
                    let default = SocketAddr::new(main.ip(), 5039);
                    let address = self.address(general, "tlsbindaddr", default);
                    let key = general.get("tlsprivatekey").unwrap_or(&certificate.value);
                    let tls = Tls {
                        certificate: certificate.value.to_string(),
                        key: key.to_owned(),
                    };
                    listeners.push(Listener {
                        address,
                        dialect,
                        tls: Some(tls),
                    });
                }
                None => self
                    .problems
                    .push(general.problem("tlsenable without tlscertfile")),
            }
        }
        listeners
    }

    /// An address with or without a port; the default's is taken for what is missing.
    fn address(&mut self, category: &Category, name: &str, default: SocketAddr) -> SocketAddr {
        let Some(variable) = category.variable(name).filter(|v| !v.value.is_empty()) else {
            return default;
        };
        if let Ok(ip) = variable.value.parse::<IpAddr>() {
            return SocketAddr::new(ip, default.port());
        }
        match variable.value.parse() {
            Ok(address) => address,
            Err(_) => {
                let text = format!("{name} is no address: {}", variable.value);
                self.problems.push(variable.problem(text));
                default
            }
        }
    }

    fn user(
        &mut self,
        category: &Category,
        general: &Defaults,
        named: &HashMap<String, Arc<AccessList>>,
    ) -> Option<User> {
        if category.variable("secret").is_none() {
            self.warnings.push(category.problem(format!(
                "user {} has no secret and cannot log in",
                category.name
            )));
        }
        let mut own = Defaults { ..*general };
        self.shared(category, &mut own);
        let mut user = User {
            name: category.name.clone(),
            secret: Secret::new(category.get("secret").unwrap_or_default()),
            read: Permission::NONE,
            write: Permission::NONE,
            access: AccessList::default(),
            display_connects: own.display_connects,
            allow_multiple_login: own.allow_multiple_login,
            variables: Vec::new(),
            filters: FilterSet::default(),
            dialect: if own.dialect == general.dialect {
                None
            } else {
                own.dialect
            },
            list_response: own.list_response,
            write_timeout: own.write_timeout,
        };
        for variable in &category.variables {
            self.user_variable(variable, &mut user, named);
        }
        Some(user)
    }

    fn user_variable(
        &mut self,
        variable: &Variable,
        user: &mut User,
        named: &HashMap<String, Arc<AccessList>>,
    ) {
        let value = &*variable.value;
        let outcome = match variable.name.to_ascii_lowercase().as_str() {
            "read" => {
                user.read = self.permission(variable);
                Ok(())
            }
            "write" => {
                user.write = self.permission(variable);
                Ok(())
            }
            "permit" => user.access.add(true, value),
            "deny" => user.access.add(false, value),
            "acl" => value.split(',').map(str::trim).try_for_each(|name| {
                let list = named.get(&name.to_ascii_lowercase());
                let list = list.ok_or_else(|| format!("there is no list {name} in acl.conf"))?;
                user.access.add_named(name, Arc::clone(list));
                Ok(())
            }),
            "setvar" => {
                let (name, value) = value.split_once('=').unwrap_or((value, ""));
                user.variables
                    .push((Text::from(name.trim()), Text::from(value.trim())));
                Ok(())
            }
            "eventfilter" => Filter::legacy(value)
                .and_then(|f| user.filters.add(f))
                .map_err(wrong_filter),
            "secret" | "displayconnects" | "allowmultiplelogin" | "writetimeout" | "dialect"
            | "listresponse" => Ok(()),
            name => match name
                .strip_prefix("eventfilter(")
                .and_then(|rest| rest.strip_suffix(')'))
            {
                // The name in its own case: header and event names are compared by it.
                Some(criteria) => {
                    let from = variable.name.len() - criteria.len() - 1;
                    let criteria = variable
                        .name
                        .get(from..variable.name.len() - 1)
                        .unwrap_or_default();
                    Filter::advanced(criteria, value)
                        .and_then(|f| user.filters.add(f))
                        .map_err(wrong_filter)
                }
                None => {
                    self.warnings
                        .push(variable.problem(format!("unknown option {}", variable.name)));
                    Ok(())
                }
            },
        };
        if let Err(text) = outcome {
            self.problems.push(variable.problem(text));
        }
    }

    fn permission(&mut self, variable: &Variable) -> Permission {
        for name in Permission::unknown_names(&variable.value) {
            self.warnings
                .push(variable.problem(format!("there is no permission {name}")));
        }
        Permission::parse(&variable.value)
    }

    fn named_lists(&mut self, acl: Option<&Config>) -> HashMap<String, Arc<AccessList>> {
        let Some(acl) = acl else {
            return HashMap::new();
        };
        self.warnings.extend(acl.warnings.iter().cloned());
        let mut lists = HashMap::new();
        for category in acl.categories() {
            let mut list = AccessList::default();
            for variable in &category.variables {
                let outcome = if variable.is_named("permit") {
                    list.add(true, &variable.value)
                } else if variable.is_named("deny") {
                    list.add(false, &variable.value)
                } else {
                    Err(format!("unknown option {}", variable.name))
                };
                if let Err(text) = outcome {
                    self.problems.push(variable.problem(text));
                }
            }
            lists.insert(category.name.to_ascii_lowercase(), Arc::new(list));
        }
        lists
    }

    fn flag(&mut self, category: &Category, name: &str, default: bool) -> bool {
        category.flag(name, default).unwrap_or_else(|problem| {
            self.problems.push(problem);
            default
        })
    }

    fn number<T: std::str::FromStr>(&mut self, category: &Category, name: &str) -> Option<T> {
        category.parsed(name).unwrap_or_else(|problem| {
            self.problems.push(problem);
            None
        })
    }
}

fn wrong_filter(error: crate::filter::FilterError) -> String {
    format!("not an event filter: {error}")
}

fn list<'a>(category: &'a Category, name: &str) -> impl Iterator<Item = &'a str> {
    let value = category.get(name).unwrap_or_default();
    value
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
}

fn dialect(text: &str) -> Option<Dialect> {
    match text.trim().to_ascii_lowercase().as_str() {
        "1.1" | "1.0" | "1" | "old" => Some(Dialect::Old),
        "13.0.0" | "13.0" | "13" | "current" => Some(Dialect::Current),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
