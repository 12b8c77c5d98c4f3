//! Derives of `ami::Action` and `ami::Event`.
//!
//! A declaration says once what a word of the protocol is: its name, who may use it, its fields in the
//! order of the wire and, as doc comments, what they mean. From it come the decoder, the encoder and the
//! specification that help texts, the reference page and the JSON schema are made of. The attributes are
//! described at `ami::Action` and `ami::Event`.
#![forbid(unsafe_code)]

mod action;
mod attribute;
mod event;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Implements `ami::Action` for a struct of `String` and `Vec<String>` fields.
#[proc_macro_derive(Action, attributes(action))]
pub fn derive_action(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    action::derive(&input)
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

/// Implements `ami::Event` for a struct whose fields are the lines of the event, in order.
#[proc_macro_derive(Event, attributes(event))]
pub fn derive_event(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    event::derive(&input)
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}
