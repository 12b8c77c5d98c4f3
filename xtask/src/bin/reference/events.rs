//! The pages of the events, today's and those of the old dialect.

use ami::event::group;
use ami::spec::{EventSpec, FieldSpec, Group, ItemSpec, Kind};

use crate::page::{classes, code, section, sentence, table};

const INTRODUCTION: &str = "\
What the switch tells. `Event` is the first line and `Privilege` the second; the others come in the order of
the tables. An event is seen by users whose `read` has every class that it names.

Many events describe a channel, a bridge or an attempt to get in, with these lines. Where an event describes
two of a kind, the keys of one have a prefix.
";

const OLD_INTRODUCTION: &str = "\
What differs for sessions of the old dialect, `Asterisk Call Manager/1.1`. Events of today that are neither
here nor among those that stayed the same are not sent to such a session.
";

pub(crate) fn page() -> String {
    let mut text = INTRODUCTION.to_owned();
    for (title, group) in [
        ("A channel", Group::Channel),
        ("A bridge", Group::Bridge),
        ("An attempt to get in", Group::Security),
    ] {
        let keys = keys(group)
            .iter()
            .map(|key| code(key))
            .collect::<Vec<_>>()
            .join(", ");
        text.push_str(&format!("\n{title}: {keys}.\n"));
    }
    for spec in ami::event::ALL {
        text.push('\n');
        text.push_str(&one(spec));
    }
    text
}

pub(crate) fn old_page() -> String {
    let same = ami::event::old::UNCHANGED
        .iter()
        .map(|name| code(name))
        .collect::<Vec<_>>();
    let mut text = format!(
        "{OLD_INTRODUCTION}\nThe same as today: {}.\n",
        same.join(", ")
    );
    for spec in ami::event::old::ALL {
        text.push('\n');
        text.push_str(&one(spec));
    }
    text
}

/// The keys of a group, as it writes them itself.
pub(crate) fn keys(of: Group) -> Vec<String> {
    let mut out = Vec::new();
    match of {
        Group::Channel => group::Channel::default().write(&group::channel_keys!(""), &mut out),
        Group::Bridge => group::Bridge::default().write(&group::bridge_keys!(""), &mut out),
        Group::Security => group::Security::default().write(&mut out),
    }
    let text = String::from_utf8_lossy(&out);
    text.lines()
        .filter_map(|line| Some(line.split_once(':')?.0.to_owned()))
        .collect()
}

fn one(spec: &EventSpec) -> String {
    let mut text = section(spec.name, spec.summary, spec.details);
    let class = match classes(spec.class) {
        none if none.is_empty() => String::new(),
        names => format!("Class: {}. ", code(&names)),
    };
    let list = match spec.item {
        _ if spec.complete => " Closes a list.",
        ItemSpec::Never => "",
        ItemSpec::ActionIdSecond | ItemSpec::ActionIdLast => " Comes in lists.",
    };
    text.push_str(&format!("\n{class}Module: `{}`.{list}\n", spec.module));
    text.push_str(&table(("line", "meaning"), spec.fields.iter().map(field)));
    text
}

fn field(spec: &FieldSpec) -> (String, String) {
    match *spec {
        FieldSpec::Line {
            name,
            kind,
            empty,
            optional,
            help,
        } => {
            let mut text = sentence(help);
            text.push_str(match kind {
                Kind::Text => "",
                Kind::Number => " A number.",
                Kind::YesNo => " `Yes` or `No`.",
            });
            if !empty.is_empty() {
                text.push_str(&format!(" `{empty}` when there is none."));
            }
            (code(name), text + may_miss(optional))
        }
        FieldSpec::Group {
            group,
            prefix,
            optional,
            help,
        } => {
            let lines = match group {
                Group::Channel => "the lines of a channel",
                Group::Bridge => "the lines of a bridge",
                Group::Security => "the lines of an attempt to get in",
            };
            let lines = match prefix {
                "" => lines.to_owned(),
                prefix => format!("{lines}, as `{prefix}…`"),
            };
            (lines, sentence(help) + may_miss(optional))
        }
        FieldSpec::Pairs { name, help } => (
            code(&format!("{name}: name=value")),
            format!("{} One line for each.", sentence(help)),
        ),
        FieldSpec::Free { help } => ("any other".to_owned(), sentence(help)),
    }
}

fn may_miss(optional: bool) -> &'static str {
    if optional { " May be missing." } else { "" }
}
