use crate::Event;

/// A part of the dialplan, of the list that ShowDialPlan asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(item)]
pub struct ListDialplan<'a> {
    /// The context.
    pub context: &'a str,
    /// The extension.
    pub extension: Option<&'a str>,
    /// The label of the step.
    pub extension_label: Option<&'a str>,
    /// The step: a number, or `hint`.
    pub priority: Option<&'a str>,
    /// The application.
    pub application: Option<&'a str>,
    /// The application's arguments.
    #[event(name = "AppData")]
    pub data: Option<&'a str>,
    /// The context that is included.
    pub include_context: Option<&'a str>,
    /// The switch that is asked.
    pub switch: Option<&'a str>,
    /// The pattern after which the dial tone goes on.
    pub ignore_pattern: Option<&'a str>,
    /// Who put it there.
    pub registrar: Option<&'a str>,
}
