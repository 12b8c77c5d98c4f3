//! Permission classes: who may do what, and who sees which event.

use std::fmt;

/// A set of permission classes.
///
/// Printing gives the names in the order of the wire, with `all` at the end of whatever is not empty, as
/// a `Privilege:` line has it: `call,reporting,all`, or `<none>`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Permission(u32);

/// Names, bits and the order of the wire. The bits are what a number in `manager.conf` or in an
/// `EventMask` means; bit 14 belongs to hook answers, which no client can ask for.
const CLASSES: [(&str, Permission); 19] = [
    ("system", Permission::SYSTEM),
    ("call", Permission::CALL),
    ("log", Permission::LOG),
    ("verbose", Permission::VERBOSE),
    ("command", Permission::COMMAND),
    ("agent", Permission::AGENT),
    ("user", Permission::USER),
    ("config", Permission::CONFIG),
    ("dtmf", Permission::DTMF),
    ("reporting", Permission::REPORTING),
    ("cdr", Permission::CDR),
    ("dialplan", Permission::DIALPLAN),
    ("originate", Permission::ORIGINATE),
    ("agi", Permission::AGI),
    ("cc", Permission::CC),
    ("aoc", Permission::AOC),
    ("test", Permission::TEST),
    ("security", Permission::SECURITY),
    ("message", Permission::MESSAGE),
];

impl Permission {
    /// Nothing; an action of this privilege is open to everybody who is logged in.
    pub const NONE: Self = Self(0);
    /// The switch itself: reloads, modules, shutdown.
    pub const SYSTEM: Self = Self(1);
    /// Channels and bridges.
    pub const CALL: Self = Self(1 << 1);
    /// Log lines.
    pub const LOG: Self = Self(1 << 2);
    /// Verbose lines.
    pub const VERBOSE: Self = Self(1 << 3);
    /// Console commands.
    pub const COMMAND: Self = Self(1 << 4);
    /// Queues and agents.
    pub const AGENT: Self = Self(1 << 5);
    /// Events that users send.
    pub const USER: Self = Self(1 << 6);
    /// Configuration files.
    pub const CONFIG: Self = Self(1 << 7);
    /// Digits.
    pub const DTMF: Self = Self(1 << 8);
    /// Asking what there is.
    pub const REPORTING: Self = Self(1 << 9);
    /// Call records.
    pub const CDR: Self = Self(1 << 10);
    /// Steps and variables of the dialplan.
    pub const DIALPLAN: Self = Self(1 << 11);
    /// Starting calls.
    pub const ORIGINATE: Self = Self(1 << 12);
    /// Gateway scripts.
    pub const AGI: Self = Self(1 << 13);
    /// Call completion.
    pub const CC: Self = Self(1 << 15);
    /// Advice of charge.
    pub const AOC: Self = Self(1 << 16);
    /// Test hooks.
    pub const TEST: Self = Self(1 << 17);
    /// Security events.
    pub const SECURITY: Self = Self(1 << 18);
    /// Messages outside of calls.
    pub const MESSAGE: Self = Self(1 << 30);
    /// Every class.
    pub const ALL: Self = Self(0x7FFF_FFFF);

    /// Both sets together.
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What both sets hold.
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in this set and not in the other.
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the sets share a class: a user whose write permission intersects an action's privilege may
    /// do it.
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether every class of `other` is in this set: a user whose read permission contains an event's
    /// class sees it.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The set as a number, one bit a class.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Whether no class is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a user with this write permission may do an action of that privilege.
    pub const fn allows(self, privilege: Self) -> bool {
        privilege.is_empty() || self.intersects(privilege)
    }

    /// Reads the value of `read` or `write` in `manager.conf`: class names with commas, `all`, or a
    /// number. Unknown names give nothing, as in Asterisk; [`Permission::unknown_names`] tells which.
    pub fn parse(list: &str) -> Self {
        match list.trim().parse::<u32>() {
            Ok(bits) => Self(bits).intersection(Self::ALL),
            Err(_) => list.split(',').fold(Self::NONE, |set, name| {
                set.union(Self::by_name(name.trim()).unwrap_or_default())
            }),
        }
    }

    /// The names in a list that mean no class, for a warning with file and line.
    pub fn unknown_names(list: &str) -> impl Iterator<Item = &str> {
        list.split(',').map(str::trim).filter(|name| {
            !name.is_empty() && name.parse::<u32>().is_err() && Self::by_name(name).is_none()
        })
    }

    /// The classes of the set by name, in the order of the wire, without the closing `all`.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        CLASSES
            .into_iter()
            .filter(move |(_, class)| self.intersects(*class))
            .map(|(name, _)| name)
    }

    fn by_name(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("all") {
            return Some(Self::ALL);
        }
        if name.eq_ignore_ascii_case("none") {
            return Some(Self::NONE);
        }
        CLASSES
            .into_iter()
            .find_map(|(n, class)| n.eq_ignore_ascii_case(name).then_some(class))
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("<none>");
        }
        for name in self.names() {
            write!(f, "{name},")?;
        }
        f.write_str("all")
    }
}

impl fmt::Debug for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Which events a session wants: the `Events` header of a login, the `EventMask` of action Events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EventMask(pub Permission);

impl EventMask {
    /// No events.
    pub const OFF: Self = Self(Permission::NONE);
    /// All that the session may read.
    pub const ON: Self = Self(Permission::ALL);

    /// Reads `on`, `off`, another word for either, a number, or class names with commas. Names that mean
    /// nothing add nothing, so `nonsense` is off; no text at all is no mask.
    pub fn parse(mask: &str) -> Option<Self> {
        let mask = mask.trim();
        let is = |words: &[&str]| words.iter().any(|word| mask.eq_ignore_ascii_case(word));
        if mask.is_empty() {
            None
        } else if is(&["off", "no", "n", "false", "f"]) {
            Some(Self::OFF)
        } else if is(&["on", "yes", "y", "true", "t"]) {
            Some(Self::ON)
        } else {
            Some(Self(Permission::parse(mask)))
        }
    }

    /// Whether any event passes: action Events answers `On` or `Off`.
    pub const fn is_on(self) -> bool {
        !self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printing_follows_the_wire() {
        assert_eq!(Permission::NONE.to_string(), "<none>");
        let call = Permission::REPORTING.union(Permission::CALL);
        assert_eq!(call.to_string(), "call,reporting,all");
        assert_eq!(
            Permission::ALL.to_string(),
            "system,call,log,verbose,command,agent,user,config,dtmf,reporting,cdr,dialplan,\
             originate,agi,cc,aoc,test,security,message,all"
        );
    }

    #[test]
    fn lists_of_manager_conf() {
        assert_eq!(Permission::parse("all"), Permission::ALL);
        assert_eq!(
            Permission::parse(" call , Reporting"),
            Permission::parse("reporting,call")
        );
        assert_eq!(Permission::parse(""), Permission::NONE);
        assert_eq!(
            Permission::parse("3"),
            Permission::SYSTEM.union(Permission::CALL)
        );
        assert_eq!(
            Permission::unknown_names("call, cal ,all,").collect::<Vec<_>>(),
            ["cal"]
        );
    }

    #[test]
    fn masks_of_clients() {
        assert_eq!(EventMask::parse(""), None);
        assert_eq!(EventMask::parse("ON"), Some(EventMask::ON));
        assert_eq!(EventMask::parse("off"), Some(EventMask::OFF));
        assert_eq!(EventMask::parse("nonsense"), Some(EventMask::OFF));
        let some = EventMask::parse("call,user").unwrap();
        assert!(some.is_on() && some.0.contains(Permission::USER));
        assert!(!some.0.contains(Permission::SYSTEM));
    }

    #[test]
    fn one_class_of_a_privilege_is_enough() {
        let hangup = Permission::SYSTEM.union(Permission::CALL);
        assert!(Permission::CALL.allows(hangup));
        assert!(!Permission::REPORTING.allows(hangup));
        assert!(Permission::NONE.allows(Permission::NONE));
    }
}
