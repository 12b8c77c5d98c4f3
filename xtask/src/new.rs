//! `cargo xtask new action channel Hangup`: the files and list lines of a new word of the protocol.
//!
//! What it writes compiles and answers with an error that says so; the words are yours to find.

use std::path::{Path, PathBuf};

use crate::{Failure, checkout};

const DECLARATIONS: &str = "crates/ami/src/action";
const BEHAVIOURS: &str = "crates/manager/src/action";

/// Writes the action's declaration and behaviour and puts it into the lists. `name` is the Rust name:
/// `PlayDtmf` for what the wire calls PlayDTMF.
pub(crate) fn action(domain: &str, name: &str) -> Result<(), Failure> {
    let word = Word::new(domain, name)?;
    let root = checkout::root();
    let edits = edits(&word, |path| {
        let text = std::fs::read_to_string(root.join(path));
        text.map_err(|error| {
            format!("{}: {error}; is there no such domain yet?", path.display()).into()
        })
    })?;
    for (path, text) in &edits {
        let file = root.join(path);
        if !text.starts_with("//!") && file.exists() {
            return Err(format!("{} is there already", path.display()).into());
        }
    }
    for (path, text) in &edits {
        std::fs::write(root.join(path), text)?;
        println!("wrote {}", path.display());
    }
    checkout::succeed(checkout::cargo().args(["fmt", "--package", "ami", "--package", "manager"]))?;
    println!(
        "now say in {} what it is, in {} what it does,\n\
         in crates/manager/src/action/{domain}/tests.rs what a client sees of it, and `cargo xtask docs`",
        word.declaration().display(),
        word.behaviour().display(),
    );
    Ok(())
}

struct Word<'a> {
    domain: &'a str,
    name: &'a str,
    snake: String,
}

impl<'a> Word<'a> {
    fn new(domain: &'a str, name: &'a str) -> Result<Word<'a>, Failure> {
        let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !plain(domain) || !plain(name) || !name.starts_with(|c: char| c.is_ascii_uppercase()) {
            return Err("say it like this: cargo xtask new action channel PlayDtmf".into());
        }
        Ok(Word {
            domain,
            name,
            snake: snake_case(name),
        })
    }

    fn declaration(&self) -> PathBuf {
        Path::new(DECLARATIONS)
            .join(self.domain)
            .join(format!("{}.rs", self.snake))
    }

    fn behaviour(&self) -> PathBuf {
        Path::new(BEHAVIOURS)
            .join(self.domain)
            .join(format!("{}.rs", self.snake))
    }
}

/// Every file with its text as it should be; the ones that are new have no `//!`.
fn edits(
    word: &Word<'_>,
    read: impl Fn(&Path) -> Result<String, Failure>,
) -> Result<Vec<(PathBuf, String)>, Failure> {
    let Word {
        domain,
        name,
        snake,
    } = word;
    let declarations = Path::new(DECLARATIONS).join(domain).join("mod.rs");
    let behaviours = Path::new(BEHAVIOURS).join(domain).join("mod.rs");
    let list = Path::new(DECLARATIONS).join("list.rs");

    let declared = insert(&read(&declarations)?, "mod ", &format!("mod {snake};"))?;
    let declared = insert(&declared, "pub use ", &format!("pub use {snake}::{name};"))?;
    let listed = insert(
        &read(&list)?,
        "    &",
        &format!("    &{domain}::{name}::SPEC,"),
    )?;
    let behaving = insert(&read(&behaviours)?, "mod ", &format!("mod {snake};"))?;
    let behaving = insert(
        &behaving,
        "    entry!(",
        &format!("    entry!({name}, {snake}::{snake}),"),
    )?;
    // rustfmt puts the name where it belongs between the braces.
    let used = format!("use ami::action::{domain}::{{");
    let behaving = behaving.replacen(&used, &format!("{used}{name}, "), 1);

    Ok(vec![
        (word.declaration(), declaration(name)),
        (declarations, declared),
        (list, listed),
        (word.behaviour(), behaviour(word)),
        (behaviours, behaving),
    ])
}

fn declaration(name: &str) -> String {
    format!(
        "use crate::Action;\n\n\
         /// What it does, in a sentence: this is the help text.\n\
         #[derive(Debug, Clone, Default, PartialEq, Eq, Action)]\n\
         #[action(privilege(call))]\n\
         pub struct {name} {{\n    \
             /// The channel's name.\n    \
             #[action(required)]\n    \
             pub channel: String,\n\
         }}\n"
    )
}

fn behaviour(word: &Word<'_>) -> String {
    let Word {
        domain,
        name,
        snake,
    } = word;
    format!(
        "use ami::action::{domain}::{name};\n\n\
         use crate::action::Cx;\n\
         use crate::reply::Reply;\n\n\
         pub(super) async fn {snake}(_cx: &Cx<'_>, _action: {name}) -> Reply {{\n    \
             Reply::error(\"Not implemented\")\n\
         }}\n"
    )
}

/// Puts a line among those that begin alike, where the alphabet wants it.
fn insert(text: &str, prefix: &str, line: &str) -> Result<String, Failure> {
    let mut lines: Vec<&str> = text.lines().collect();
    let alike = |candidate: &&str| candidate.starts_with(prefix) && *candidate != "mod tests;";
    if lines.contains(&line) {
        return Err(format!("it is there already: {}", line.trim()).into());
    }
    let after = lines
        .iter()
        .rposition(|candidate| alike(candidate) && rank(candidate) < rank(line));
    let first = lines.iter().position(alike);
    let at = after.map(|at| at + 1).or(first);
    let at = at.ok_or_else(|| format!("no line begins with `{prefix}`"))?;
    lines.insert(at, line);
    Ok(lines.join("\n") + "\n")
}

/// What a line of a list is sorted by: the name, which is the last path's last word but `SPEC`.
fn rank(line: &str) -> String {
    let line = line.trim().trim_end_matches("::SPEC,");
    let name = match line.strip_prefix('&') {
        Some(path) => path.rsplit("::").next().unwrap_or(path),
        None => line,
    };
    name.to_ascii_lowercase()
}

/// `PlayDtmf` becomes `play_dtmf`.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_where_the_alphabet_wants_them() {
        let list = "//! All.\n    &b::Bee::SPEC,\n    &a::Dog::SPEC,\n];\n";
        let with = |line| insert(list, "    &", line).unwrap();
        assert_eq!(
            with("    &z::Cat::SPEC,"),
            "//! All.\n    &b::Bee::SPEC,\n    &z::Cat::SPEC,\n    &a::Dog::SPEC,\n];\n"
        );
        assert!(with("    &a::Ape::SPEC,").starts_with("//! All.\n    &a::Ape::SPEC,\n"));
        assert!(with("    &a::Elk::SPEC,").ends_with("    &a::Elk::SPEC,\n];\n"));
        assert!(insert(list, "    &", "    &a::Dog::SPEC,").is_err());
    }

    #[test]
    fn an_action_is_written_into_all_its_places() {
        let read = |path: &Path| -> Result<String, Failure> {
            Ok(match path.to_str().unwrap() {
                "crates/ami/src/action/list.rs" => "//! All.\n    &channel::Status::SPEC,\n".into(),
                "crates/ami/src/action/channel/mod.rs" => {
                    "//! Channels.\n\nmod status;\n\npub use status::Status;\n".into()
                }
                _ => "//! Channels.\n\nuse ami::action::channel::{Status};\n\nmod status;\n\n\
                      const A: &[Entry] = &[\n    entry!(Status, status::status),\n];\n"
                    .into(),
            })
        };
        let edits = edits(&Word::new("channel", "PlayDtmf").unwrap(), read).unwrap();
        let text = |path: &str| &edits.iter().find(|(p, _)| p == Path::new(path)).unwrap().1;
        assert!(
            text("crates/ami/src/action/channel/play_dtmf.rs").contains("pub struct PlayDtmf {")
        );
        assert!(
            text("crates/ami/src/action/channel/mod.rs").contains("mod play_dtmf;\nmod status;")
        );
        assert!(text("crates/ami/src/action/list.rs").contains("    &channel::PlayDtmf::SPEC,"));
        assert!(text("crates/manager/src/action/channel/play_dtmf.rs").contains("fn play_dtmf("));
        assert_eq!(
            text("crates/manager/src/action/channel/mod.rs"),
            "//! Channels.\n\nuse ami::action::channel::{PlayDtmf, Status};\n\n\
             mod play_dtmf;\nmod status;\n\nconst A: &[Entry] = &[\n    \
             entry!(PlayDtmf, play_dtmf::play_dtmf),\n    entry!(Status, status::status),\n];\n"
        );
    }
}
