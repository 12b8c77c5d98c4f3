//! The key database.

mod db_del;
mod db_del_tree;
mod db_get;
mod db_get_tree;
mod db_put;

pub use db_del::DbDel;
pub use db_del_tree::DbDelTree;
pub use db_get::DbGet;
pub use db_get_tree::DbGetTree;
pub use db_put::DbPut;
