//! Configuration files, read and changed over the wire.

use ami::action::config::{CreateConfig, GetConfig, GetConfigJson, ListCategories, UpdateConfig};

use super::{Entry, entry};

mod create_config;
mod files;
mod get_config;
mod get_config_json;
mod list_categories;
mod update_config;

#[cfg(test)]
mod tests;

/// The actions of this domain.
pub(super) const ACTIONS: &[Entry] = &[
    entry!(CreateConfig, create_config::create_config),
    entry!(GetConfig, get_config::get_config),
    entry!(GetConfigJson, get_config_json::get_config_json),
    entry!(ListCategories, list_categories::list_categories),
    entry!(UpdateConfig, update_config::update_config),
];
