//! Where a client may come from: `deny`, `permit` and `acl` lines, and the named lists of acl.conf.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

/// Rules in order; the last that an address matches decides, and without any it is allowed.
///
/// With named lists beside its own rules, an address has to pass each of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccessList {
    rules: Vec<Rule>,
    named: Vec<(String, Arc<AccessList>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rule {
    allow: bool,
    network: Network,
}

impl AccessList {
    /// Adds a `permit` or `deny` line: networks with commas, `!` before one turns its sense round.
    pub fn add(&mut self, allow: bool, networks: &str) -> Result<(), String> {
        for word in networks
            .split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty())
        {
            let (turned, word) = match word.strip_prefix('!') {
                Some(rest) => (true, rest.trim()),
                None => (false, word),
            };
            let network = Network::parse(word)
                .ok_or_else(|| format!("'{word}' is neither an address nor a network"))?;
            self.rules.push(Rule {
                allow: allow != turned,
                network,
            });
        }
        Ok(())
    }

    /// Adds a named list of acl.conf.
    pub fn add_named(&mut self, name: &str, list: Arc<AccessList>) {
        self.named.push((name.to_owned(), list));
    }

    /// Whether there is no rule at all.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.named.is_empty()
    }

    /// `None` if an address may come; otherwise the name of the list that refuses it, empty for the
    /// user's own rules.
    pub fn refusal(&self, address: IpAddr) -> Option<&str> {
        // An IPv4 peer of an IPv6 socket is the IPv4 address that it writes itself with.
        let address = address.to_canonical();
        if !self.own_rules_allow(address) {
            return Some("");
        }
        self.named
            .iter()
            .find(|(_, list)| list.refusal(address).is_some())
            .map(|(name, _)| name.as_str())
    }

    fn own_rules_allow(&self, address: IpAddr) -> bool {
        let decisive = self
            .rules
            .iter()
            .rev()
            .find(|rule| rule.network.contains(address));
        decisive.is_none_or(|rule| rule.allow)
    }
}

/// Addresses that share their first bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Network {
    V4 {
        address: u32,
        mask: u32,
    },
    V6 {
        address: u128,
        mask: u128,
    },
    /// `0.0.0.0/0.0.0.0` is written by everybody to mean everybody.
    Everything,
}

impl Network {
    /// `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `fd00::/8`, or an address alone.
    fn parse(text: &str) -> Option<Network> {
        let (address, mask) = match text.split_once('/') {
            Some((address, mask)) => (address.trim(), Some(mask.trim())),
            None => (text, None),
        };
        let address = address.trim_start_matches('[').trim_end_matches(']');
        match address.parse().ok()? {
            IpAddr::V4(v4) => {
                let mask = match mask {
                    None => u32::MAX,
                    Some(mask) => v4_mask(mask)?,
                };
                if mask == 0 && v4 == Ipv4Addr::UNSPECIFIED {
                    return Some(Network::Everything);
                }
                Some(Network::V4 {
                    address: v4.to_bits() & mask,
                    mask,
                })
            }
            IpAddr::V6(v6) => {
                let mask = match mask {
                    None => u128::MAX,
                    Some(mask) => v6_mask(mask)?,
                };
                if mask == 0 && v6 == Ipv6Addr::UNSPECIFIED {
                    return Some(Network::Everything);
                }
                Some(Network::V6 {
                    address: v6.to_bits() & mask,
                    mask,
                })
            }
        }
    }

    fn contains(self, address: IpAddr) -> bool {
        match (self, address) {
            (Network::Everything, _) => true,
            (Network::V4 { address, mask }, IpAddr::V4(v4)) => v4.to_bits() & mask == address,
            (Network::V6 { address, mask }, IpAddr::V6(v6)) => v6.to_bits() & mask == address,
            _ => false,
        }
    }
}

fn v4_mask(text: &str) -> Option<u32> {
    match text.parse::<u32>() {
        Ok(bits @ 0..=32) => Some(u32::MAX.checked_shl(32 - bits).unwrap_or(0)),
        Ok(_) => None,
        Err(_) => Some(text.parse::<Ipv4Addr>().ok()?.to_bits()),
    }
}

fn v6_mask(text: &str) -> Option<u128> {
    match text.parse::<u32>() {
        Ok(bits @ 0..=128) => Some(u128::MAX.checked_shl(128 - bits).unwrap_or(0)),
        Ok(_) => None,
        Err(_) => Some(text.parse::<Ipv6Addr>().ok()?.to_bits()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(lines: &[(bool, &str)]) -> AccessList {
        let mut list = AccessList::default();
        for (allow, networks) in lines {
            list.add(*allow, networks).unwrap();
        }
        list
    }

    fn allows(list: &AccessList, address: &str) -> bool {
        list.refusal(address.parse().unwrap()).is_none()
    }

    #[test]
    fn the_last_rule_that_matches_decides() {
        let office = list(&[
            (false, "0.0.0.0/0.0.0.0"),
            (true, "192.0.2.0/255.255.255.0"),
            (false, "192.0.2.66"),
        ]);
        assert!(allows(&office, "192.0.2.7"));
        assert!(!allows(&office, "192.0.2.66"));
        assert!(!allows(&office, "127.0.0.1"));
        assert!(
            !allows(&office, "2001:db8::1"),
            "everything is denied, IPv6 too"
        );
        assert!(allows(&AccessList::default(), "198.51.100.1"));
    }

    #[test]
    fn prefixes_masks_lists_and_turned_senses() {
        let mixed = list(&[
            (false, "0.0.0.0/0"),
            (true, "10.0.0.0/8, fd00::/8,!10.1.0.0/16"),
        ]);
        assert!(allows(&mixed, "10.2.0.1"));
        assert!(!allows(&mixed, "10.1.0.1"));
        assert!(allows(&mixed, "fd12::1"));
        assert!(
            allows(&mixed, "::ffff:10.2.0.1"),
            "an IPv4 peer of an IPv6 socket"
        );
        assert!(!allows(&mixed, "fe80::1"));
    }

    #[test]
    fn a_named_list_has_a_say_and_its_name() {
        let mut user = list(&[(true, "127.0.0.1")]);
        user.add_named(
            "lab",
            Arc::new(list(&[(false, "0.0.0.0/0"), (true, "127.0.0.2")])),
        );
        assert_eq!(user.refusal("127.0.0.1".parse().unwrap()), Some("lab"));
        assert!(allows(&user, "127.0.0.2"));
    }

    #[test]
    fn nonsense_is_refused() {
        let mut list = AccessList::default();
        for wrong in [
            "300.0.0.1",
            "10.0.0.0/33",
            "fd00::/129",
            "host.example",
            "10.0.0.0/x",
        ] {
            assert!(list.add(true, wrong).is_err(), "{wrong}");
        }
    }
}
