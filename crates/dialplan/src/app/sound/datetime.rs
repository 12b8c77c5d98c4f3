//! `DateTime`.

use super::sayunixtime::{ARGUMENTS, say};
use crate::app::App;

/// `DateTime([unixtime[,timezone[,format[,options]]]])`.
pub static DATETIME: App = App {
    name: "DateTime",
    module: "app_sayunixtime",
    summary: "Says a time, as SayUnixTime does",
    syntax: "DateTime([unixtime[,timezone[,format[,options]]]])",
    arguments: ARGUMENTS,
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(say(call, "DateTime", data)),
};
