//! `#[derive(Event)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Field, Ident, Type};

use crate::attribute::{self, Docs};

pub(crate) fn derive(input: &DeriveInput) -> syn::Result<TokenStream> {
    let about = About::read(input)?;
    let lines: Vec<Line<'_>> = attribute::fields(input)?
        .into_iter()
        .map(Line::read)
        .collect::<syn::Result<_>>()?;

    let ident = &input.ident;
    let (generics, arguments, conditions) = input.generics.split_for_impl();
    let spec = about.spec(&lines);
    let (head, item_head) = (about.head(), about.item_head());
    let write = lines.iter().map(Line::write);
    // A struct without fields would leave its argument unused.
    let unused = lines.is_empty().then(|| quote!(let _ = out;));
    Ok(quote! {
        impl #generics ::ami::Event for #ident #arguments #conditions {
            const SPEC: ::ami::spec::EventSpec = #spec;
            const HEAD: &'static str = #head;
            const ITEM_HEAD: &'static str = #item_head;

            fn write_body(&self, out: &mut ::std::vec::Vec<u8>) {
                #unused
                #(#write)*
            }
        }
    })
}

/// What is said of the event as a whole.
struct About {
    name: String,
    module: String,
    class: Vec<&'static str>,
    item: Option<ActionIdAt>,
    item_privilege: String,
    complete: bool,
    docs: Docs,
}

/// Where the asker's ActionID stands in a list's item.
#[derive(Clone, Copy)]
enum ActionIdAt {
    Second,
    Last,
}

impl About {
    fn read(input: &DeriveInput) -> syn::Result<Self> {
        let mut about = Self {
            name: input.ident.to_string(),
            module: "core".to_owned(),
            class: Vec::new(),
            item: None,
            item_privilege: String::new(),
            complete: false,
            docs: attribute::docs(&input.attrs, &input.ident)?,
        };
        for attr in input.attrs.iter().filter(|a| a.path().is_ident("event")) {
            attr.parse_nested_meta(|meta| {
                let Some(word) = meta.path.get_ident() else {
                    return Err(meta.error("unknown attribute"));
                };
                match word.to_string().as_str() {
                    "name" => about.name = attribute::text(&meta)?,
                    "module" => about.module = attribute::text(&meta)?,
                    "class" => about.class = attribute::classes(&meta)?,
                    "item" => about.item = Some(ActionIdAt::Second),
                    "item_id_last" => about.item = Some(ActionIdAt::Last),
                    "item_privilege" => about.item_privilege = attribute::text(&meta)?,
                    "complete" => {
                        about.item = Some(ActionIdAt::Second);
                        about.complete = true;
                    }
                    _ => return Err(meta.error("unknown attribute")),
                }
                Ok(())
            })?;
        }
        Ok(about)
    }

    fn head(&self) -> String {
        let name = &self.name;
        if self.class.is_empty() {
            format!("Event: {name}")
        } else {
            format!("Event: {name}\r\nPrivilege: {},all", self.class.join(","))
        }
    }

    fn item_head(&self) -> String {
        let Self {
            name,
            item_privilege,
            ..
        } = self;
        if item_privilege.is_empty() {
            format!("Event: {name}")
        } else {
            format!("Event: {name}\r\nPrivilege: {item_privilege}")
        }
    }

    fn spec(&self, lines: &[Line<'_>]) -> TokenStream {
        let Self {
            name,
            module,
            complete,
            docs,
            ..
        } = self;
        let Docs { summary, details } = docs;
        let class = attribute::permission(&self.class);
        let item = match self.item {
            None => quote!(::ami::spec::ItemSpec::Never),
            Some(ActionIdAt::Second) => quote!(::ami::spec::ItemSpec::ActionIdSecond),
            Some(ActionIdAt::Last) => quote!(::ami::spec::ItemSpec::ActionIdLast),
        };
        let fields = lines.iter().map(Line::spec);
        quote! {
            ::ami::spec::EventSpec {
                name: #name,
                module: #module,
                class: #class,
                summary: #summary,
                details: #details,
                item: #item,
                complete: #complete,
                fields: &[#(#fields),*],
            }
        }
    }
}

/// What a field puts on the wire.
enum Shape {
    Value,
    Group(&'static str),
    Pairs,
    Free,
}

struct Line<'a> {
    ident: &'a Ident,
    inner: &'a Type,
    optional: bool,
    name: String,
    prefix: String,
    empty: String,
    none: bool,
    help: String,
    shape: Shape,
}

impl<'a> Line<'a> {
    fn read(field: &'a Field) -> syn::Result<Self> {
        let Some(ident) = &field.ident else {
            return Err(syn::Error::new_spanned(field, "name the fields"));
        };
        let inside = attribute::inside_option(&field.ty);
        let mut line = Self {
            ident,
            inner: inside.unwrap_or(&field.ty),
            optional: inside.is_some(),
            name: attribute::pascal_case(ident),
            prefix: String::new(),
            empty: String::new(),
            none: false,
            help: attribute::docs(&field.attrs, ident)?.summary,
            shape: Shape::Value,
        };
        for attr in field.attrs.iter().filter(|a| a.path().is_ident("event")) {
            attr.parse_nested_meta(|meta| {
                let Some(word) = meta.path.get_ident() else {
                    return Err(meta.error("unknown attribute"));
                };
                match word.to_string().as_str() {
                    "name" => line.name = attribute::text(&meta)?,
                    "channel" => line.shape = Shape::Group("Channel"),
                    "bridge" => line.shape = Shape::Group("Bridge"),
                    "security" => line.shape = Shape::Group("Security"),
                    "none" => line.none = true,
                    "prefix" => line.prefix = attribute::text(&meta)?,
                    "empty" => line.empty = attribute::text(&meta)?,
                    "pairs" => line.shape = Shape::Pairs,
                    "free" => line.shape = Shape::Free,
                    _ => return Err(meta.error("unknown attribute")),
                }
                Ok(())
            })?;
        }
        Ok(line)
    }

    fn spec(&self) -> TokenStream {
        let Self {
            name,
            prefix,
            empty,
            help,
            optional,
            inner,
            ..
        } = self;
        match self.shape {
            Shape::Value => quote! {
                ::ami::spec::FieldSpec::Line {
                    name: #name,
                    kind: <#inner as ::ami::encode::Value>::KIND,
                    empty: #empty,
                    optional: #optional,
                    help: #help,
                }
            },
            Shape::Group(group) => {
                let group = Ident::new(group, self.ident.span());
                quote! {
                    ::ami::spec::FieldSpec::Group {
                        group: ::ami::spec::Group::#group,
                        prefix: #prefix,
                        optional: #optional,
                        help: #help,
                    }
                }
            }
            Shape::Pairs => quote!(::ami::spec::FieldSpec::Pairs { name: #name, help: #help }),
            Shape::Free => quote!(::ami::spec::FieldSpec::Free { help: #help }),
        }
    }

    fn write(&self) -> TokenStream {
        let ident = self.ident;
        if self.optional {
            let write = self.write_from(&quote!(value));
            let none = self.none.then(|| {
                quote! {
                    else {
                        out.extend_from_slice(b"\r\nChannel: none\r\nUniqueid: none");
                    }
                }
            });
            quote!(if let Some(value) = &self.#ident { #write } #none)
        } else {
            self.write_from(&quote!((&self.#ident)))
        }
    }

    fn write_from(&self, value: &TokenStream) -> TokenStream {
        let Self { prefix, empty, .. } = self;
        let key = format!("\r\n{prefix}{}: ", self.name);
        match self.shape {
            Shape::Value if empty.is_empty() => quote! {
                ::ami::encode::led(out, #key, #value);
            },
            Shape::Value => quote! {
                ::ami::encode::led_or(out, #key, #value, #empty);
            },
            Shape::Group("Security") => quote!(#value.write(out);),
            Shape::Group(group) => {
                let keys = Ident::new(&format!("{group}Keys"), self.ident.span());
                let make = Ident::new(
                    if group == "Channel" {
                        "channel_keys"
                    } else {
                        "bridge_keys"
                    },
                    self.ident.span(),
                );
                quote! {{
                    const KEYS: ::ami::event::group::#keys =
                        ::ami::event::group::#make!(#prefix);
                    #value.write(&KEYS, out);
                }}
            }
            Shape::Pairs => quote!(::ami::encode::led_pairs(out, #key, #value);),
            Shape::Free => quote!(::ami::encode::led_free(out, #value);),
        }
    }
}
