//! `#[derive(Action)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Field, Ident};

use crate::attribute::{self, Docs};

pub(crate) fn derive(input: &DeriveInput) -> syn::Result<TokenStream> {
    let about = About::read(input)?;
    let fields: Vec<Parameter<'_>> = attribute::fields(input)?
        .into_iter()
        .map(Parameter::read)
        .collect::<syn::Result<_>>()?;

    let ident = &input.ident;
    let spec = about.spec(&fields);
    let name = &about.name;
    let decode = fields.iter().map(|field| field.decode(&fields));
    let encode = fields.iter().map(Parameter::encode);
    // A struct without fields would leave its arguments unused.
    let unused = fields.is_empty().then(|| quote!(let _ = packet;));
    Ok(quote! {
        impl ::ami::Action for #ident {
            const SPEC: ::ami::spec::ActionSpec = #spec;

            fn decode(packet: &::ami::Packet) -> Self {
                #unused
                Self { #(#decode),* }
            }

            fn encode(&self, packet: &mut ::ami::Packet) {
                packet.push("Action", #name);
                #(#encode)*
            }
        }
    })
}

/// What is said of the action as a whole.
struct About {
    name: String,
    module: String,
    privilege: Vec<&'static str>,
    items: Vec<String>,
    complete: String,
    docs: Docs,
}

impl About {
    fn read(input: &DeriveInput) -> syn::Result<Self> {
        let mut about = Self {
            name: input.ident.to_string(),
            module: "core".to_owned(),
            privilege: Vec::new(),
            items: Vec::new(),
            complete: String::new(),
            docs: attribute::docs(&input.attrs, &input.ident)?,
        };
        for attr in input.attrs.iter().filter(|a| a.path().is_ident("action")) {
            attr.parse_nested_meta(|meta| {
                let Some(word) = meta.path.get_ident() else {
                    return Err(meta.error("unknown attribute"));
                };
                match word.to_string().as_str() {
                    "name" => about.name = attribute::text(&meta)?,
                    "module" => about.module = attribute::text(&meta)?,
                    "privilege" => about.privilege = attribute::classes(&meta)?,
                    "items" => about.items = attribute::texts(&meta)?,
                    "complete" => about.complete = attribute::text(&meta)?,
                    _ => return Err(meta.error("unknown attribute")),
                }
                Ok(())
            })?;
        }
        Ok(about)
    }

    fn spec(&self, fields: &[Parameter<'_>]) -> TokenStream {
        let Self {
            name,
            module,
            items,
            complete,
            docs,
            ..
        } = self;
        let Docs { summary, details } = docs;
        let privilege = attribute::permission(&self.privilege);
        let parameters = fields.iter().map(Parameter::spec);
        quote! {
            ::ami::spec::ActionSpec {
                name: #name,
                module: #module,
                privilege: #privilege,
                summary: #summary,
                details: #details,
                parameters: &[#(#parameters),*],
                items: &[#(#items),*],
                complete: #complete,
            }
        }
    }
}

/// How often a header may come, or that the field takes all the others.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Once,
    Repeated,
    Rest,
}

struct Parameter<'a> {
    ident: &'a Ident,
    name: String,
    help: String,
    required: bool,
    shape: Shape,
    values: Vec<String>,
}

impl<'a> Parameter<'a> {
    fn read(field: &'a Field) -> syn::Result<Self> {
        let Some(ident) = &field.ident else {
            return Err(syn::Error::new_spanned(field, "name the fields"));
        };
        let mut parameter = Self {
            ident,
            name: attribute::pascal_case(ident),
            help: attribute::docs(&field.attrs, ident)?.summary,
            required: false,
            shape: Shape::Once,
            values: Vec::new(),
        };
        if attribute::type_name(&field.ty).as_deref() == Some("Vec") {
            parameter.shape = Shape::Repeated;
        }
        for attr in field.attrs.iter().filter(|a| a.path().is_ident("action")) {
            attr.parse_nested_meta(|meta| {
                let Some(word) = meta.path.get_ident() else {
                    return Err(meta.error("unknown attribute"));
                };
                match word.to_string().as_str() {
                    "name" => parameter.name = attribute::text(&meta)?,
                    "required" => parameter.required = true,
                    "values" => parameter.values = attribute::texts(&meta)?,
                    "rest" => {
                        parameter.shape = Shape::Rest;
                        parameter.name = "*".to_owned();
                    }
                    _ => return Err(meta.error("unknown attribute")),
                }
                Ok(())
            })?;
        }
        Ok(parameter)
    }

    fn spec(&self) -> TokenStream {
        let Self {
            name,
            help,
            required,
            values,
            ..
        } = self;
        let repeated = self.shape != Shape::Once;
        quote! {
            ::ami::spec::ParameterSpec {
                name: #name,
                help: #help,
                required: #required,
                repeated: #repeated,
                values: &[#(#values),*],
            }
        }
    }

    fn decode(&self, all: &[Parameter<'_>]) -> TokenStream {
        let Self { ident, name, .. } = self;
        match self.shape {
            Shape::Once => quote!(#ident: packet.get(#name).to_owned()),
            Shape::Repeated => quote!(#ident: packet.all(#name).map(str::to_owned).collect()),
            Shape::Rest => {
                let named = all
                    .iter()
                    .filter(|p| p.shape != Shape::Rest)
                    .map(|p| &p.name);
                quote!(#ident: packet.rest(&["Action", #(#named),*]))
            }
        }
    }

    fn encode(&self) -> TokenStream {
        let Self { ident, name, .. } = self;
        match self.shape {
            Shape::Once => quote! {
                if !self.#ident.is_empty() {
                    packet.push(#name, &self.#ident);
                }
            },
            Shape::Repeated => quote! {
                for value in &self.#ident {
                    packet.push(#name, value);
                }
            },
            Shape::Rest => quote! {
                for (key, value) in &self.#ident {
                    packet.push(key, value);
                }
            },
        }
    }
}
