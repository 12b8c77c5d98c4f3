//! Masks of addresses, and lists of them that let in or keep out.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address and how many of its first bits count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mask {
    /// The address.
    pub address: IpAddr,
    /// Bits that count: 32 of IPv4, or 128 of IPv6, for one address alone.
    pub bits: u8,
}

impl Mask {
    /// Reads `192.0.2.1`, `192.0.2.0/24`, `192.0.2.0/255.255.255.0` and the like of IPv6, in brackets or
    /// without; `None` for what is neither, such as the name of a host.
    pub fn parse(text: &str) -> Option<Mask> {
        let text = text.trim();
        let (address, mask) = match text.split_once('/') {
            Some((address, mask)) => (address, Some(mask)),
            None => (text, None),
        };
        let address = address.trim_start_matches('[').trim_end_matches(']');
        let address: IpAddr = address.parse().ok()?;
        let whole = if address.is_ipv4() { 32 } else { 128 };
        let bits = match mask {
            None => whole,
            Some(mask) => match (mask.parse::<u8>(), mask.parse::<IpAddr>()) {
                (Ok(bits), _) => bits,
                (_, Ok(mask)) if mask.is_ipv4() == address.is_ipv4() => leading_ones(mask)?,
                _ => return None,
            },
        };
        (bits <= whole).then_some(Mask { address, bits })
    }

    /// `192.0.2.0/24`
    pub fn cidr(&self) -> String {
        format!("{}/{}", self.address, self.bits)
    }

    /// Whether an address is among them.
    pub fn holds(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let mask = ones(self.bits, 32) as u32;
                own.to_bits() & mask == other.to_bits() & mask
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let mask = ones(self.bits, 128);
                own.to_bits() & mask == other.to_bits() & mask
            }
            _ => false,
        }
    }
}

/// `192.0.2.0/255.255.255.0`
impl fmt::Display for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.address {
            IpAddr::V4(address) => {
                let mask = Ipv4Addr::from_bits(ones(self.bits, 32) as u32);
                write!(f, "{address}/{mask}")
            }
            IpAddr::V6(address) => {
                let mask = Ipv6Addr::from_bits(ones(self.bits, 128));
                write!(f, "{address}/{mask}")
            }
        }
    }
}

/// A number of `whole` bits of which the first `bits` are set.
fn ones(bits: u8, whole: u32) -> u128 {
    let rest = whole.saturating_sub(bits.into());
    let all = u128::MAX >> (128 - whole);
    all.checked_shr(rest).map_or(0, |_| all & !low(rest))
}

/// The lowest bits.
fn low(bits: u32) -> u128 {
    match 1_u128.checked_shl(bits) {
        Some(next) => next - 1,
        None => u128::MAX,
    }
}

/// How many bits a mask sets, where they are its first.
fn leading_ones(mask: IpAddr) -> Option<u8> {
    let (leading, count) = match mask {
        IpAddr::V4(mask) => (mask.to_bits().leading_ones(), mask.to_bits().count_ones()),
        IpAddr::V6(mask) => (mask.to_bits().leading_ones(), mask.to_bits().count_ones()),
    };
    (leading == count)
        .then(|| u8::try_from(count).ok())
        .flatten()
}

/// What a rule of a list does with the addresses that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Whether they may.
    pub permit: bool,
    /// Which.
    pub mask: Mask,
}

/// Whether rules let an address in: the last that is about it decides, and without one it may.
pub fn allowed(rules: &[Rule], address: IpAddr) -> bool {
    rules
        .iter()
        .rfind(|rule| rule.mask.holds(address))
        .is_none_or(|rule| rule.permit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_are_read_in_all_their_forms() {
        let read = |text| Mask::parse(text).map(|mask| mask.to_string());
        assert_eq!(read("127.0.0.9").unwrap(), "127.0.0.9/255.255.255.255");
        assert_eq!(read("10.0.0.0/8").unwrap(), "10.0.0.0/255.0.0.0");
        assert_eq!(
            read("10.0.0.0/255.255.0.0").unwrap(),
            "10.0.0.0/255.255.0.0"
        );
        assert_eq!(read("0.0.0.0/0").unwrap(), "0.0.0.0/0.0.0.0");
        assert_eq!(read("[2001:db8::]/32").unwrap(), "2001:db8::/ffff:ffff::");
        assert_eq!(read("::/0").unwrap(), "::/::");
        for wrong in [
            "",
            "pbx.example",
            "10.0.0.0/33",
            "10.0.0.0/255.0.255.0",
            "::1/255.0.0.0",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_mask_holds_what_its_bits_say() {
        let holds =
            |mask, address: &str| Mask::parse(mask).unwrap().holds(address.parse().unwrap());
        assert!(holds("10.0.0.0/8", "10.255.0.1"));
        assert!(!holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("0.0.0.0/0", "192.0.2.1") && !holds("0.0.0.0/0", "::1"));
        assert!(
            holds("10.0.0.1", "::ffff:10.0.0.1"),
            "IPv4 as a socket of both shows it"
        );
        assert!(holds("2001:db8::/33", "2001:db8:7fff::1"));
        assert!(!holds("2001:db8::/33", "2001:db8:8000::1"));
    }

    #[test]
    fn the_last_rule_decides() {
        let rule = |permit, mask| Rule {
            permit,
            mask: Mask::parse(mask).unwrap(),
        };
        let rules = [rule(false, "0.0.0.0/0"), rule(true, "10.0.0.0/8")];
        assert!(allowed(&rules, "10.1.1.1".parse().unwrap()));
        assert!(!allowed(&rules, "192.0.2.1".parse().unwrap()));
        assert!(allowed(&[], "192.0.2.1".parse().unwrap()));
    }
}
