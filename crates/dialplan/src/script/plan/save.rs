//! Writing a plan as `extensions.conf`.

use std::fmt::Write as _;

use super::{Context, Extension, PBX_CONFIG, Plan, Step};

impl Plan {
    /// The plan as an `extensions.conf` that reads back the same. What other registrars than `pbx_config`
    /// put in is left out: it comes from elsewhere at the next start.
    pub fn to_conf(&self) -> String {
        let mut out = String::new();
        let yes_no = |yes: bool| if yes { "yes" } else { "no" };
        let general = &self.general;
        out.push_str("[general]\n");
        for (key, value) in [
            ("static", general.is_static),
            ("writeprotect", general.write_protect),
            ("autofallthrough", general.auto_fall_through),
            ("clearglobalvars", general.clear_globals),
            ("extenpatternmatchnew", general.new_pattern_match),
        ] {
            let _ = writeln!(out, "{key}={}", yes_no(value));
        }
        if let Some(switch) = &general.override_switch {
            let _ = writeln!(out, "overrideswitch={}", guarded(switch));
        }
        let _ = writeln!(out, "userscontext={}", guarded(&general.users_context));
        if !self.globals.is_empty() {
            out.push_str("\n[globals]\n");
            for (name, value) in &self.globals {
                let _ = writeln!(out, "{name} => {}", guarded(value));
            }
        }
        for context in self
            .contexts()
            .filter(|context| &**context.registrar() == PBX_CONFIG)
        {
            write_context(&mut out, context);
        }
        out
    }
}

fn write_context(out: &mut String, context: &Context) {
    let _ = writeln!(out, "\n[{}]", context.name());
    for extension in context.extensions() {
        for step in extension
            .steps()
            .iter()
            .filter(|step| &*step.registrar == PBX_CONFIG)
        {
            write_step(out, extension, step);
        }
    }
    for include in context
        .includes()
        .iter()
        .filter(|include| &*include.registrar == PBX_CONFIG)
    {
        let _ = writeln!(out, "include => {}", include.text());
    }
    for ignored in context
        .ignore_patterns()
        .iter()
        .filter(|ignored| &*ignored.registrar == PBX_CONFIG)
    {
        let _ = writeln!(out, "ignorepat => {}", ignored.text);
    }
    for switch in context
        .switches()
        .iter()
        .filter(|switch| &*switch.registrar == PBX_CONFIG)
    {
        let key = if switch.evaluate { "eswitch" } else { "switch" };
        let _ = writeln!(
            out,
            "{key} => {}/{}",
            switch.application,
            guarded(&switch.data)
        );
    }
}

fn write_step(out: &mut String, extension: &Extension, step: &Step) {
    let _ = write!(out, "exten => {}", guarded(extension.name()));
    if let Some(caller) = extension.caller() {
        let _ = write!(out, "/{}", caller.text());
    }
    let _ = write!(out, ",{}", step.priority);
    if let Some(label) = &step.label {
        let _ = write!(out, "({label})");
    }
    let _ = match step.priority {
        super::Priority::Hint => writeln!(out, ",{}", guarded(&step.application)),
        super::Priority::Number(_) => {
            writeln!(out, ",{}({})", step.application, guarded(&step.data))
        }
    };
}

/// A semicolon would begin a comment.
fn guarded(text: &str) -> String {
    text.replace(';', "\\;")
}
