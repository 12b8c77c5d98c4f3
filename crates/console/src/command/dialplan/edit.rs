//! `dialplan add …`, `dialplan remove …`.

use std::sync::Arc;

use dialplan::script::Plan;
use dialplan::script::plan::{EditError, NewStep, PBX_CONFIG, Priority};
use engine::request::{PlanEdit, Request};

use crate::Cx;
use crate::command::{Answer, Args, Command, Source};

const fn command(
    words: &'static str,
    arguments: &'static str,
    summary: &'static str,
    complete: &'static [Source],
    run: for<'a> fn(&'a Cx, &'a Args<'a>) -> crate::host::Answering<'a, Answer>,
) -> Command {
    Command {
        words,
        arguments,
        summary,
        details: "",
        module: "pbx_config",
        complete,
        run,
    }
}

const INTO: Source = Source::Words(&["into"]);
const FROM: Source = Source::Words(&["from"]);

pub(in crate::command) const COMMANDS: &[Command] = &[
    command(
        "dialplan add extension",
        "<exten>[/<caller>],<priority>,<application>[(<data>)] into <context> [replace]",
        "Puts a step into an extension",
        &[
            Source::Words(&[]),
            INTO,
            Source::Contexts,
            Source::Words(&["replace"]),
        ],
        |cx, args| Box::pin(add_extension(cx, args)),
    ),
    command(
        "dialplan add include",
        "<context> into <context>",
        "Has a context include another",
        &[Source::Contexts, INTO, Source::Contexts],
        |cx, args| Box::pin(add_include(cx, args)),
    ),
    command(
        "dialplan add ignorepat",
        "<pattern> into <context>",
        "Lets the dial tone go on after a number",
        &[Source::Words(&[]), INTO, Source::Contexts],
        |cx, args| Box::pin(add_ignore_pattern(cx, args)),
    ),
    command(
        "dialplan remove extension",
        "<exten>[/<caller>]@<context> [<priority>]",
        "Removes an extension, or a step of it",
        &[],
        |cx, args| Box::pin(remove_extension(cx, args)),
    ),
    command(
        "dialplan remove include",
        "<context> from <context>",
        "Ends an inclusion",
        &[Source::Contexts, FROM, Source::Contexts],
        |cx, args| Box::pin(remove_include(cx, args)),
    ),
    command(
        "dialplan remove ignorepat",
        "<pattern> from <context>",
        "Ends the dial tone after a number",
        &[Source::Words(&[]), FROM, Source::Contexts],
        |cx, args| Box::pin(remove_ignore_pattern(cx, args)),
    ),
    command(
        "dialplan remove context",
        "<context>",
        "Removes a context with all it holds",
        &[Source::Contexts],
        |cx, args| Box::pin(remove_context(cx, args)),
    ),
];

async fn add_extension(cx: &Cx, args: &Args<'_>) -> Answer {
    let (step, context, replace) = match args.rest() {
        [step, into, context] if is(into, "into") => (step, context, false),
        [step, into, context, word] if is(into, "into") && is(word, "replace") => {
            (step, context, true)
        }
        _ => return Answer::Usage,
    };
    let mut parts = step.splitn(3, ',').map(str::trim);
    let (Some(name), Some(priority), Some(application)) =
        (parts.next(), parts.next(), parts.next())
    else {
        return Answer::Usage;
    };
    let Some(priority) = read_priority(priority) else {
        return Answer::Usage;
    };
    let (exten, caller) = read_exten(name);
    let (application, data) = match application.split_once(['(', ',']) {
        _ if priority == Priority::Hint => (application, ""),
        Some((application, data)) => (application, data.strip_suffix(')').unwrap_or(data)),
        None => (application, ""),
    };
    let done = format!(
        "Extension '{name},{priority},{application}({data})' added into '{context}' context\n"
    );
    let (exten, caller) = (exten.to_owned(), caller.map(str::to_owned));
    let (application, data) = (application.to_owned(), data.to_owned());
    let into = context.clone();
    let edit = move |plan: &mut Plan| {
        let registrar: Arc<str> = PBX_CONFIG.into();
        plan.add_context(&into, &registrar);
        let step = NewStep {
            exten: &exten,
            caller: caller.as_deref(),
            priority,
            label: None,
            application: &application,
            data: &data,
            registrar: &registrar,
            source: None,
        };
        plan.add_extension(&into, &step, replace)
    };
    answer(
        cx,
        edit,
        |_| done,
        |why| format!("The extension was not added: {why}\n"),
    )
    .await
}

async fn remove_extension(cx: &Cx, args: &Args<'_>) -> Answer {
    let (place, priority) = match args.rest() {
        [place] => (place, None),
        [place, priority] => match read_priority(priority) {
            Some(priority) => (place, Some(priority)),
            None => return Answer::Usage,
        },
        _ => return Answer::Usage,
    };
    let Some((name, context)) = place.split_once('@') else {
        return Answer::Usage;
    };
    let (exten, caller) = read_exten(name);
    let (exten, caller) = (exten.to_owned(), caller.map(str::to_owned));
    let from = context.to_owned();
    let edit =
        move |plan: &mut Plan| plan.remove_extension(&from, &exten, caller.as_deref(), priority);
    let done = match priority {
        Some(priority) => format!("Extension {place} with priority {priority} removed\n"),
        None => format!("Whole extension {place} removed\n"),
    };
    answer(
        cx,
        edit,
        |_| done,
        |_| format!("Failed to remove extension {place}\n"),
    )
    .await
}

async fn add_include(cx: &Cx, args: &Args<'_>) -> Answer {
    let Some((include, context)) = pair(args, "into") else {
        return Answer::Usage;
    };
    let (what, into) = (include.clone(), context.clone());
    let edit = move |plan: &mut Plan| {
        let registrar: Arc<str> = PBX_CONFIG.into();
        plan.add_context(&into, &registrar);
        plan.add_include(&into, &what, &registrar)
    };
    let done = format!("Context '{include}' included in '{context}' context\n");
    answer(
        cx,
        edit,
        |()| done,
        |why| match why {
            EditError::IncludeExists => {
                format!("Context '{include}' already included in '{context}' context\n")
            }
            why => format!("Failed to include '{include}' in '{context}' context: {why}\n"),
        },
    )
    .await
}

async fn remove_include(cx: &Cx, args: &Args<'_>) -> Answer {
    let Some((include, context)) = pair(args, "from") else {
        return Answer::Usage;
    };
    let (what, from) = (include.clone(), context.clone());
    let done = format!("We are not including '{include}' into '{context}' now\n");
    let failed = format!("Failed to remove '{include}' include from '{context}' context\n");
    answer(
        cx,
        move |plan: &mut Plan| plan.remove_include(&from, &what),
        |()| done,
        |_| failed,
    )
    .await
}

async fn add_ignore_pattern(cx: &Cx, args: &Args<'_>) -> Answer {
    let Some((pattern, context)) = pair(args, "into") else {
        return Answer::Usage;
    };
    let (what, into) = (pattern.clone(), context.clone());
    let edit = move |plan: &mut Plan| plan.add_ignore_pattern(&into, &what, &PBX_CONFIG.into());
    let done = format!("Ignore pattern '{pattern}' added into '{context}' context\n");
    answer(
        cx,
        edit,
        |()| done,
        |why| match why {
            EditError::NoContext => format!("There is no existence of '{context}' context\n"),
            why => format!(
                "Failed to add ignore pattern '{pattern}' into '{context}' context: {why}\n"
            ),
        },
    )
    .await
}

async fn remove_ignore_pattern(cx: &Cx, args: &Args<'_>) -> Answer {
    let Some((pattern, context)) = pair(args, "from") else {
        return Answer::Usage;
    };
    let (what, from) = (pattern.clone(), context.clone());
    let done = format!("Ignore pattern '{pattern}' removed from '{context}' context\n");
    let failed = format!("Failed to remove ignore pattern '{pattern}' from '{context}' context\n");
    answer(
        cx,
        move |plan: &mut Plan| plan.remove_ignore_pattern(&from, &what),
        |()| done,
        |_| failed,
    )
    .await
}

async fn remove_context(cx: &Cx, args: &Args<'_>) -> Answer {
    let [context] = args.rest() else {
        return Answer::Usage;
    };
    let name = context.clone();
    let done = format!("Removing context '{context}'\n");
    let failed = format!("There is no existence of '{context}' context\n");
    answer(
        cx,
        move |plan: &mut Plan| plan.remove_context(&name),
        |()| done,
        |_| failed,
    )
    .await
}

/// Has the engine make a change, and says what came of it.
async fn answer<T: Send + 'static>(
    cx: &Cx,
    edit: impl FnOnce(&mut Plan) -> Result<T, EditError> + Send + 'static,
    done: impl FnOnce(T) -> String,
    failed: impl FnOnce(EditError) -> String,
) -> Answer {
    match cx
        .ask(|reply| Request::EditPlan(PlanEdit::new(edit, reply)))
        .await
    {
        Some(Ok(value)) => Answer::Done(done(value)),
        Some(Err(why)) => Answer::Failed(failed(why)),
        None => Answer::ended(),
    }
}

/// The two things around `into` or `from`.
fn pair<'a>(args: &Args<'a>, between: &str) -> Option<(&'a String, &'a String)> {
    match args.rest() {
        [one, word, two] if is(word, between) => Some((one, two)),
        _ => None,
    }
}

fn is(word: &str, expected: &str) -> bool {
    word.eq_ignore_ascii_case(expected)
}

fn read_priority(text: &str) -> Option<Priority> {
    match text {
        "hint" => Some(Priority::Hint),
        number => number
            .parse()
            .ok()
            .filter(|number| *number > 0)
            .map(Priority::Number),
    }
}

fn read_exten(text: &str) -> (&str, Option<&str>) {
    text.split_once('/')
        .map_or((text, None), |(exten, caller)| (exten, Some(caller)))
}
