//! The page about a word of the dialplan.

use crate::host::Page;

/// The page, with the headings that people know.
pub(super) fn render(kind: &str, page: &Page) -> String {
    let Page {
        name,
        module,
        summary,
        syntax,
        arguments,
        details,
    } = page;
    let mut text = format!("\n  -= Info about {kind} '{name}' =- \n\n[Synopsis]\n{summary}\n");
    if !details.is_empty() {
        text.push_str(&format!("\n[Description]\n{details}\n"));
    }
    text.push_str(&format!("\n[Syntax]\n{syntax}\n"));
    if !arguments.is_empty() {
        text.push_str("\n[Arguments]\n");
        arguments
            .iter()
            .for_each(|(name, help)| text.push_str(&format!("{name}\n    {help}\n")));
    }
    text.push_str(&format!("\n[Module]\n{module}\n"));
    text
}

/// The words of `like …` or `describing …` that all must be found, ignoring case.
pub(super) fn matching<'a>(
    pages: Vec<Page>,
    wanted: &'a [String],
    within: impl Fn(&Page) -> &'static str + 'a,
) -> impl Iterator<Item = Page> + 'a {
    let wanted: Vec<String> = wanted
        .iter()
        .map(|word| word.to_ascii_lowercase())
        .collect();
    pages.into_iter().filter(move |page| {
        let text = within(page).to_ascii_lowercase();
        wanted.iter().all(|word| text.contains(word))
    })
}
