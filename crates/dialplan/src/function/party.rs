//! The parts of a party that functions read and set.

use switch::{Party, Presentation, Text};

use crate::function::FunctionError;

/// A part such as `num`, `name-valid` or `all`; `None` where there is none such.
pub(super) fn read(party: &Party, field: &str) -> Option<String> {
    if let Some(private) = field.strip_prefix("priv-") {
        return read(&Party::default(), private);
    }
    let flag = |is: bool| if is { "1" } else { "0" }.to_owned();
    Some(match field {
        "all" => whole(party),
        "num" | "number" => party.number.to_string(),
        "name" => party.name.to_string(),
        "num-valid" => flag(!party.number.is_empty()),
        "name-valid" => flag(!party.name.is_empty()),
        "num-pres" | "name-pres" | "pres" => party.presentation.name().to_owned(),
        "num-plan" | "subaddr-valid" | "subaddr-type" | "subaddr-odd" => flag(false),
        "name-charset" => "iso8859-1".to_owned(),
        "subaddr" | "tag" => String::new(),
        _ => return None,
    })
}

/// Sets a part.
pub(super) fn write(party: &mut Party, field: &str, value: &str) -> Result<(), FunctionError> {
    match field {
        "all" => {
            let given = Party::parse(value);
            (party.number, party.name) = (given.number, given.name);
        }
        "num" | "number" => party.number = Text::from(value),
        "name" => party.name = Text::from(value),
        "num-valid" if value == "0" => party.number = Text::default(),
        "name-valid" if value == "0" => party.name = Text::default(),
        "num-valid" | "name-valid" => {}
        "num-pres" | "name-pres" | "pres" => {
            party.presentation = Presentation::parse(value)
                .ok_or_else(|| FunctionError::failed(format!("{value:?} is no presentation")))?;
        }
        _ => {
            return Err(FunctionError::failed(format!(
                "{field:?} of a party cannot be assigned to"
            )));
        }
    }
    Ok(())
}

/// A party as `"name" <number>`, or the one of both that is known.
fn whole(party: &Party) -> String {
    match (&*party.name, &*party.number) {
        ("", number) => number.to_owned(),
        (name, "") => name.to_owned(),
        (name, number) => format!("\"{name}\" <{number}>"),
    }
}
