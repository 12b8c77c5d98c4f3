//! pjsip.conf: what it says, object by object.
//!
//! Each type of object has one table of its options: name, key on the manager interface, default, what it
//! takes, and the field that it sets. Nothing of a file is passed over without a word: see
//! [`Settings::read`].

mod acl;
mod address;
mod aor;
mod auth;
pub mod codecs;
mod endpoint;
mod global;
mod identify;
mod offer_pref;
mod option;
mod read;
mod registration;
mod resource_list;
mod shown;
mod tos;
mod transport;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use switch::Text;

pub use acl::Acl;
pub use address::{Mask, Rule, allowed};
pub use aor::Aor;
pub use auth::{Algorithm, Auth, AuthType};
pub use endpoint::{
    DtlsSetup, DtmfMode, Endpoint, IdentifyBy, MediaEncryption, RedirectMethod, Rel100, Timers,
};
pub use global::{Global, System};
pub use identify::{Identify, Pattern};
pub use offer_pref::{Keep, OfferPref};
pub use registration::Registration;
pub use resource_list::ResourceList;
pub use shown::Field;
pub use transport::{TcpKeepalive, Transport};

/// What pjsip.conf says.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where we listen, in the order of the file: the first that fits is used where none is named.
    pub transports: Vec<Arc<Transport>>,
    /// Endpoints by name.
    pub endpoints: BTreeMap<Text, Arc<Endpoint>>,
    /// Addresses of record by name.
    pub aors: BTreeMap<Text, Arc<Aor>>,
    /// Proofs of identity by name.
    pub auths: BTreeMap<Text, Arc<Auth>>,
    /// What tells endpoints' requests apart, in the order of the file.
    pub identifies: Vec<Arc<Identify>>,
    /// Registrations of ours by name.
    pub registrations: BTreeMap<Text, Arc<Registration>>,
    /// From where messages are taken, in the order of the file: all of them have to agree.
    pub acls: Vec<Arc<Acl>>,
    /// Lists of acl.conf by name: what `acl` of endpoints and lists above name.
    pub named_acls: BTreeMap<Text, Vec<Rule>>,
    /// Lists of what a subscription may name as one, by name.
    pub resource_lists: BTreeMap<Text, Arc<ResourceList>>,
    /// Other names of a domain (`type = domain_alias`): the alias and the domain that it stands for.
    pub domain_aliases: BTreeMap<Text, Text>,
    /// Sections of pjsip_notify.conf by name: headers and lines of `Content`, in order.
    pub notify_options: BTreeMap<Text, Vec<(Text, Text)>>,
    /// What holds for all.
    pub global: Arc<Global>,
    /// What the process begins with.
    pub system: Arc<System>,
}

/// Nothing configured; what holds for all has its defaults.
impl Default for Settings {
    fn default() -> Settings {
        Settings {
            transports: Vec::new(),
            endpoints: BTreeMap::new(),
            aors: BTreeMap::new(),
            auths: BTreeMap::new(),
            identifies: Vec::new(),
            registrations: BTreeMap::new(),
            acls: Vec::new(),
            named_acls: BTreeMap::new(),
            resource_lists: BTreeMap::new(),
            domain_aliases: BTreeMap::new(),
            notify_options: BTreeMap::new(),
            global: Arc::new(option::Object::blank()),
            system: Arc::new(option::Object::blank()),
        }
    }
}

impl Settings {
    /// The transport that something came by.
    pub fn listens(&self, flow: &crate::wire::Flow) -> Option<&Arc<Transport>> {
        let same = |transport: &&Arc<Transport>| {
            let at = transport.address();
            transport.protocol == flow.transport
                && at.port() == flow.local.port()
                && (at.ip().is_unspecified() || at.ip() == flow.local.ip())
                && at.is_ipv4() == flow.local.is_ipv4()
        };
        self.transports.iter().find(same)
    }

    /// The transport of a name; the first of all for an empty one.
    pub fn transport(&self, name: &str) -> Option<&Arc<Transport>> {
        let mut transports = self.transports.iter();
        transports.find(|one| name.is_empty() || &*one.name == name)
    }

    /// Takes what pjsip_notify.conf says.
    pub fn read_notify(&mut self, config: &config::Config) {
        let pairs = |category: &config::Category| {
            let variables = category.variables.iter();
            let pairs = variables.map(|one| (Arc::clone(&one.name), Arc::clone(&one.value)));
            pairs.collect()
        };
        self.notify_options = config
            .categories()
            .map(|category| (category.name.as_str().into(), pairs(category)))
            .collect();
    }

    /// Whether a contact of an endpoint may be at an address.
    pub fn contact_may_be(&self, endpoint: &Endpoint, address: IpAddr) -> bool {
        let mut lists = self.acls.iter();
        self.lets_in(&endpoint.contact_acl, &[], address)
            && lists.all(|list| self.lets_in(&list.contact_acl, &list.contact_rules, address))
    }

    /// Whether lists let an address in: all those of acl.conf that are named here, and the rules.
    pub fn lets_in(&self, lists: &[Text], rules: &[Rule], address: IpAddr) -> bool {
        // A list that does not exist keeps everybody out: whoever named it wanted to keep somebody out.
        let named = |list: &Text| {
            self.named_acls
                .get(list)
                .is_some_and(|rules| allowed(rules, address))
        };
        lists.iter().all(named) && allowed(rules, address)
    }
}
