//! How categories and variables are written so that they read back as what they are.

use crate::document::Line;
use crate::edit::EditError;
use crate::statement::{self, Header, Statement};
use crate::{limits, scan};

/// `name = value` or `name => value`, semicolons escaped. What cannot be written is an error: a line
/// end anywhere, a name that is empty or has a `=` in it.
pub(crate) fn variable(name: &str, value: &str, object: bool) -> Result<String, EditError> {
    let name = scan::strip(name);
    let mark = if name.starts_with(['[', '#', '=', '\\']) {
        "\\"
    } else {
        ""
    };
    let sign = if object { "=>" } else { "=" };
    let code = format!("{mark}{name} {sign} {value}");
    let code = scan::strip(&code);
    let meant = Statement::Set {
        name,
        value: scan::strip(value),
        object,
    };
    if statement::parse(code) == Ok(meant) && fits_a_line(code) {
        Ok(escaped(code))
    } else {
        Err(EditError::Argument)
    }
}

/// The code of a line that sets a variable, with another value and its spacing kept.
pub(crate) fn updated(line: &Line, value: &str, object: bool) -> Result<String, EditError> {
    let (name, was_object) = match statement::parse(&line.code) {
        Ok(Statement::Set { name, object, .. }) => (name, object),
        Ok(Statement::Append { name, .. }) => (name, false),
        _ => return Err(EditError::Update),
    };
    let object = object || was_object;
    let canonical = variable(name, value, object)?;
    let kept = line
        .raw_code()
        .and_then(|code| same_spacing(code, value, was_object, object));
    let reads_the_same = |code: &String| {
        let meant = Statement::Set {
            name,
            value: scan::strip(value),
            object,
        };
        statement::parse(&unescaped(code)) == Ok(meant)
    };
    Ok(kept.filter(reads_the_same).unwrap_or(canonical))
}

/// `[name](options)`.
pub(crate) fn header(header: &Header<'_>) -> Result<String, EditError> {
    let mut options = Vec::new();
    if header.template {
        options.push("!".to_owned());
    }
    options.extend(header.add.map(|filter| format!("+{filter}")));
    options.extend(header.bases.iter().map(|base| (*base).to_owned()));
    let options = match options.as_slice() {
        [] => String::new(),
        options => format!("({})", options.join(",")),
    };
    let space = if header.ignored.is_empty() { "" } else { " " };
    let code = format!("[{}]{options}{space}{}", header.name, header.ignored);
    let reads_back = matches!(statement::parse(&code), Ok(Statement::Header(h)) if h == *header);
    if reads_back && fits_a_line(&code) {
        Ok(escaped(&code))
    } else {
        Err(EditError::Argument)
    }
}

fn same_spacing(code: &str, value: &str, was_object: bool, object: bool) -> Option<String> {
    let (name, after) = code.split_once('=')?;
    let after = if was_object {
        after.strip_prefix('>')?
    } else {
        after
    };
    let blanks = &after[..after.len() - after.trim_start_matches(|c| c <= ' ').len()];
    let arrow = if object { ">" } else { "" };
    // An empty value had no blanks before it to go by; `a=` and `>b` would make an object.
    let was_empty = blanks.len() == after.len();
    let blanks = if blanks.is_empty() && (was_empty || value.starts_with('>')) {
        " "
    } else {
        blanks
    };
    let code = format!("{name}={arrow}{blanks}{}", escaped(scan::strip(value)));
    Some(scan::strip(&code).to_owned())
}

fn fits_a_line(code: &str) -> bool {
    // Escaping may double it.
    !code.contains('\n') && code.len() <= limits::LINE_BYTES / 2
}

fn escaped(code: &str) -> String {
    code.replace(';', "\\;")
}

fn unescaped(code: &str) -> String {
    code.replace("\\;", ";")
}
