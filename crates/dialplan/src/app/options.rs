//! The letters of an application's last argument, such as `m(jazz)nt`.

/// Options as they were written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options<'t>(&'t str);

impl<'t> Options<'t> {
    /// Options of an application that has no letters but these; others are told to `unknown`.
    pub(crate) fn new(text: &'t str, known: &str, mut unknown: impl FnMut(char)) -> Self {
        let options = Options(text);
        for (letter, _) in options.iter() {
            if !known.contains(letter) {
                unknown(letter);
            }
        }
        options
    }

    /// Whether a letter is among them.
    pub(crate) fn has(self, letter: char) -> bool {
        self.iter().any(|(found, _)| found == letter)
    }

    /// What stands in parentheses behind a letter: empty without parentheses, `None` without the letter.
    pub(crate) fn argument(self, letter: char) -> Option<&'t str> {
        self.iter()
            .find(|(found, _)| *found == letter)
            .map(|(_, argument)| argument)
    }

    fn iter(self) -> impl Iterator<Item = (char, &'t str)> {
        let mut rest = self.0.trim();
        std::iter::from_fn(move || {
            let letter = rest.chars().next()?;
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
            let argument = match rest.strip_prefix('(') {
                None => "",
                Some(inside) => {
                    let (argument, after) = inside.split_once(')').unwrap_or((inside, ""));
                    rest = after;
                    argument
                }
            };
            Some((letter, argument))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_arguments() {
        let mut unknown = Vec::new();
        let options = Options::new("sm(jazz)t()x(1", "smt", |letter| unknown.push(letter));
        assert!(options.has('s') && !options.has('j'));
        assert_eq!(options.argument('m'), Some("jazz"));
        assert_eq!(options.argument('s'), Some(""));
        assert_eq!(options.argument('x'), Some("1"));
        assert_eq!(options.argument('y'), None);
        assert_eq!(unknown, ['x']);
    }
}
