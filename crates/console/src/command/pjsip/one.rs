//! One object with all its options.

use std::fmt::Write as _;

use sip::settings::Field;

/// The options of an object by name, each with its value.
pub(super) fn options<'a>(fields: impl Iterator<Item = Field<'a>>) -> String {
    let mut fields: Vec<Field<'_>> = fields.collect();
    fields.sort_by_key(|field| field.option);
    let name = "ParameterName";
    let names = fields.iter().map(|field| field.option.len());
    let width = names.chain([name.len()]).max().unwrap_or_default();
    let mut text = format!(
        "\n {name:width$} : ParameterValue\n {:=<rule$}\n",
        "",
        rule = width + 28
    );
    for field in fields {
        let line = format!(" {:width$} : {}", field.option, field.value);
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text.push('\n');
    text
}
