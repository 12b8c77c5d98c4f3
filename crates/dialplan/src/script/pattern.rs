//! Names of extensions: plain ones, and patterns such as `_NXX.`.
//!
//! In a pattern `X` is a digit, `Z` one from 1, `N` one from 2, `[a-c5]` any of these, `.` one character
//! or more, `!` anything or nothing. Hyphens are there for the eye alone, in names and in what is dialled.

use std::cmp::Ordering;

/// How far what is dialled has to fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It fits as it is.
    Exact,
    /// It fits, or would with more digits.
    Can,
    /// It would fit with more digits, whether it does now or not.
    More,
}

/// What came of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// It does not fit.
    No,
    /// It fits.
    Yes,
    /// It fits by a `!`, with which there is no waiting for more digits.
    AtOnce,
}

/// A name, ready to be compared with what is dialled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    is_pattern: bool,
    atoms: Box<[Atom]>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Atom {
    One(char),
    Of(Set),
    /// `.`
    Rest,
    /// `!`
    Any,
}

/// Characters, most of them ASCII.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Set {
    ascii: u128,
    others: Vec<(char, char)>,
}

impl Pattern {
    /// Reads a name; one that begins with `_` is a pattern. A bracket that is not closed is reported.
    pub fn parse(name: &str) -> Result<Self, UnclosedBracket> {
        let Some(pattern) = name.strip_prefix('_') else {
            let atoms = meaningful(name).map(Atom::One).collect();
            return Ok(Pattern {
                is_pattern: false,
                atoms,
            });
        };
        let mut atoms = Vec::new();
        let mut rest = pattern;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            atoms.push(match c {
                '-' => continue,
                'X' | 'x' => Atom::Of(Set::range('0', '9')),
                'Z' | 'z' => Atom::Of(Set::range('1', '9')),
                'N' | 'n' => Atom::Of(Set::range('2', '9')),
                '.' => Atom::Rest,
                '!' => Atom::Any,
                '[' => {
                    let (inside, after) = rest.split_once(']').ok_or(UnclosedBracket)?;
                    rest = after;
                    Atom::Of(Set::bracket(inside))
                }
                c => Atom::One(c),
            });
            // Nothing is looked at after these two.
            if matches!(atoms.last(), Some(Atom::Rest | Atom::Any)) {
                break;
            }
        }
        Ok(Pattern {
            is_pattern: true,
            atoms: atoms.into(),
        })
    }

    /// Whether it is one that other names than its own fit.
    pub fn is_pattern(&self) -> bool {
        self.is_pattern
    }

    /// Compares with what is dialled.
    pub fn fit(&self, dialled: &str, mode: Mode) -> Fit {
        let mut dialled = meaningful(dialled);
        for atom in &self.atoms {
            let fits = match (atom, dialled.next()) {
                (Atom::Any, _) => return Fit::AtOnce,
                (_, None) => {
                    return if mode == Mode::Exact {
                        Fit::No
                    } else {
                        Fit::Yes
                    };
                }
                (Atom::Rest, Some(_)) => return Fit::Yes,
                (Atom::One(one), Some(c)) => *one == c,
                (Atom::Of(set), Some(c)) => set.contains(c),
            };
            if !fits {
                return Fit::No;
            }
        }
        if dialled.next().is_none() && mode != Mode::More {
            Fit::Yes
        } else {
            Fit::No
        }
    }

    /// The order in which patterns are tried: at each place from the left the one that leaves less open
    /// goes first, then `.`, then `!`.
    pub fn precedence(&self, other: &Self) -> Ordering {
        self.is_pattern.cmp(&other.is_pattern).then_with(|| {
            let rank = |pattern: &Pattern| pattern.atoms.iter().map(Atom::rank).collect::<Vec<_>>();
            rank(self).cmp(&rank(other))
        })
    }
}

/// A `[` in a pattern has no `]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnclosedBracket;

/// The characters that count: all but hyphens.
pub(super) fn meaningful(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars().filter(|c| *c != '-')
}

impl Atom {
    /// How much it leaves open: how many characters, then which.
    fn rank(&self) -> (u32, u32, u128) {
        match self {
            Atom::One(c) => (1, u32::from(*c), 0),
            Atom::Of(set) => {
                let others = set.others.iter().fold(0_u32, |sum, (first, last)| {
                    sum.saturating_add(u32::from(*last) - u32::from(*first) + 1)
                });
                let count = others
                    .saturating_add(set.ascii.count_ones())
                    .min(u32::MAX - 2);
                (count, set.ascii.trailing_zeros(), set.ascii)
            }
            Atom::Rest => (u32::MAX - 1, 0, 0),
            Atom::Any => (u32::MAX, 0, 0),
        }
    }
}

impl Set {
    fn range(first: char, last: char) -> Self {
        let mut set = Set::default();
        set.insert(first, last);
        set
    }

    /// Reads what stands in brackets: characters and ranges of them.
    fn bracket(text: &str) -> Self {
        let mut set = Set::default();
        let mut chars = text.chars().peekable();
        while let Some(first) = chars.next() {
            let mut after = chars.clone();
            match (after.next(), after.next()) {
                (Some('-'), Some(last)) => {
                    chars = after;
                    set.insert(first, last);
                }
                _ => set.insert(first, first),
            }
        }
        set
    }

    fn insert(&mut self, first: char, last: char) {
        if first > last {
            return;
        }
        for code in u32::from(first)..=u32::from(last).min(127) {
            self.ascii |= 1 << code;
        }
        if !last.is_ascii() {
            self.others.push((first.max('\u{80}'), last));
        }
    }

    fn contains(&self, c: char) -> bool {
        if c.is_ascii() {
            return self.ascii & 1 << u32::from(c) != 0;
        }
        self.others
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&c))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(pattern: &str, dialled: &str, mode: Mode) -> Fit {
        Pattern::parse(pattern).unwrap().fit(dialled, mode)
    }

    #[test]
    fn names_fit_themselves() {
        assert_eq!(fit("100", "100", Mode::Exact), Fit::Yes);
        assert_eq!(fit("100", "10", Mode::Exact), Fit::No);
        assert_eq!(fit("100", "10", Mode::Can), Fit::Yes);
        assert_eq!(fit("100", "10", Mode::More), Fit::Yes);
        assert_eq!(fit("100", "100", Mode::Can), Fit::Yes);
        assert_eq!(fit("100", "100", Mode::More), Fit::No);
        assert_eq!(fit("100", "1000", Mode::Can), Fit::No);
        assert_eq!(fit("555-1234", "5551234", Mode::Exact), Fit::Yes);
        assert_eq!(fit("5551234", "555-1234", Mode::Exact), Fit::Yes);
        assert_eq!(fit("X", "5", Mode::Exact), Fit::No);
    }

    #[test]
    fn patterns_fit_what_they_say() {
        for (pattern, fits, does_not) in [
            (
                "_NXX",
                &["200", "999"][..],
                &["100", "20", "2000", "2a0"][..],
            ),
            ("_nxZ", &["201"], &["200"]),
            ("_9.", &["90", "9abc"], &["9", "8"]),
            ("_9!", &["9", "90"], &["8", ""]),
            ("_[a-c5]X", &["a1", "51"], &["d1", "-1"]),
            ("_[ü-ö]", &[], &["ü"]),
            ("_[à-ü]", &["é", "ü"], &["e", "ÿ"]),
            ("_1-800-NXX", &["1800222", "1-800-222"], &["1800122"]),
            ("_[]5", &[], &["5", "]5"]),
            ("_.", &["x"], &[""]),
            ("_", &[""], &["x"]),
            ("_[a-]", &["a"], &["b"]),
        ] {
            for dialled in fits {
                assert_ne!(
                    fit(pattern, dialled, Mode::Exact),
                    Fit::No,
                    "{pattern} {dialled}"
                );
            }
            for dialled in does_not {
                assert_eq!(
                    fit(pattern, dialled, Mode::Exact),
                    Fit::No,
                    "{pattern} {dialled}"
                );
            }
        }
    }

    #[test]
    fn more_digits_may_be_waited_for() {
        assert_eq!(fit("_NXX", "20", Mode::More), Fit::Yes);
        assert_eq!(fit("_NXX", "200", Mode::More), Fit::No);
        assert_eq!(fit("_9.", "9", Mode::Can), Fit::Yes);
        assert_eq!(fit("_9.", "91", Mode::More), Fit::Yes);
        assert_eq!(fit("_9!", "91", Mode::More), Fit::AtOnce);
        assert_eq!(fit("_9!", "", Mode::More), Fit::Yes);
    }

    #[test]
    fn the_narrower_goes_first() {
        let mut names = [
            "_!", "_.", "_X!", "_X.", "_XX", "_N.", "_NX", "_[2-4]X", "_[24]X", "_2X", "_2.",
            "_2!", "100",
        ];
        names.sort_by(|a, b| {
            Pattern::parse(a)
                .unwrap()
                .precedence(&Pattern::parse(b).unwrap())
        });
        let expected = [
            "100", "_2X", "_2.", "_2!", "_[24]X", "_[2-4]X", "_NX", "_N.", "_XX", "_X.", "_X!",
            "_.", "_!",
        ];
        assert_eq!(names, expected);
    }

    #[test]
    fn a_bracket_must_be_closed() {
        assert_eq!(Pattern::parse("_[12"), Err(UnclosedBracket));
        assert!(Pattern::parse("[12").is_ok());
    }
}
