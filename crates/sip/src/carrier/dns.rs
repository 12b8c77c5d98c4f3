//! Where a host of SIP is (RFC 3263): which transports it likes, which servers there are, and their addresses.

use std::net::{IpAddr, SocketAddr};

use hickory_resolver::TokioResolver;
use hickory_resolver::proto::rr::rdata::{NAPTR, SRV};
use hickory_resolver::proto::rr::{RData, RecordType};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tokio::time::timeout;

use crate::core::default_port;
use crate::limits::{NAMES, OPTIONAL_LOOKUP, SERVERS};
use crate::wire::Transport;

/// What is to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    /// The host's name.
    pub(super) host: String,
    /// The port, where the address names one: then nothing but addresses is asked for.
    pub(super) port: Option<u16>,
    /// How it is to be reached, where somebody says so.
    pub(super) transport: Option<Transport>,
    /// How we can reach anybody: transport, and whether by IPv6.
    pub(super) ours: Vec<(Transport, bool)>,
    /// What chance comes of: the same of all requests that belong together, so that whoever challenged one
    /// gets the answer (RFC 3263, 4.1).
    pub(super) seed: u64,
}

/// A server of that host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Server {
    /// How it is reached.
    pub(super) transport: Transport,
    /// Where.
    pub(super) address: SocketAddr,
}

/// Whoever looks names up, with what it remembers for as long as the DNS allows.
#[derive(Clone)]
pub(super) struct Names(Result<TokioResolver, String>);

impl Names {
    /// As the system is configured.
    pub(super) fn of_system() -> Names {
        let built = TokioResolver::builder_tokio().and_then(|mut builder| {
            builder.options_mut().cache_size = NAMES;
            builder.build()
        });
        Names(built.map_err(|why| format!("no DNS: {why}")))
    }

    /// Of these servers.
    #[cfg(test)]
    pub(super) fn of(config: hickory_resolver::config::ResolverConfig) -> Names {
        let provider = hickory_resolver::net::runtime::TokioRuntimeProvider::default();
        let built = TokioResolver::builder_with_config(config, provider).build();
        Names(built.map_err(|why| why.to_string()))
    }

    /// The servers of a host in the order in which they are to be tried.
    ///
    /// # Errors
    /// What the DNS says, where there is none that we can reach.
    pub(super) async fn find(&self, question: &Question) -> Result<Vec<Server>, String> {
        let resolver = self.0.as_ref().map_err(String::clone)?;
        let mut found = Vec::new();
        if question.port.is_none() {
            let mut chance = StdRng::seed_from_u64(question.seed);
            for (transport, name) in services(resolver, question).await {
                for (host, port) in servers(resolver, &name, &mut chance).await {
                    // One of several that is not known does not hide the others.
                    if let Ok(all) = addresses(resolver, &host).await {
                        let at = |ip| SocketAddr::new(ip, port);
                        found.extend(all.into_iter().map(|ip| Server {
                            transport,
                            address: at(ip),
                        }));
                    }
                }
                // What they like best is what is tried (4.1).
                if !found.is_empty() {
                    break;
                }
            }
        }
        if found.is_empty() {
            let transport = question.transport.unwrap_or_else(|| question.first());
            let port = question.port.unwrap_or(default_port(transport));
            let at = |ip| SocketAddr::new(ip, port);
            let all = addresses(resolver, &question.host).await?;
            found.extend(all.into_iter().map(|ip| Server {
                transport,
                address: at(ip),
            }));
        }
        found.retain(|server| question.can(server.transport, server.address.ip()));
        found.truncate(SERVERS);
        match found.is_empty() {
            true => Err(format!(
                "{}: no address that a transport of ours reaches",
                question.host
            )),
            false => Ok(found),
        }
    }
}

impl Question {
    fn can(&self, transport: Transport, to: IpAddr) -> bool {
        self.ours.contains(&(transport, to.is_ipv6()))
    }

    fn has(&self, transport: Transport) -> bool {
        self.ours.iter().any(|(ours, _)| *ours == transport)
    }

    /// What is used where nobody says anything: datagrams, where we have them.
    fn first(&self) -> Transport {
        match self.ours.first() {
            Some((first, _)) if !self.has(Transport::Udp) => *first,
            _ => Transport::Udp,
        }
    }
}

/// The names under which the DNS may know servers, with their transports, the best first.
async fn services(resolver: &TokioResolver, question: &Question) -> Vec<(Transport, String)> {
    let host = question.host.trim_end_matches('.');
    let service = |transport| {
        let prefix = match transport {
            Transport::Udp => "_sip._udp",
            Transport::Tcp => "_sip._tcp",
            Transport::Tls => "_sips._tcp",
            // Whoever offers a WebSocket is found by its address alone (RFC 7118, 5).
            Transport::Ws | Transport::Wss => return None,
        };
        Some((transport, format!("{prefix}.{host}.")))
    };
    if let Some(transport) = question.transport {
        return service(transport).into_iter().collect();
    }
    let liked = liked(resolver, &format!("{host}.")).await;
    let liked: Vec<_> = liked
        .into_iter()
        .filter(|(t, _)| question.has(*t))
        .collect();
    if !liked.is_empty() {
        return liked;
    }
    // Without encryption first, as nobody asked for it.
    let all = [Transport::Udp, Transport::Tcp, Transport::Tls];
    let all = all.into_iter().filter(|transport| question.has(*transport));
    all.filter_map(service).collect()
}

/// What a domain says that it likes (NAPTR; RFC 3263, 4.1).
async fn liked(resolver: &TokioResolver, name: &str) -> Vec<(Transport, String)> {
    let asked = timeout(OPTIONAL_LOOKUP, resolver.lookup(name, RecordType::NAPTR));
    let Ok(Ok(found)) = asked.await else {
        return Vec::new();
    };
    let mut rules: Vec<&NAPTR> = found
        .answers()
        .iter()
        .filter_map(|record| match &record.data {
            RData::NAPTR(rule) if rule.flags.eq_ignore_ascii_case(b"s") => Some(rule),
            _ => None,
        })
        .collect();
    rules.sort_by_key(|rule| (rule.order, rule.preference));
    let transport = |rule: &&NAPTR| {
        let words: [(&[u8], Transport); 3] = [
            (b"SIP+D2U", Transport::Udp),
            (b"SIP+D2T", Transport::Tcp),
            (b"SIPS+D2T", Transport::Tls),
        ];
        let found = words
            .iter()
            .find(|(word, _)| rule.services.eq_ignore_ascii_case(word));
        found.map(|(_, transport)| (*transport, rule.replacement.to_string()))
    };
    rules.iter().filter_map(transport).collect()
}

/// The servers of a service in the order in which they are tried (SRV; RFC 2782).
async fn servers(resolver: &TokioResolver, name: &str, chance: &mut StdRng) -> Vec<(String, u16)> {
    let Ok(Ok(found)) = timeout(OPTIONAL_LOOKUP, resolver.srv_lookup(name)).await else {
        return Vec::new();
    };
    let all = found
        .answers()
        .iter()
        .filter_map(|record| match &record.data {
            // A lone dot says that there is no such service.
            RData::SRV(server) if !server.target.is_root() => Some(server.clone()),
            _ => None,
        });
    let ordered = in_order(all.collect(), |most| chance.random_range(0..=most));
    let server = |server: SRV| (server.target.to_string(), server.port);
    ordered.into_iter().map(server).collect()
}

/// The lowest priority first; of those of the same each has its turn as often as its weight says. `draw`
/// gives a number from 0 to its argument, both included.
fn in_order(mut left: Vec<SRV>, mut draw: impl FnMut(u32) -> u32) -> Vec<SRV> {
    // Those without weight come first, so that they have some chance (RFC 2782).
    left.sort_by_key(|server| (server.priority, server.weight));
    let mut ordered = Vec::with_capacity(left.len());
    while let Some(first) = left.first() {
        let priority = first.priority;
        let same = || left.iter().take_while(|server| server.priority == priority);
        let mark = draw(same().map(|server| u32::from(server.weight)).sum());
        let mut sum = 0;
        let drawn = same().position(|server| {
            sum += u32::from(server.weight);
            sum >= mark
        });
        ordered.push(left.remove(drawn.unwrap_or(0)));
    }
    ordered
}

async fn addresses(resolver: &TokioResolver, host: &str) -> Result<Vec<IpAddr>, String> {
    let found = resolver.lookup_ip(host).await;
    let found = found.map_err(|why| format!("{host}: {why}"))?;
    Ok(found.iter().collect())
}
