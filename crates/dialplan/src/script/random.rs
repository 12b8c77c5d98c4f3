//! Seeded nonsense: recorded expressions cut, joined and sprinkled with what means something.

use super::pattern::{Mode, Pattern};
use super::timespec::{Moment, TimeSpec};
use super::{MAX_LENGTH, testing};
use crate::function::testing::Fake;

const ROUNDS: usize = 5_000;
const PIECES: [&str; 44] = [
    "${",
    "}",
    "$[",
    "]",
    "(",
    ")",
    ",",
    ":",
    "::",
    "?",
    "\"",
    "\\",
    "-",
    "!",
    "=~",
    "~~",
    "|",
    "&",
    "<=",
    "*",
    "/",
    "%",
    "_X.",
    "[a-",
    "ü",
    "0",
    "1",
    "99999999999999999999",
    ".5",
    "1e9",
    "A",
    "${A}",
    "${B}",
    "LEN(",
    "POW(",
    "EVAL(",
    "SPRINTF(%",
    "CUT(A,",
    "STRFTIME(",
    "MATH(",
    "FILTER(",
    "\u{10FFE9}",
    "'",
    " ",
];

/// A small generator; its upper bits are good enough.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }

    fn text(&mut self, inputs: &[&str]) -> String {
        let mut text = String::new();
        for _ in 0..1 + self.below(6) {
            if self.below(2) == 0 {
                text += PIECES[self.below(PIECES.len())];
                continue;
            }
            let input = inputs[self.below(inputs.len())];
            let (from, to) = (self.below(input.len() + 1), self.below(input.len() + 1));
            let (from, to) = (
                input.floor_char_boundary(from.min(to)),
                input.floor_char_boundary(from.max(to)),
            );
            text += &input[from..to];
        }
        text
    }
}

#[test]
fn nonsense_has_a_result_within_the_limits() {
    let inputs: Vec<&str> = include_str!("../../testdata/expressions.tsv")
        .lines()
        .filter_map(|line| line.split('\t').next())
        .collect();
    let mut dice = Dice(42);
    let call = Fake::new();
    for _ in 0..ROUNDS {
        let (a, b) = (dice.text(&inputs), dice.text(&inputs));
        call.set("A", &a);
        call.set("B", &b);
        for text in [
            a.clone(),
            format!("$[{a}{b}]"),
            format!("${{{a}}}"),
            format!("${{EVAL(${{A}})}}{b}"),
        ] {
            assert!(call.fill(&text).len() <= MAX_LENGTH, "{text}");
        }
        if let Ok(pattern) = Pattern::parse(&format!("_{a}")) {
            assert!(pattern.precedence(&pattern).is_eq(), "{a}");
            for mode in [Mode::Exact, Mode::Can, Mode::More] {
                pattern.fit(&b, mode);
            }
        }
        if let Ok(times) = TimeSpec::parse(&b) {
            times.matches(&Moment::utc(1_700_000_000_000_000));
        }
        let (plan, _) = testing::plan(&format!(
            "[a]\nexten => {a},{b}\nexten => {b},1,{a}\nsame => {a}"
        ));
        let _ = testing::plan(&plan.to_conf());
    }
}
