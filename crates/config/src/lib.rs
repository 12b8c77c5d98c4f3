//! Asterisk's `.conf` format: read it, and edit it and write it back with its comments kept.
//!
//! Two views of a file, because two kinds of reader exist:
//!
//! - [`load`] answers what a file *means*: a [`Config`] of categories and variables, with includes
//!   followed, templates applied and `+=` carried out. Everything that configures itself uses this.
//! - [`Document`] holds what a file *says*, line by line, and changes only the lines it must. The
//!   manager's `UpdateConfig` uses this.
//!
//! ```
//! let config = config::Config::from_text("demo.conf", "[phone](!)\ncodec = ulaw\n[anna](phone)\n")?;
//! assert_eq!(config.get("anna", "codec"), Some("ulaw"));
//! # Ok::<(), config::Error>(())
//! ```
//!
//! # The format
//!
//! | written | meaning |
//! | --- | --- |
//! | `[name]` | a new category, even if one of that name exists |
//! | `[name](!)` | a template: others inherit from it, it is not a category itself |
//! | `[name](a,b)` | begins with the variables of `a`, then those of `b` |
//! | `[name](+)` | goes on with the first category `name`, or the template of that name |
//! | `[name](+type=auth&x=y)` | goes on with the first category `name` that passes a [`Filter`] |
//! | `key = value` | a variable; blanks around both are dropped |
//! | `key => value` | the same, marked as an [object](Variable::object) |
//! | `key += value` | what follows `+=`, blanks before it included, is put behind the last value of `key` |
//! | `\[key = value` | a key whose first character would mean something else |
//! | `; text` | a comment; `\;` is a semicolon |
//! | `;-- text --;` | a comment that may span lines and nest; `;---` is an ordinary one |
//! | `#include "file"` | the file's lines, here; quoted, in `<>` or bare; wildcards and `{a,b}` allowed |
//! | `#tryinclude "file"` | the same, and nothing if there is no such file |
//! | `#exec "command"` | the command's output, where [`LoadOptions::exec_includes`] allows it |
//!
//! An included file goes on in the section that was opened last; after it, the including file goes on
//! in its own. Names of categories and variables are compared without regard to ASCII case.
//!
//! What the reader cannot take (a section that is not closed, an unknown template, a missing include)
//! makes the whole load fail with every such place listed; what it can pass over is in
//! [`Config::warnings`]. Nothing is passed over without a word.
#![forbid(unsafe_code)]

mod build;
mod change;
mod config;
mod directory;
mod document;
mod edit;
mod error;
mod filter;
pub mod limits;
mod load;
mod scan;
mod source;
mod statement;
mod written;

#[cfg(test)]
mod tests;

pub use config::{Category, Config, Variable, is_false, is_true};
pub use directory::{Directory, Location};
pub use document::Document;
pub use edit::{Edit, EditError};
pub use error::{Error, Problem};
pub use filter::{Filter, FilterError};
pub use load::{LoadOptions, load};
pub use source::{Memory, Source};
