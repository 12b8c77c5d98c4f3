//! The switch as a whole.

mod fully_booted;
mod load;
mod reload;
mod shutdown;
mod unload;

pub use fully_booted::FullyBooted;
pub use load::Load;
pub use reload::Reload;
pub use shutdown::Shutdown;
pub use unload::Unload;
