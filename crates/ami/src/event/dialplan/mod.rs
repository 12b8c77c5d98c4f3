//! Steps and variables of the dialplan.

mod hangup_handler_pop;
mod hangup_handler_push;
mod hangup_handler_run;
mod list_dialplan;
mod newexten;
mod show_dial_plan_complete;
mod var_set;

pub use hangup_handler_pop::HangupHandlerPop;
pub use hangup_handler_push::HangupHandlerPush;
pub use hangup_handler_run::HangupHandlerRun;
pub use list_dialplan::ListDialplan;
pub use newexten::Newexten;
pub use show_dial_plan_complete::ShowDialPlanComplete;
pub use var_set::VarSet;
