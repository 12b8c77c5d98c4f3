use super::*;
use crate::script::pattern::Mode;
use crate::script::testing;
use crate::script::timespec::Moment;

fn plan(text: &str) -> Plan {
    let (plan, problems) = testing::plan(text);
    assert!(problems.is_empty(), "{problems:?}");
    plan
}

/// The data of the step that runs first.
fn runs<'p>(plan: &'p Plan, context: &str, exten: &str, caller: Option<&str>) -> Option<&'p str> {
    let query = Query {
        context,
        exten,
        caller,
        moment: &Moment::utc(0),
    };
    plan.find(&query, 1.into()).map(|found| &*found.step.data)
}

/// Every line of the recorded numbers: what is dialled, by whom, and the pattern that it ran.
#[test]
fn every_recorded_number_finds_its_pattern() {
    let plan = plan(include_str!("../../../testdata/patterns.conf"));
    let recorded = include_str!("../../../testdata/patterns.tsv");
    assert_eq!(recorded.lines().count(), 71);
    for line in recorded.lines() {
        let [dialled, caller, matched] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("three columns: {line}");
        };
        let expected = (!matched.is_empty()).then(|| format!("M={matched}"));
        let caller = (!caller.is_empty()).then_some(caller);
        assert_eq!(
            runs(&plan, "pat", dialled, caller),
            expected.as_deref(),
            "{line}"
        );
    }
}

#[test]
fn callers_and_includes_decide_too() {
    let plan = plan(include_str!("../../../testdata/patterns.conf"));
    assert_eq!(
        runs(&plan, "pat-inc", "612", Some("5551000")),
        Some("M=cid")
    );
    assert_eq!(
        runs(&plan, "pat-inc", "612", Some("555-1000")),
        Some("M=cid")
    );
    assert_eq!(
        runs(&plan, "pat-inc", "612", Some("5551001")),
        Some("M=nocid")
    );
    assert_eq!(runs(&plan, "pat-inc", "612", None), Some("M=nocid"));
    assert_eq!(runs(&plan, "nowhere", "612", None), None);
}

const NESTED: &str = "
[a]
exten => 1,1,NoOp(a)
exten => _2X,1,NoOp(wide)
exten => 25/_9X,1,NoOp(caller)
exten => 25/,1,NoOp(nobody)
include => b
include => day,09:00-17:00,*,*,*
[b]
exten => 3,1(start),NoOp(b)
exten => 3,n(next),NoOp(second)
exten => _X,2,NoOp(two)
include => a
[day]
exten => 4,1,NoOp(day)
ignorepat => 9
ignorepat => _8X
";

#[test]
fn includes_may_go_round_and_have_their_times() {
    let plan = plan(NESTED);
    assert_eq!(runs(&plan, "a", "3", None), Some("b"));
    assert_eq!(runs(&plan, "b", "1", None), Some("a"));
    assert_eq!(runs(&plan, "a", "5", None), None);
    let at = |hour: u64| Moment::utc(hour * 3_600_000_000);
    let fits = |hour| {
        let query = Query {
            context: "a",
            exten: "4",
            caller: None,
            moment: &at(hour),
        };
        plan.fits(&query, 1, Mode::Exact)
    };
    assert_eq!((fits(8), fits(9), fits(18)), (false, true, false));
    assert!(plan.ignores("day", "9") && plan.ignores("day", "85"));
    assert!(!plan.ignores("day", "99") && !plan.ignores("a", "9") && !plan.ignores("none", "9"));
}

#[test]
fn callers_without_a_number_have_extensions_too() {
    let plan = plan(NESTED);
    assert_eq!(runs(&plan, "a", "25", Some("91")), Some("caller"));
    assert_eq!(runs(&plan, "a", "25", None), Some("nobody"));
    assert_eq!(runs(&plan, "a", "25", Some("")), Some("nobody"));
    assert_eq!(runs(&plan, "a", "25", Some("5")), Some("wide"));
}

#[test]
fn an_extension_without_the_step_leaves_it_to_the_next() {
    let plan = plan(NESTED);
    let query = Query {
        context: "a",
        exten: "1",
        caller: None,
        moment: &Moment::utc(0),
    };
    let found = plan.find(&query, 2.into()).unwrap();
    assert_eq!((&*found.context.name, &*found.extension.name), ("b", "_X"));
    assert!(plan.find(&query, 3.into()).is_none());
    let query = Query {
        exten: "3",
        ..query
    };
    assert_eq!(plan.find_label(&query, "next"), Some(2));
    assert_eq!(plan.find_label(&query, "other"), None);
}

#[test]
fn more_digits_may_be_waited_for() {
    let plan = plan(
        "[a]\nexten => 100,1,NoOp()\nexten => 1005,1,NoOp()\nexten => _20X,1,NoOp()\nexten => _3!,1,NoOp()\n\
         exten => 30000,1,NoOp()",
    );
    for (dialled, exact, can, more) in [
        ("1", false, true, true),
        ("100", true, true, true),
        ("1005", true, true, false),
        ("1006", false, false, false),
        ("1-00", true, true, true),
        ("2", false, true, true),
        ("200", true, true, false),
        ("3", true, true, true),
        ("31", true, true, false),
        ("", false, true, true),
    ] {
        let query = Query {
            context: "a",
            exten: dialled,
            caller: None,
            moment: &Moment::utc(0),
        };
        let fits = [Mode::Exact, Mode::Can, Mode::More].map(|mode| plan.fits(&query, 1, mode));
        assert_eq!(fits, [exact, can, more], "{dialled:?}");
    }
}

#[test]
fn a_long_chain_of_includes_ends() {
    let chain: String = (0..200)
        .map(|at| format!("[c{at}]\ninclude => c{}\n", at + 1))
        .collect();
    let plan = plan(&(chain + "[c200]\nexten => 1,1,NoOp(end)"));
    assert_eq!(runs(&plan, "c100", "1", None), Some("end"));
    assert_eq!(runs(&plan, "c0", "1", None), None);
}

fn step<'a>(exten: &'a str, priority: u32, data: &'a str, registrar: &'a Arc<str>) -> NewStep<'a> {
    NewStep {
        exten,
        caller: None,
        priority: Priority::Number(priority),
        label: None,
        application: "NoOp",
        data,
        registrar,
        source: None,
    }
}

#[test]
fn steps_are_added_replaced_and_removed() {
    let by: Arc<str> = PBX_CONFIG.into();
    let mut plan = Plan::new();
    assert_eq!(
        plan.add_extension("a", &step("5", 1, "", &by), false),
        Err(EditError::NoContext)
    );
    plan.add_context("a", &by);
    assert_eq!(
        plan.add_extension("a", &step("", 1, "", &by), false),
        Err(EditError::NoName)
    );
    assert_eq!(
        plan.add_extension("a", &step("5", 0, "", &by), false),
        Err(EditError::NoPriority)
    );
    assert_eq!(
        plan.add_extension("a", &step("_[5", 1, "", &by), false),
        Err(EditError::UnclosedBracket)
    );
    assert_eq!(
        plan.add_extension("a", &step("5", 1, "one", &by), false),
        Ok(())
    );
    assert_eq!(
        plan.add_extension("a", &step("5", 1, "two", &by), false),
        Err(EditError::StepExists)
    );
    assert_eq!(runs(&plan, "a", "5", None), Some("one"));

    let before = plan.clone();
    assert_eq!(
        plan.add_extension("a", &step("5", 1, "two", &by), true),
        Ok(())
    );
    assert_eq!(
        plan.add_extension("a", &step("5", 2, "more", &by), false),
        Ok(())
    );
    assert_eq!(runs(&plan, "a", "5", None), Some("two"));
    assert_eq!(runs(&before, "a", "5", None), Some("one"));

    let one = Some(Priority::Number(1));
    assert_eq!(plan.remove_extension("a", "5", None, one), Ok(1));
    assert_eq!(
        plan.remove_extension("a", "5", None, one),
        Err(EditError::NoExtension)
    );
    assert_eq!(plan.remove_extension("a", "5", None, None), Ok(1));
    assert_eq!(
        plan.remove_extension("a", "5", None, None),
        Err(EditError::NoExtension)
    );
    assert_eq!(
        plan.remove_extension("b", "5", None, None),
        Err(EditError::NoContext)
    );
    assert_eq!(plan.context("a").unwrap().extensions().count(), 0);
}

#[test]
fn variants_for_callers_are_removed_one_by_one_or_together() {
    let mut plan = plan(NESTED);
    assert_eq!(plan.remove_extension("a", "25", Some("_9X"), None), Ok(1));
    assert_eq!(plan.remove_extension("a", "25", None, None), Ok(1));
    assert_eq!(plan.remove_extension("a", "_2X", None, None), Ok(1));
}

#[test]
fn includes_and_the_rest_are_edited() {
    let by: Arc<str> = PBX_CONFIG.into();
    let mut plan = plan(NESTED);
    assert_eq!(
        plan.add_include("a", "b", &by),
        Err(EditError::IncludeExists)
    );
    assert_eq!(plan.add_include("a", "b|*|mon|*|*", &by), Ok(()));
    assert!(matches!(
        plan.add_include("a", "b,*,monday", &by),
        Err(EditError::Times(_))
    ));
    assert_eq!(plan.remove_include("a", "b,*|mon|*|*"), Ok(()));
    assert_eq!(plan.remove_include("a", "b"), Ok(()));
    assert_eq!(plan.remove_include("a", "b"), Err(EditError::NoInclude));
    assert_eq!(plan.add_ignore_pattern("a", "9", &by), Ok(()));
    assert_eq!(
        plan.add_ignore_pattern("a", "9", &by),
        Err(EditError::IgnorePatternExists)
    );
    assert_eq!(plan.remove_ignore_pattern("a", "9"), Ok(()));
    assert_eq!(
        plan.remove_ignore_pattern("a", "9"),
        Err(EditError::NoIgnorePattern)
    );
    assert_eq!(plan.remove_context("b"), Ok(()));
    assert_eq!(plan.remove_context("b"), Err(EditError::NoContext));
    assert!(
        plan.context("day")
            .is_some_and(|context| &**context.name() == "day")
    );
}

#[test]
fn a_registrar_leaves_with_all_it_brought() {
    let other: Arc<str> = "res_parking".into();
    let mut plan = plan(NESTED);
    plan.add_context("parked", &other);
    plan.add_extension("parked", &step("700", 1, "", &other), false)
        .unwrap();
    plan.add_extension("a", &step("700", 1, "", &other), false)
        .unwrap();
    plan.remove_registrar("res_parking");
    assert!(plan.context("parked").is_none());
    assert_eq!(runs(&plan, "a", "700", None), None);
    assert_eq!(runs(&plan, "a", "1", None), Some("a"));
    plan.remove_registrar(PBX_CONFIG);
    assert_eq!(plan.contexts().len(), 0);
}

#[test]
fn what_is_saved_reads_back() {
    let text = include_str!("../../../testdata/extensions.conf");
    let first = plan(text);
    let saved = first.to_conf();
    let second = plan(&saved);
    assert_eq!(second.to_conf(), saved);
    assert_eq!(first.globals, second.globals);
    assert_eq!(first.general, second.general);
    assert_eq!(first.contexts().len(), second.contexts().len());
    assert!(saved.contains("exten => 6001,hint,PJSIP/6001\n"), "{saved}");
    assert!(
        saved.contains("exten => 115,3(loop),Set(i=$[${i} + 1])\n"),
        "{saved}"
    );
    assert!(
        plan(NESTED)
            .to_conf()
            .contains("include => day,09:00-17:00,*,*,*\n")
    );
}
