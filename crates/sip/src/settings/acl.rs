//! `type = acl`: from where messages are taken.

use switch::Text;

use super::address::{Mask, Rule};
use super::option::Takes::*;
use super::option::{Object, Opt, row, words};

/// From where messages are taken at all. Each field is the option of its name, but for the rules.
#[derive(Debug, Clone, Default)]
pub struct Acl {
    /// Its name: the section's.
    pub name: Text,
    /// Lists of acl.conf that have to let the sender in.
    pub acl: Vec<Text>,
    /// What `permit` and `deny` say of the sender, in order.
    pub rules: Vec<Rule>,
    /// Lists of acl.conf that have to let the contact in.
    pub contact_acl: Vec<Text>,
    /// What `contact_permit` and `contact_deny` say of the contact, in order.
    pub contact_rules: Vec<Rule>,
    pub(super) shown: Vec<Text>,
}

impl Object for Acl {
    const OPTIONS: &'static [Opt<Acl>] = &[
        row("acl", "Acl", "", Lines(|a| &mut a.acl)),
        row(
            "permit",
            "Permit",
            "",
            Other(|a, value| put(&mut a.rules, true, value)),
        ),
        row(
            "deny",
            "Deny",
            "",
            Other(|a, value| put(&mut a.rules, false, value)),
        ),
        row(
            "contact_acl",
            "ContactAcl",
            "",
            Lines(|a| &mut a.contact_acl),
        ),
        row(
            "contact_permit",
            "ContactPermit",
            "",
            Other(|a, value| put(&mut a.contact_rules, true, value)),
        ),
        row(
            "contact_deny",
            "ContactDeny",
            "",
            Other(|a, value| put(&mut a.contact_rules, false, value)),
        ),
    ];

    fn shown(&mut self) -> &mut Vec<Text> {
        &mut self.shown
    }

    fn named(&mut self, name: Text) {
        self.name = name;
    }
}

/// Adds a rule for each mask; `!` before one turns its meaning round.
pub(super) fn put(rules: &mut Vec<Rule>, permit: bool, value: &str) -> Result<String, String> {
    for word in words(value) {
        let (mask, permit) = match word.strip_prefix('!') {
            Some(mask) => (mask, !permit),
            None => (word, permit),
        };
        let mask = Mask::parse(mask).ok_or_else(|| format!("not an address or mask: {word}"))?;
        rules.push(Rule { permit, mask });
    }
    Ok(value.to_owned())
}
