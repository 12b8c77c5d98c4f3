//! Codecs by the names of `allow` and `disallow`.

use media::codec::Codec;

use super::option::words;

/// The codecs that we have, by their names.
const NAMES: &[(&str, Codec)] = &[
    ("ulaw", Codec::Ulaw),
    ("alaw", Codec::Alaw),
    ("g722", Codec::G722),
    ("opus", Codec::Opus),
    ("slin", Codec::Slin),
    ("slin16", Codec::Slin16),
];

/// Asterisk's name of a codec.
pub fn name(codec: Codec) -> &'static str {
    let found = NAMES.iter().find(|(_, one)| *one == codec);
    found.map_or("", |(name, _)| name)
}

/// The codec of a name, in any case. The names that phones use for G.711 will do too.
pub fn by_name(name: &str) -> Option<Codec> {
    let name = match name.to_ascii_lowercase().as_str() {
        "pcmu" | "g711u" => "ulaw".to_owned(),
        "pcma" | "g711a" => "alaw".to_owned(),
        "l16" | "slinear" => "slin".to_owned(),
        other => other.to_owned(),
    };
    let found = NAMES.iter().find(|(one, _)| *one == name);
    found.map(|(_, codec)| *codec)
}

/// Codecs as they are shown: `(ulaw|alaw)`.
pub fn list(codecs: &[Codec]) -> String {
    if codecs.is_empty() {
        return "(nothing)".to_owned();
    }
    let names: Vec<&str> = codecs.iter().map(|codec| name(*codec)).collect();
    format!("({})", names.join("|"))
}

/// The codecs of a list as [`list`] shows it; what we do not have is left out.
pub fn read_list(text: &str) -> Vec<Codec> {
    let names = text.trim_matches(['(', ')']).split('|');
    names.filter_map(by_name).collect()
}

/// What `allow` says, put behind what is allowed already: names, `all`, and `!` before what is taken out
/// again. A name that we do not have is an error, after the others have been done.
pub(crate) fn allow(codecs: &mut Vec<Codec>, value: &str) -> Result<(), String> {
    change(codecs, value, true)
}

/// What `disallow` says.
pub(super) fn disallow(codecs: &mut Vec<Codec>, value: &str) -> Result<(), String> {
    change(codecs, value, false)
}

fn change(codecs: &mut Vec<Codec>, value: &str, add: bool) -> Result<(), String> {
    let mut unknown = Vec::new();
    // What is shown for no codec is read as none.
    for word in words(value).filter(|word| *word != "(nothing)") {
        let (word, add) = match word.strip_prefix('!') {
            Some(word) => (word, !add),
            None => (word, add),
        };
        // A packet time behind the name, such as `ulaw:30`, is the far end's to choose.
        let word = word.split(':').next().unwrap_or_default();
        let named: Vec<Codec> = match word.eq_ignore_ascii_case("all") {
            true => NAMES.iter().map(|(_, codec)| *codec).collect(),
            false => by_name(word).into_iter().collect(),
        };
        if named.is_empty() {
            unknown.push(word);
        }
        codecs.retain(|codec| add || !named.contains(codec));
        for codec in named {
            if add && !codecs.contains(&codec) {
                codecs.push(codec);
            }
        }
    }
    match unknown.as_slice() {
        [] => Ok(()),
        [one] => Err(format!("no codec {one} here; it is left out")),
        several => Err(format!(
            "no codecs {} here; they are left out",
            several.join(", ")
        )),
    }
}
