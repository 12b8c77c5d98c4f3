//! Configuration files.

mod create_config;
mod get_config;
mod get_config_json;
mod list_categories;
mod update_config;

pub use create_config::CreateConfig;
pub use get_config::GetConfig;
pub use get_config_json::GetConfigJson;
pub use list_categories::ListCategories;
pub use update_config::UpdateConfig;
