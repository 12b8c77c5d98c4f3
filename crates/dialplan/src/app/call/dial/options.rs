//! The options of `Dial`.

use std::time::Duration;

use switch::channel::Features;
use switch::{Party, Text};

use crate::call::{Call, Place};
use crate::task::Gone;

/// The options in short, for help.
pub(super) const HELP: &str = "b(routine) runs a subroutine on each called channel before it is called; \
    C starts the caller's record anew; D(called[:calling]) sends digits after the answer; d lets a \
    digit lead the caller to that extension; F([place]) sends whoever answered on when the caller hangs \
    up; f(number) shows another number; G(place) sends both elsewhere after the answer; g goes on when \
     whoever answered hangs up; H lets the caller and h whoever answered hang up by *; i calls nobody \
     whom a called phone names in its own place; L(ms) and S(seconds) limit the call; m([class]) plays \
     music and r rings while it is called; T lets the caller and t whoever answered send the other one \
     elsewhere by #; U(routine) runs a subroutine on whoever answered. Accepted without effect: A a c E e \
     I K k N n O o P p Q R u W w X x Y z.";

/// What `Dial` was told.
#[derive(Debug, Default)]
pub(super) struct Options {
    /// `b`: a subroutine to run on each leg before it is called.
    pub(super) before_call: Option<String>,
    /// `U`: a subroutine to run on whoever answered.
    pub(super) before_bridge: Option<String>,
    /// `C`.
    pub(super) reset_record: bool,
    /// `D`: digits for whoever answered, a colon, digits for the caller.
    pub(super) digits: Option<String>,
    /// `d`.
    pub(super) exit_by_digit: bool,
    /// `F`: where whoever answered goes on; empty for the next step.
    pub(super) peer_goes_on: Option<String>,
    /// `f` with a number.
    pub(super) shown_caller: Option<Party>,
    /// `G`.
    pub(super) both_leave: Option<String>,
    /// `g`.
    pub(super) go_on: bool,
    /// `i`.
    pub(super) ignore_forwards: bool,
    /// `L` or `S`.
    pub(super) limit: Option<Duration>,
    /// `H`, `T`: what the caller may do by keys.
    pub(super) caller_may: Features,
    /// `h`, `t`: what whoever answered may do by keys.
    pub(super) called_may: Features,
    /// `m`.
    pub(super) music: Option<Text>,
    /// `r`.
    pub(super) ring_at_once: bool,
}

/// Letters that are known and change nothing.
const WITHOUT_EFFECT: &str = "AacEeIKkNnOoPpQRuWwXxYz";

impl Options {
    /// Reads the options; a letter that nobody knows is an error.
    pub(super) fn parse(text: &str) -> Result<Options, String> {
        let mut options = Options::default();
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            rest = &rest[letter.len_utf8()..];
            let argument = match rest.strip_prefix('(') {
                Some(inside) => {
                    let end = closing(inside)
                        .ok_or_else(|| format!("option {letter}( has no closing parenthesis"))?;
                    rest = &inside[end + 1..];
                    Some(&inside[..end])
                }
                None => None,
            };
            options.take(letter, argument)?;
        }
        Ok(options)
    }

    fn take(&mut self, letter: char, argument: Option<&str>) -> Result<(), String> {
        let text = argument.unwrap_or_default();
        let given = argument.filter(|text| !text.is_empty()).map(str::to_owned);
        match letter {
            'b' => self.before_call = given,
            'U' => self.before_bridge = given,
            'C' => self.reset_record = true,
            'D' => self.digits = given,
            'd' => self.exit_by_digit = true,
            'F' => self.peer_goes_on = Some(text.to_owned()),
            'f' => {
                self.shown_caller = given.map(|number| Party {
                    number: number.into(),
                    ..Party::default()
                });
            }
            'G' => self.both_leave = given,
            'g' => self.go_on = true,
            'i' => self.ignore_forwards = true,
            'S' => {
                let seconds = text.parse::<f64>().ok().filter(|seconds| *seconds > 0.0);
                let span = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
                self.limit =
                    Some(span.ok_or_else(|| format!("S({text}) is not a number of seconds"))?);
            }
            'L' => {
                let millis = text.split(':').next().unwrap_or_default().parse::<u64>();
                let millis =
                    millis.map_err(|_| format!("L({text}) is not a number of milliseconds"))?;
                self.limit = Some(Duration::from_millis(millis));
            }
            'm' => self.music = Some(Text::from(if text.is_empty() { "default" } else { text })),
            'r' => self.ring_at_once = true,
            'H' => self.caller_may.disconnect = true,
            'h' => self.called_may.disconnect = true,
            'T' => self.caller_may.transfer = true,
            't' => self.called_may.transfer = true,
            _ if WITHOUT_EFFECT.contains(letter) => {}
            _ if letter.is_whitespace() || letter == ',' => {}
            _ => return Err(format!("there is no option {letter:?}")),
        }
        Ok(())
    }

    /// Where whoever answered goes on when the caller leaves: with `F` alone behind the caller's step.
    pub(super) fn peer_after(&self, call: &Call) -> Result<Option<Place>, Gone> {
        let Some(target) = &self.peer_goes_on else {
            return Ok(None);
        };
        if target.is_empty() {
            let here = call.place()?;
            return Ok(Some(Place {
                priority: here.priority + 1,
                ..here
            }));
        }
        crate::app::control::goto::parse(call, &target.replace('^', ","))
    }
}

fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_with_their_arguments() {
        let options = Options::parse("gU(sub^s^1(a,b))S(30)rtT").expect("good options");
        assert!(options.go_on && options.ring_at_once);
        assert!(options.caller_may.transfer && options.called_may.transfer);
        assert_eq!(
            Options::parse("h").expect("good").caller_may,
            Features::default()
        );
        assert_eq!(options.before_bridge.as_deref(), Some("sub^s^1(a,b)"));
        assert_eq!(options.limit, Some(Duration::from_secs(30)));
        assert!(Options::parse("S(soon)").is_err());
        assert!(Options::parse("g%").is_err());
        assert!(Options::parse("U(sub").is_err());
    }
}
