use crate::script::plan::*;
use crate::script::testing::plan;

fn steps(plan: &Plan, context: &str, exten: &str, caller: Option<&str>) -> Vec<String> {
    let extension = plan
        .context(context)
        .unwrap()
        .extension(exten, caller)
        .unwrap();
    let text = |step: &Step| {
        let label = step
            .label
            .as_deref()
            .map(|label| format!("({label})"))
            .unwrap_or_default();
        format!(
            "{}{label} {}[{}]",
            step.priority, step.application, step.data
        )
    };
    extension.steps().iter().map(text).collect()
}

#[test]
fn priorities_count_and_have_labels() {
    let (plan, problems) = plan(
        "[a]
        exten => 1,1,One()
        same => n,Two(x,y)
        same => n(three),Three
        same => n+2(six),Six(a)
        same => s+10,Far,data,more
        exten => 2,n,Goes(on)
        exten => 1,three+100,Label()
        exten => 1,n(x)+5,Other side()
        exten => 3,hint,PJSIP/3&Custom:x,y
        exten => 3,1,Dial(PJSIP/3,20,tT(a)b)",
    );
    assert_eq!(problems, []);
    assert_eq!(
        steps(&plan, "a", "1", None),
        [
            "1 One[]",
            "2 Two[x,y]",
            "3(three) Three[]",
            "6(six) Six[a]",
            "16 Far[data,more]",
            "103 Label[]",
            "109(x) Other side[]",
        ]
    );
    assert_eq!(steps(&plan, "a", "2", None), ["17 Goes[on]"]);
    assert_eq!(
        steps(&plan, "a", "3", None),
        ["hint PJSIP/3&Custom:x,y[]", "1 Dial[PJSIP/3,20,tT(a)b]"]
    );
}

#[test]
fn data_is_kept_as_it_is_written() {
    let (plan, _) = plan("[a]\nexten => 1,1,Set(X=\"a\\,b)c\" ${LEN(x)})trailing");
    assert_eq!(
        steps(&plan, "a", "1", None),
        ["1 Set[X=\"a\\,b)c\" ${LEN(x)}]"]
    );
}

#[test]
fn wrong_lines_are_reported_and_the_rest_counts() {
    let (plan, problems) = plan(
        "[general]
        static = yes
        nonsense = 1
        [a]
        same => n,Early()
        exten => 1
        exten => 1,1
        exten => 1,x,NoOp()
        exten => 1,n,NoOp()
        exten => 1,n+x,NoOp()
        exten => 1,0,NoOp()
        exten => 1,1,NoOp(
        exten => 1,1(label,NoOp()
        exten => _[1,1,NoOp()
        exten => 1,1,
        exten => ,1,NoOp()
        include => b,25:00-26:00,*,*,*
        bananas => yes
        exten => 1,1,Fine()
        exten => 1,1,Again()
        include => b
        include => b",
    );
    assert_eq!(steps(&plan, "a", "1", None), ["1 Fine[]"]);
    assert!(plan.general.is_static);
    let lines: Vec<u32> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(
        lines,
        [3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 22],
        "{problems:#?}"
    );
    assert!(problems.iter().any(|problem| {
        problem.to_string() == "extensions.conf:20: extension \"1\" has priority 1 already"
    }));
}

#[test]
fn globals_are_filled_in() {
    let (plan, problems) = plan(
        "[a]
        exten => ${PREFIX}1,1,NoOp(${PREFIX})
        exten => 2/${PREFIX},1,NoOp()
        [globals]
        PREFIX = 55
        LONG => ${PREFIX}00-${ENV(SITE)}
        PREFIX2 = $[${PREFIX} + 1]
        BAD = ${LEN(x)}",
    );
    let globals = [
        ("PREFIX", "55"),
        ("LONG", "5500-north"),
        ("PREFIX2", "56"),
        ("BAD", ""),
    ];
    let globals: Vec<_> = globals
        .iter()
        .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
        .collect();
    assert_eq!(plan.globals, globals);
    assert_eq!(steps(&plan, "a", "551", None), ["1 NoOp[${PREFIX}]"]);
    assert_eq!(problems.len(), 1);
}

#[test]
fn switches_and_sources_are_kept() {
    let (plan, problems) = plan(
        "[a]\nswitch => Loopback/b\neswitch => Loopback/${X}\nlswitch => Realtime/\nexten => 1,1,NoOp()\n\
         switch => Loopback/b",
    );
    let switches = plan.context("a").unwrap().switches();
    assert_eq!(
        switches
            .iter()
            .map(|s| (&*s.data, s.evaluate))
            .collect::<Vec<_>>(),
        [("b", false), ("${X}", true), ("", false)]
    );
    assert_eq!(problems.len(), 1);
    let step = &plan
        .context("a")
        .unwrap()
        .extension("1", None)
        .unwrap()
        .steps()[0];
    let source = step.source.as_ref().unwrap();
    assert_eq!((&*source.file, source.line), ("extensions.conf", 5));
}

#[test]
fn names_that_differ_in_hyphens_are_one() {
    let (plan, problems) = plan("[a]\nexten => 555-1234,1,NoOp(a)\nexten => 5551234,2,NoOp(b)");
    assert_eq!(problems, []);
    assert_eq!(
        steps(&plan, "a", "5551234", None),
        ["1 NoOp[a]", "2 NoOp[b]"]
    );
}
