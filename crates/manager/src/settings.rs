//! What manager.conf and acl.conf say.

mod read;

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use ami::{Dialect, Permission};
use config::{Config, Problem};
use switch::Text;

use crate::rendered::Style;
use crate::user::User;

/// The settings of the manager, whole. A reload makes new ones; sessions keep the user they have.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whether the interface is there at all (`enabled`).
    pub enabled: bool,
    /// Whether it is served over HTTP too (`webenabled`).
    pub web_enabled: bool,
    /// Where it listens, and what is spoken there.
    pub listeners: Vec<Listener>,
    /// How long a connection may take to log in (`authtimeout`, seconds, 30).
    pub auth_timeout: Duration,
    /// Connections that are not logged in (`authlimit`, 50); one address gets nine tenths of them.
    pub auth_limit: usize,
    /// What is put on every event (`timestampevents`, `disabledevents`).
    pub style: Style,
    /// Variables that every channel event shows (`channelvars`).
    pub channel_variables: Vec<Text>,
    /// The users by name in lower case.
    users: HashMap<String, Arc<User>>,
    /// Their names in the order of the file.
    order: Vec<String>,
}

/// A socket to listen on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listener {
    /// Address and port.
    pub address: SocketAddr,
    /// What is spoken there, unless the user's own setting says otherwise.
    pub dialect: Dialect,
    /// Certificate and key for TLS; plain TCP without.
    pub tls: Option<Tls>,
}

/// The files of a listener's TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tls {
    /// Certificate chain, PEM (`tlscertfile`).
    pub certificate: String,
    /// Private key, PEM (`tlsprivatekey`); the certificate's file if it names none.
    pub key: String,
}

impl Default for Settings {
    /// The interface switched off, without users.
    fn default() -> Settings {
        Settings {
            enabled: false,
            web_enabled: false,
            listeners: vec![Listener {
                address: SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 5038),
                dialect: Dialect::Current,
                tls: None,
            }],
            auth_timeout: Duration::from_secs(30),
            auth_limit: 50,
            style: Style::default(),
            channel_variables: Vec::new(),
            users: HashMap::new(),
            order: Vec::new(),
        }
    }
}

impl Settings {
    /// Reads both files. What cannot be taken is a problem with its place, all of them at once; what can
    /// be passed over is a warning in the second part of the answer.
    pub fn read(
        manager: &Config,
        acl: Option<&Config>,
    ) -> Result<(Settings, Vec<Problem>), Vec<Problem>> {
        read::read(manager, acl)
    }

    /// The user of this name, in any case.
    pub fn user(&self, name: &str) -> Option<&Arc<User>> {
        self.users.get(&name.to_ascii_lowercase())
    }

    /// All users in the order of the file.
    pub fn users(&self) -> impl Iterator<Item = &Arc<User>> {
        self.order.iter().filter_map(|name| self.users.get(name))
    }

    /// Adds a user, in place of an older one of the name.
    pub fn add_user(&mut self, user: User) {
        let name = user.name.to_ascii_lowercase();
        if self.users.insert(name.clone(), Arc::new(user)).is_none() {
            self.order.push(name);
        }
    }

    /// Whether any user may see events of this class.
    pub fn is_read(&self, class: Permission) -> bool {
        self.users.values().any(|user| user.read.contains(class))
    }
}
