//! Loops and conditions that stand in the steps of one extension, and where they end.

use crate::app::Outcome;
use crate::call::{Call, Place};
use crate::task::Gone;

/// What begins and ends a block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    begin: &'static str,
    end: &'static str,
}

/// `While` to `EndWhile`.
pub(super) const LOOP: Block = Block {
    begin: "While",
    end: "EndWhile",
};

/// `If` to `EndIf`.
pub(super) const CONDITION: Block = Block {
    begin: "If",
    end: "EndIf",
};

impl Block {
    /// The priority of the end of the block that the step stands in, or begins.
    pub(super) fn end(self, call: &Call) -> Result<Option<i32>, Gone> {
        Ok(self.marks(call, &[])?.last().copied())
    }

    /// The priorities of these applications in the block that the step stands in, or begins, from the
    /// step on; last that of the block's end.
    pub(super) fn marks(self, call: &Call, within: &[&str]) -> Result<Vec<i32>, Gone> {
        let (here, steps) = steps(call)?;
        let mut marks = Vec::new();
        let mut depth = 0_usize;
        for (priority, application) in steps.iter().filter(|(priority, _)| *priority > here) {
            let is = |name: &str| application.eq_ignore_ascii_case(name);
            if is(self.begin) {
                depth += 1;
            } else if is(self.end) && depth > 0 {
                depth -= 1;
            } else if is(self.end) {
                marks.push(*priority);
                return Ok(marks);
            } else if depth == 0 && within.iter().any(|name| is(name)) {
                marks.push(*priority);
            }
        }
        Ok(Vec::new())
    }

    /// The priority of the beginning of the block that the step stands in, or ends.
    pub(super) fn beginning(self, call: &Call) -> Result<Option<i32>, Gone> {
        let (here, steps) = steps(call)?;
        let mut depth = 0_usize;
        for (priority, application) in steps.iter().rev().filter(|(priority, _)| *priority < here) {
            if application.eq_ignore_ascii_case(self.end) {
                depth += 1;
            } else if application.eq_ignore_ascii_case(self.begin) {
                if depth == 0 {
                    return Ok(Some(*priority));
                }
                depth -= 1;
            }
        }
        Ok(None)
    }

    /// Goes on behind the end of the block; where it has none, says so and goes on.
    pub(super) fn leave(self, call: &Call, application: &'static str) -> Result<Outcome, Gone> {
        match self.end(call)? {
            Some(end) => at(call, end.saturating_add(1)),
            None => Ok(self.missing(call, application, self.end)),
        }
    }

    /// Goes back to the beginning of the block; where it has none, says so and goes on.
    pub(super) fn repeat(self, call: &Call, application: &'static str) -> Result<Outcome, Gone> {
        match self.beginning(call)? {
            Some(beginning) => at(call, beginning),
            None => Ok(self.missing(call, application, self.begin)),
        }
    }

    fn missing(self, call: &Call, application: &'static str, mate: &str) -> Outcome {
        call.warn(
            application,
            format!("there is no {mate} that belongs to it"),
        );
        Outcome::Next
    }
}

/// Another step of the same extension.
pub(super) fn at(call: &Call, priority: i32) -> Result<Outcome, Gone> {
    Ok(Outcome::Goto(Place {
        priority,
        ..call.place()?
    }))
}

fn steps(call: &Call) -> Result<(i32, Vec<(i32, switch::Text)>), Gone> {
    let Place {
        context,
        exten,
        priority,
    } = call.place()?;
    let steps = call.with(|world| world.applications(Some(call.id), &context, &exten, priority));
    Ok((priority, steps))
}
