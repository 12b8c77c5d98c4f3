//! Variables of a channel, or of all.

use crate::limits;
use crate::snapshot::Text;

/// Variables in the order of their setting.
///
/// A name given as `_X` is inherited by the channels that this one calls, under the name `X`; one given
/// as `__X` by those that they call as well.
#[derive(Debug, Clone, Default)]
pub struct Variables {
    list: Vec<(Text, Text)>,
}

impl Variables {
    /// The value of a variable, whatever underscores its name was set with.
    pub fn get(&self, name: &str) -> Option<&Text> {
        let name = plain(name);
        self.list
            .iter()
            .rev()
            .find(|(n, _)| plain(n) == name)
            .map(|(_, value)| value)
    }

    /// Sets a variable, or replaces it; false where there are too many.
    pub fn set(&mut self, name: Text, value: Text) -> bool {
        self.remove(&name);
        if self.list.len() >= limits::VARIABLES {
            return false;
        }
        self.list.push((name, value));
        true
    }

    /// Removes a variable.
    pub fn remove(&mut self, name: &str) -> Option<Text> {
        let name = plain(name);
        let at = self.list.iter().rposition(|(n, _)| plain(n) == name)?;
        Some(self.list.remove(at).1)
    }

    /// Removes them all.
    pub fn clear(&mut self) {
        self.list.clear();
    }

    /// Name as set and value, in the order of their setting.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Text, &Text)> {
        self.list.iter().map(|(name, value)| (name, value))
    }

    /// What a channel that this one calls begins with, the newest first.
    pub fn inherited(&self) -> impl Iterator<Item = (Text, Text)> + '_ {
        self.list.iter().rev().filter_map(|(name, value)| {
            let name = match name.strip_prefix('_') {
                Some(rest) if rest.starts_with('_') => name.clone(),
                Some(rest) => Text::from(rest),
                None => return None,
            };
            Some((name, value.clone()))
        })
    }
}

/// A variable's name without the underscores of inheritance.
pub fn plain(name: &str) -> &str {
    let name = name.strip_prefix('_').unwrap_or(name);
    name.strip_prefix('_').unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inheritance_goes_one_level_or_all_the_way() {
        let mut variables = Variables::default();
        for name in ["A", "_B", "__C"] {
            variables.set(name.into(), "x".into());
        }
        let called: Vec<_> = variables
            .inherited()
            .map(|(name, _)| name.to_string())
            .collect();
        assert_eq!(called, ["__C", "B"]);
        assert_eq!(variables.get("C").map(|v| &**v), Some("x"));
        assert_eq!(variables.get("__B").map(|v| &**v), Some("x"));
        variables.set("B".into(), "y".into());
        assert_eq!(
            variables
                .iter()
                .filter(|(name, _)| plain(name) == "B")
                .count(),
            1
        );
    }
}
