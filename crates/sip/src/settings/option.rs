//! How the options of an object type are declared, read and shown: one table a type.

use std::time::Duration;

use switch::Text;

/// An option of an object type: one row of its table.
#[derive(Debug)]
pub(crate) struct Opt<T: 'static> {
    /// Its name in pjsip.conf.
    pub(crate) name: &'static str,
    /// Its key on the manager interface; empty where that does not show it.
    pub(crate) field: &'static str,
    /// What it is where nobody says, as it is shown. For a flag, the words that it is shown with.
    pub(crate) default: &'static str,
    /// What it takes and where that goes.
    pub(crate) takes: Takes<T>,
}

/// What an option takes, and the place of it in the object.
#[derive(Debug)]
pub(crate) enum Takes<T: 'static> {
    /// Yes or no.
    Flag(fn(&mut T) -> &mut bool),
    /// A whole number.
    Number(fn(&mut T) -> &mut u32),
    /// A span in whole seconds.
    Seconds(fn(&mut T) -> &mut Duration),
    /// A span in seconds and parts of one.
    Fraction(fn(&mut T) -> &mut Duration),
    /// Any text.
    Text(fn(&mut T) -> &mut Text),
    /// Texts with commas between.
    List(fn(&mut T) -> &mut Vec<Text>),
    /// Texts with commas between; further lines add to them.
    Lines(fn(&mut T) -> &mut Vec<Text>),
    /// One of these words; the function gets it as it stands in the list.
    Word(&'static [&'static str], fn(&mut T, &'static str)),
    /// Something of its own: the function takes it and says how it is shown, or what is wrong.
    Other(fn(&mut T, &str) -> Result<String, String>),
    /// The same, where what is wrong with it leaves the rest in force. How it is shown is found out when
    /// the whole object is read: [`Object::finish`].
    Lenient(fn(&mut T, &str) -> Result<(), String>),
    /// Yes or no, shown and without effect.
    IdleFlag,
    /// Yes or no, shown and without effect, where what we do is this rather than the default.
    FixedFlag(bool),
    /// A whole number, shown and without effect.
    IdleNumber,
    /// Any text, shown and without effect.
    IdleText,
    /// Something of its own, shown and without effect: the function says how it is shown, or what is wrong.
    IdleOther(fn(&str) -> Result<String, String>),
    /// One of these words, shown and without effect.
    IdleWord(&'static [&'static str]),
}

/// What became of an option's value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It is in force.
    InForce,
    /// It is in force, but for what is said here.
    Partly(String),
    /// It is shown, but nothing here acts on it.
    Idle,
}

/// A type of object of pjsip.conf.
pub(crate) trait Object: Clone + Default + 'static {
    /// Its options, in the order in which the manager interface shows them.
    const OPTIONS: &'static [Opt<Self>];

    /// The values as they are shown, in the order of the table.
    fn shown(&mut self) -> &mut Vec<Text>;

    /// An object of which nothing was said: every option has its default.
    fn blank() -> Self {
        let mut object = Self::default();
        *object.shown() = Self::OPTIONS.iter().map(|o| o.default.into()).collect();
        for option in Self::OPTIONS {
            // A default that is not taken is a mistake in the table, which a test finds.
            let _ = option.put(&mut object, option.default);
        }
        object
    }

    /// Puts how an option is shown in place of what was said of it.
    fn show(&mut self, name: &str, text: String) {
        if let Some((at, _)) = Self::option(name)
            && let Some(shown) = self.shown().get_mut(at)
        {
            *shown = text.into();
        }
    }

    /// The option of this name, and where it stands in the table.
    fn option(name: &str) -> Option<(usize, &'static Opt<Self>)> {
        Self::OPTIONS
            .iter()
            .enumerate()
            .find(|(_, option)| option.name.eq_ignore_ascii_case(name))
    }

    /// Gives it its name: the section's. What holds for all has none.
    fn named(&mut self, _name: Text) {}

    /// Without what it is of no use, where it lacks that.
    fn lacks(&self) -> Option<&'static str> {
        None
    }

    /// What has to be done when all of its options are read.
    fn finish(&mut self) {}

    /// Sets an option.
    fn set(&mut self, at: usize, option: &Opt<Self>, value: &str) -> Result<Taken, String> {
        if let Takes::Lenient(put) = option.takes {
            return Ok(put(self, value).map_or_else(Taken::Partly, |()| Taken::InForce));
        }
        let text = option.put(self, value)?;
        let idle = match option.takes {
            Takes::FixedFlag(ours) => text != option.flag_word(ours),
            _ => option.is_idle() && text != option.default,
        };
        if let Some(shown) = self.shown().get_mut(at) {
            *shown = text.into();
        }
        Ok(if idle { Taken::Idle } else { Taken::InForce })
    }
}

impl<T> Opt<T> {
    /// Puts a value where it belongs; how it is shown then.
    fn put(&self, object: &mut T, value: &str) -> Result<String, String> {
        match &self.takes {
            Takes::Flag(place) => {
                let yes = self.flag(value)?;
                *place(object) = yes;
                Ok(self.flag_word(yes))
            }
            Takes::IdleFlag | Takes::FixedFlag(_) => {
                self.flag(value).map(|yes| self.flag_word(yes))
            }
            Takes::Number(place) => {
                *place(object) = self.number(value)?;
                Ok(place(object).to_string())
            }
            // Some of these are signed.
            Takes::IdleNumber => match value.trim().parse::<i64>() {
                Ok(number) => Ok(number.to_string()),
                Err(_) => Err(self.no_number(value)),
            },
            Takes::Seconds(place) => {
                let seconds = self.number(value)?;
                *place(object) = Duration::from_secs(seconds.into());
                Ok(seconds.to_string())
            }
            Takes::Fraction(place) => {
                let seconds: f64 = value.trim().parse().map_err(|_| self.no_number(value))?;
                *place(object) =
                    Duration::try_from_secs_f64(seconds).map_err(|_| self.no_number(value))?;
                Ok(format!("{seconds:.6}"))
            }
            Takes::Text(place) => {
                *place(object) = value.into();
                Ok(value.to_owned())
            }
            Takes::IdleText => Ok(value.to_owned()),
            Takes::IdleOther(read) => {
                read(value).map_err(|wrong| format!("{}: {wrong}", self.name))
            }
            Takes::List(place) => {
                let list = place(object);
                *list = words(value).map(Text::from).collect();
                Ok(list.join(","))
            }
            Takes::Lines(place) => {
                let list = place(object);
                list.extend(words(value).map(Text::from));
                Ok(list.join(","))
            }
            Takes::Word(words, put) => {
                let word = self.word(words, value)?;
                put(object, word);
                Ok(word.to_owned())
            }
            Takes::IdleWord(words) => self.word(words, value).map(str::to_owned),
            Takes::Other(put) => {
                put(object, value).map_err(|wrong| format!("{}: {wrong}", self.name))
            }
            Takes::Lenient(put) => put(object, value).map(|()| value.to_owned()),
        }
    }

    fn is_idle(&self) -> bool {
        matches!(
            self.takes,
            Takes::IdleFlag
                | Takes::IdleNumber
                | Takes::IdleText
                | Takes::IdleOther(_)
                | Takes::IdleWord(_)
        )
    }

    fn flag(&self, value: &str) -> Result<bool, String> {
        match (config::is_true(value), config::is_false(value)) {
            (true, _) => Ok(true),
            (_, true) => Ok(false),
            _ => Err(format!("{} is neither yes nor no: {value}", self.name)),
        }
    }

    /// The word of a flag, in the style of its default.
    fn flag_word(&self, yes: bool) -> String {
        let words = match self.default {
            "yes" | "no" => ["no", "yes"],
            "Yes" | "No" => ["No", "Yes"],
            _ => ["false", "true"],
        };
        let [no, word] = words;
        (if yes { word } else { no }).to_owned()
    }

    fn number(&self, value: &str) -> Result<u32, String> {
        value.trim().parse().map_err(|_| self.no_number(value))
    }

    fn no_number(&self, value: &str) -> String {
        format!("{} is not a number that will do: {value}", self.name)
    }

    fn word(&self, words: &'static [&'static str], value: &str) -> Result<&'static str, String> {
        let value = value.trim();
        let found = words.iter().find(|word| word.eq_ignore_ascii_case(value));
        found.copied().ok_or_else(|| {
            let words = words.join(", ");
            format!("{} cannot be {value}, only one of {words}", self.name)
        })
    }
}

/// What stands between commas.
pub(crate) fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
}

/// A row of a table.
pub(crate) const fn row<T>(
    name: &'static str,
    field: &'static str,
    default: &'static str,
    takes: Takes<T>,
) -> Opt<T> {
    Opt {
        name,
        field,
        default,
        takes,
    }
}
