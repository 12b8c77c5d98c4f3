//! What actions and events share: doc comments, names, lists of words, permission classes.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::meta::ParseNestedMeta;
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Data, DeriveInput, Expr, ExprLit, Field, Fields, GenericArgument, Ident, Lit,
    LitStr, Meta, PathArguments, Token, Type, parenthesized,
};

/// The permission classes in the order in which a `Privilege:` line prints them.
const CLASSES: [&str; 19] = [
    "system",
    "call",
    "log",
    "verbose",
    "command",
    "agent",
    "user",
    "config",
    "dtmf",
    "reporting",
    "cdr",
    "dialplan",
    "originate",
    "agi",
    "cc",
    "aoc",
    "test",
    "security",
    "message",
];

/// A doc comment as one string, its first paragraph apart.
pub(crate) struct Docs {
    pub(crate) summary: String,
    pub(crate) details: String,
}

/// Reads the doc comment; a word of the protocol without one does not compile.
pub(crate) fn docs(attributes: &[Attribute], what: &Ident) -> syn::Result<Docs> {
    let mut paragraphs = vec![String::new()];
    for attribute in attributes.iter().filter(|a| a.path().is_ident("doc")) {
        let Meta::NameValue(pair) = &attribute.meta else {
            continue;
        };
        let Expr::Lit(ExprLit {
            lit: Lit::Str(line),
            ..
        }) = &pair.value
        else {
            continue;
        };
        let line = line.value();
        let line = line.trim();
        match paragraphs.last_mut() {
            Some(last) if !line.is_empty() => {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(line);
            }
            _ => paragraphs.push(String::new()),
        }
    }
    paragraphs.retain(|p| !p.is_empty());
    let mut paragraphs = paragraphs.into_iter();
    let Some(summary) = paragraphs.next() else {
        return Err(syn::Error::new_spanned(
            what,
            "the doc comment is the help text: write one",
        ));
    };
    let details = paragraphs.collect::<Vec<_>>().join("\n\n");
    Ok(Docs { summary, details })
}

/// The named fields of a struct.
pub(crate) fn fields(input: &DeriveInput) -> syn::Result<Vec<&Field>> {
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(named) => Ok(named.named.iter().collect()),
            Fields::Unit => Ok(Vec::new()),
            Fields::Unnamed(_) => Err(syn::Error::new_spanned(input, "name the fields")),
        },
        _ => Err(syn::Error::new_spanned(
            input,
            "only a struct can be a word of the protocol",
        )),
    }
}

/// `= "text"` after a name.
pub(crate) fn text(meta: &ParseNestedMeta<'_>) -> syn::Result<String> {
    Ok(meta.value()?.parse::<LitStr>()?.value())
}

/// `("one", "two")` after a name.
pub(crate) fn texts(meta: &ParseNestedMeta<'_>) -> syn::Result<Vec<String>> {
    let content;
    parenthesized!(content in meta.input);
    let list = Punctuated::<LitStr, Token![,]>::parse_terminated(&content)?;
    Ok(list.iter().map(LitStr::value).collect())
}

/// `(system, call)` after a name, brought into the order of the wire.
pub(crate) fn classes(meta: &ParseNestedMeta<'_>) -> syn::Result<Vec<&'static str>> {
    let content;
    parenthesized!(content in meta.input);
    let list = Punctuated::<Ident, Token![,]>::parse_terminated(&content)?;
    for name in &list {
        if !CLASSES.iter().any(|class| name == class) {
            return Err(syn::Error::new_spanned(name, "no such permission class"));
        }
    }
    Ok(CLASSES
        .into_iter()
        .filter(|class| list.iter().any(|name| name == class))
        .collect())
}

/// The classes as a constant expression of type `Permission`.
pub(crate) fn permission(classes: &[&str]) -> TokenStream {
    let names = classes
        .iter()
        .map(|class| format_ident!("{}", class.to_uppercase()));
    quote!(::ami::Permission::NONE #(.union(::ami::Permission::#names))*)
}

/// `caller_id` becomes `CallerId`.
pub(crate) fn pascal_case(name: &Ident) -> String {
    let name = name.to_string();
    let mut out = String::with_capacity(name.len());
    for word in name.trim_start_matches("r#").split('_') {
        let mut chars = word.chars();
        out.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        out.push_str(chars.as_str());
    }
    out
}

/// The last word of a type's path: `Option` of `std::option::Option<T>`.
pub(crate) fn type_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => Some(path.path.segments.last()?.ident.to_string()),
        _ => None,
    }
}

/// `T` of `Option<T>`.
pub(crate) fn inside_option(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path
        .path
        .segments
        .last()
        .filter(|segment| segment.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}
