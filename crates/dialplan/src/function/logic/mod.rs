//! Choices, and variables as such.

mod delete;
mod exists;
mod r#if;
mod iftime;
mod isnull;
mod set;
mod variable_exists;

pub(crate) use delete::DELETE;
pub(crate) use exists::EXISTS;
pub(crate) use r#if::IF;
pub(crate) use iftime::IFTIME;
pub(crate) use isnull::ISNULL;
pub(crate) use set::SET;
pub(crate) use variable_exists::VARIABLE_EXISTS;
