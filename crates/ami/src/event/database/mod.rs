//! The key database.

mod db_get_complete;
mod db_get_response;
mod db_get_tree_complete;
mod db_get_tree_response;

pub use db_get_complete::DbGetComplete;
pub use db_get_response::DbGetResponse;
pub use db_get_tree_complete::DbGetTreeComplete;
pub use db_get_tree_response::DbGetTreeResponse;
