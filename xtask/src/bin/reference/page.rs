//! What all pages are written with.

use ami::Permission;

/// A section for one word: its name, what it is in a sentence, and more of it.
pub(crate) fn section(name: &str, summary: &str, details: &str) -> String {
    let mut text = format!("## {}\n\n{}\n", escape(name), sentence(summary));
    if !details.is_empty() {
        text.push_str(&format!("\n{}\n", escape(details)));
    }
    text
}

/// A table with two columns, or nothing when there are no rows.
pub(crate) fn table(
    heads: (&str, &str),
    rows: impl IntoIterator<Item = (String, String)>,
) -> String {
    let rows: String = rows
        .into_iter()
        .map(|(left, right)| format!("| {} | {} |\n", cell(&left), cell(&right)))
        .collect();
    if rows.is_empty() {
        return rows;
    }
    format!("\n| {} | {} |\n| --- | --- |\n{rows}", heads.0, heads.1)
}

/// Permission classes as manager.conf writes them.
pub(crate) fn classes(permission: Permission) -> String {
    permission.names().collect::<Vec<_>>().join(", ")
}

/// Text as it stands, in a line of Markdown.
pub(crate) fn code(text: &str) -> String {
    format!("`{text}`")
}

/// A summary with its full stop.
pub(crate) fn sentence(text: &str) -> String {
    let text = escape(text);
    if text.is_empty() || text.ends_with(['.', '!', '?']) {
        text
    } else {
        text + "."
    }
}

/// Signs that Markdown would take for its own. Text between back-ticks stays as it is.
fn escape(text: &str) -> String {
    let mut out = String::new();
    let mut quoted = false;
    for c in text.chars() {
        quoted ^= c == '`';
        if !quoted && matches!(c, '<' | '>' | '*' | '_' | '[' | ']') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A cell of a table, in which a bar would begin the next.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
