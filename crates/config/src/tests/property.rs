//! What holds for every text and every edit, tried on random ones.

use super::{all_shown, shown};
use crate::{Config, Document, Edit};

/// A small generator, so that a failure comes again.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn text(&mut self, from: &[&str], most: usize) -> String {
        (0..self.below(most + 1)).map(|_| self.pick(from)).collect()
    }
}

/// What means something, by itself or beside another.
const PARTS: &[&str] = &[
    "[a]",
    "[b](a)",
    "[a](+)",
    "[t](!)",
    "[a](t)",
    "x = 1",
    "x",
    " ",
    "=",
    "=>",
    "+=",
    "\n",
    "\n",
    "\n",
    "\r\n",
    ";",
    ";--",
    "--;",
    "\\;",
    "\\",
    "#include b",
    "y=2",
    "\u{feff}",
    "é",
    "(",
    "]",
];

const LINES: &[&str] = &[
    "[a]\n",
    "[b]\n",
    "[t](!)\n",
    "[c](a)\n",
    "[a](+)\n",
    "[A](t)\r\n",
    "x = 1\n",
    "x=>2 ; two\n",
    "x += 3\n",
    "y = 1 ;-- note --;2\n",
    "y=\n",
    "; comment\n",
    "\n",
    ";-- block\n",
    "--; y = 4\n",
    "\tX = 5 ;-- long\n",
    "still --;\n",
    "#include none\n",
    "odd\n",
];

#[test]
fn an_unedited_document_is_its_text() {
    let mut random = Random(1);
    for _ in 0..20_000 {
        let text = random.text(PARTS, 24);
        assert_eq!(Document::parse(&text).to_text(), text);
    }
}

#[test]
fn every_problem_has_a_place() {
    let mut random = Random(2);
    for _ in 0..20_000 {
        let text = random.text(PARTS, 24);
        let lines = text.split('\n').count() as u32;
        let (problems, warnings) = match Config::from_text("t.conf", &text) {
            Ok(config) => (Vec::new(), config.warnings),
            Err(error) => (error.problems().to_vec(), Vec::new()),
        };
        for problem in problems.iter().chain(&warnings) {
            assert!((1..=lines).contains(&problem.line), "{text:?}: {problem}");
        }
    }
}

#[test]
fn an_edit_changes_what_it_says_and_nothing_else() {
    let mut random = Random(3);
    let actions = [
        "Update",
        "Append",
        "Insert",
        "Delete",
        "EmptyCat",
        "NewCat",
        "DelCat",
        "RenameCat",
    ];
    let (mut done, mut refused) = (0, 0);
    for _ in 0..20_000 {
        let lines = random.text(LINES, 12).replace("#include none\n", "");
        let text = format!("[t](!)\nx=0\n[a]\n{lines}");
        let Ok(before) = Config::from_text("t.conf", &text) else {
            continue;
        };
        let edit = Edit {
            action: random.pick(&actions),
            category: random.pick(&["a", "b", "c", "n"]),
            variable: random.pick(&["x", "y", "z"]),
            value: random.pick(&["7", "v;w", ">8", "", "\\", ";--", "a", "--;"]),
            matching: random.pick(&["", "", "1", "a"]),
            line: random.pick(&["", "0", "1", "9"]),
            options: random.pick(&["", "", "allowdups"]),
        };
        let mut document = Document::parse(&text);
        if document.apply(&edit).is_err() {
            assert_eq!(document.to_text(), text);
            refused += 1;
            continue;
        }
        done += 1;
        let edited = document.to_text();
        assert_eq!(Document::parse(&edited), document, "{text:?} {edit:?}");
        let after = Config::from_text("t.conf", &edited);
        let after = after.unwrap_or_else(|e| panic!("{text:?} {edit:?} {edited:?}: {e}"));
        check(
            &before,
            &after,
            &edit,
            &format!("{text:?} {edit:?} {edited:?}"),
        );
    }
    assert!(
        done > 2_000 && refused > 2_000,
        "{done} done, {refused} refused"
    );
}

fn check(before: &Config, after: &Config, edit: &Edit<'_>, context: &str) {
    let others = |config: &Config, names: &[&str]| -> Vec<String> {
        // [c] inherits from [a], so that it changes with it.
        let concerned = |c: &crate::Category| {
            names.iter().any(|name| c.is_named(name)) || !c.templates.is_empty()
        };
        config
            .categories_and_templates()
            .filter(|c| !concerned(c))
            .map(shown)
            .collect()
    };
    let names = [
        edit.category,
        if edit.action == "RenameCat" {
            edit.value
        } else {
            ""
        },
    ];
    assert_eq!(others(before, &names), others(after, &names), "{context}");
    let (value, object) = match edit.value.strip_prefix('>') {
        Some(value) => (value, true),
        None => (edit.value, false),
    };
    let name = edit.category;
    match edit.action {
        "Append" => {
            for category in after.named(name) {
                let last = category.variables.iter().rfind(|v| !v.inherited).unwrap();
                let is = (&*last.name, &*last.value, last.object);
                let object = object || edit.matching == "object";
                assert_eq!(is, (edit.variable, value, object), "{context}");
            }
        }
        "Update" => {
            let found = after.named(name).flat_map(|c| &c.variables);
            let mut found = found.filter(|v| v.is_named(edit.variable));
            assert!(found.any(|v| &*v.value == value), "{context}");
        }
        "Insert" => {
            // A `+=` below it may now go on with it.
            let found = after.named(name).flat_map(|c| &c.variables);
            let mut found = found.filter(|v| &*v.name == edit.variable);
            assert!(found.any(|v| v.value.starts_with(value)), "{context}");
        }
        "EmptyCat" => {
            let mut left = after.named(name).flat_map(|c| &c.variables);
            assert!(left.all(|v| v.inherited), "{context}");
        }
        "DelCat" => assert_eq!(after.named(name).count(), 0, "{context}"),
        "NewCat" => {
            assert_eq!(
                after.named(name).count(),
                before.named(name).count() + 1,
                "{context}"
            );
        }
        "RenameCat" => {
            assert_eq!(
                after.categories().count(),
                before.categories().count(),
                "{context}"
            );
            assert!(after.named(edit.value).next().is_some(), "{context}");
        }
        _ => assert!(all_shown(after) != all_shown(before), "{context}"),
    }
}
