use super::Bench;

#[test]
fn a_subroutine_has_arguments_and_a_value() {
    let lines = "exten => s,1,Gosub(sub,s,1(world,7))
        same => n,NoOp(${GOSUB_RETVAL} ${ARG1})
        [sub]
        exten => s,1,NoOp(greet ${ARG1} ${ARG2} of ${ARGC})
        same => n,Return(hello ${ARG1})";
    let (bench, _) = Bench::with_call(lines);
    assert_eq!(bench.ran("NoOp"), ["greet world 7 of 2", "hello world "]);
}

#[test]
fn gosubif_enters_one_of_two() {
    let lines = "exten => s,1,GosubIf(1?sub(yes):sub(no))
        same => n,GosubIf(0?sub(yes):sub(no))
        same => n,GosubIf(0?sub(yes))
        same => n,NoOp(end)
        same => n,Hangup()
        same => n(sub),NoOp(${ARG1})
        same => n,Return()";
    let (bench, _) = Bench::with_call(lines);
    assert_eq!(bench.ran("NoOp"), ["yes", "no", "end"]);
}

#[test]
fn stackpop_forgets_the_way_back() {
    let lines = "exten => s,1,Gosub(one,1)
        same => n,NoOp(back)
        exten => one,1,Gosub(two,1)
        same => n,NoOp(skipped)
        exten => two,1,StackPop()
        same => n,Return()";
    let (bench, _) = Bench::with_call(lines);
    assert_eq!(bench.ran("NoOp"), ["back"]);
}

#[test]
fn a_return_without_a_subroutine_ends_the_call() {
    let (bench, id) = Bench::with_call("exten => s,1,Return()\nsame => n,NoOp(unreached)");
    assert!(bench.ran("NoOp").is_empty());
    assert!(!bench.is_there(id));
}

#[test]
fn subroutines_without_end_do() {
    let (mut bench, id) = Bench::with_call("exten => s,1,Gosub(s,1)");
    bench.seconds(1);
    assert!(!bench.is_there(id));
    assert_eq!(bench.ran("Gosub").len(), switch::limits::SUBROUTINES + 1);
}
