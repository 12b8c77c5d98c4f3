//! Whose order of codecs counts: `incoming_call_offer_pref` and `outgoing_call_offer_pref`.

use media::codec::Codec;

/// Which codecs of two lists are used, and in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfferPref {
    /// Whether the order is ours, that of `allow`.
    pub ours_first: bool,
    /// How many of them.
    pub keep: Keep,
}

impl Default for OfferPref {
    /// Theirs before ours, and all of both.
    fn default() -> OfferPref {
        OfferPref::of_word("remote_merge")
    }
}

/// How many codecs are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Those that both lists have.
    Common,
    /// The first that both lists have.
    First,
    /// All of `allow`, those that both have first where the order is theirs.
    All,
}

impl OfferPref {
    /// What a word such as `remote_merge` says.
    pub(crate) fn of_word(word: &str) -> OfferPref {
        let (whose, keep) = word.split_once('_').unwrap_or((word, ""));
        OfferPref {
            ours_first: whose == "local",
            keep: match keep {
                "first" => Keep::First,
                "merge" => Keep::All,
                _ => Keep::Common,
            },
        }
    }

    /// What is left of `allow` where the other list is this. It is all of it where both have nothing in
    /// common: sound is transcoded then.
    pub fn of(self, allow: &[Codec], theirs: &[Codec]) -> Vec<Codec> {
        let both = |order: &[Codec], other: &[Codec]| -> Vec<Codec> {
            order
                .iter()
                .filter(|one| other.contains(one))
                .copied()
                .collect()
        };
        let mut common = match self.ours_first {
            true => both(allow, theirs),
            false => both(theirs, allow),
        };
        match self.keep {
            _ if common.is_empty() => return allow.to_vec(),
            Keep::All if self.ours_first => return allow.to_vec(),
            Keep::All => {
                let rest: Vec<Codec> = allow
                    .iter()
                    .filter(|one| !common.contains(one))
                    .copied()
                    .collect();
                common.extend(rest);
            }
            Keep::First => common.truncate(1),
            Keep::Common => {}
        }
        common
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_list_has_its_order_and_the_other_what_is_left() {
        let allow = [Codec::Ulaw, Codec::Alaw, Codec::G722];
        let theirs = [Codec::G722, Codec::Opus, Codec::Alaw];
        for (word, codecs) in [
            ("local", &[Codec::Alaw, Codec::G722][..]),
            ("local_first", &[Codec::Alaw]),
            ("local_merge", &allow),
            ("remote", &[Codec::G722, Codec::Alaw]),
            ("remote_first", &[Codec::G722]),
            ("remote_merge", &[Codec::G722, Codec::Alaw, Codec::Ulaw]),
        ] {
            let pref = OfferPref::of_word(word);
            assert_eq!(pref.of(&allow, &theirs), codecs, "{word}");
            assert_eq!(pref.of(&allow, &[Codec::Opus]), allow, "{word}");
        }
    }
}
