use super::Bench;

/// What the first call of a dialplan set the variable R to, one value after the other.
fn results(lines: &str) -> Vec<String> {
    let (bench, _) = Bench::with_call(lines);
    results_of(&bench)
}

fn results_of(bench: &Bench) -> Vec<String> {
    let set = bench.ran("Set").into_iter();
    set.filter_map(|data| data.strip_prefix("R=").map(str::to_owned))
        .collect()
}

#[test]
fn goto_reaches_numbers_labels_and_contexts() {
    let lines = "exten => s,1,Goto(there)
        same => n,Set(R=skipped)
        same => n(there),Set(R=label)
        same => n,Goto(+2)
        same => n,Set(R=skipped)
        same => n,Goto(other,x,1)
        [other]
        exten => x,1,Set(R=context)
        same => n,Goto(default,nowhere,7)";
    assert_eq!(results(lines), ["label", "context"]);
}

#[test]
fn gotoif_takes_a_branch_or_the_next_step() {
    let lines = "exten => s,1,GotoIf($[1 = 1]?yes:no)
        same => n(no),Set(R=no)
        same => n,Hangup()
        same => n(yes),Set(R=yes)
        same => n,GotoIf(0?no)
        same => n,Set(R=next)
        same => n,GotoIf(?:last)
        same => n,Hangup()
        same => n(last),Set(R=last)";
    assert_eq!(results(lines), ["yes", "next", "last"]);
}

#[test]
fn gotoiftime_and_execiftime_know_the_clock() {
    // The clock stands at 2027-01-15 08:00 UTC, a Friday.
    let lines = "exten => s,1,GotoIfTime(8:00-9:00,fri,15,jan?open:closed)
        same => n(closed),Set(R=closed)
        same => n,Hangup()
        same => n(open),Set(R=open)
        same => n,GotoIfTime(*,mon,*,*?closed)
        same => n,ExecIfTime(*,fri,*,*?Set(R=friday))
        same => n,ExecIfTime(*,*,2,*?Set(R=second))
        same => n,GotoIfTime(nonsense?closed)
        same => n,Set(R=end)";
    assert_eq!(results(lines), ["open", "friday", "end"]);
}

#[test]
fn execif_runs_one_of_two() {
    let lines = "exten => s,1,ExecIf(1?Set(R=a:b):Set(R=c))
        same => n,ExecIf(0?Set(R=a):Set(R=d))
        same => n,ExecIf(0?Set(R=a))
        same => n,ExecIf(1?NoSuchApp(x))
        same => n,Set(R=unreached)";
    let (bench, id) = Bench::with_call(lines);
    assert_eq!(results_of(&bench), ["a:b", "d"]);
    assert!(!bench.is_there(id));
}

#[test]
fn exec_fills_in_once_more_and_tryexec_goes_on() {
    let lines = "exten => s,1,Set(NAME=value)
        same => n,Set(TEXT=$\\{NAME})
        same => n,TryExec(Set(R=x))
        same => n,Set(R=${TRYSTATUS})
        same => n,TryExec(Hangup())
        same => n,Set(R=${TRYSTATUS})
        same => n,TryExec(NoSuchApp())
        same => n,Set(R=${TRYSTATUS})
        same => n,Exec(Set(R=last))
        same => n,Exec(NoSuchApp())
        same => n,Set(R=unreached)";
    assert_eq!(results(lines), ["x", "SUCCESS", "FAILED", "NOAPP", "last"]);
}

#[test]
fn applications_in_each_other_end_somewhere() {
    let deep = format!(
        "exten => s,1,{}NoOp(){}",
        "TryExec(".repeat(200),
        ")".repeat(200)
    );
    let (bench, id) = Bench::with_call(&deep);
    assert!(bench.warnings() > 0);
    assert!(bench.ran("NoOp").is_empty());
    assert!(!bench.is_there(id));
}

#[test]
fn loops_nest_and_are_left() {
    let lines = "exten => s,1,Set(i=0)
        same => n,While($[${i} < 2])
        same => n,Set(j=0)
        same => n,While(1)
        same => n,Set(j=$[${j} + 1])
        same => n,ExecIf($[${j} = 2]?ContinueWhile())
        same => n,ExecIf($[${j} > 3]?ExitWhile())
        same => n,Set(R=${i}${j})
        same => n,EndWhile()
        same => n,Set(i=$[${i} + 1])
        same => n,EndWhile()
        same => n,Set(R=end)
        same => n,While(0)
        same => n,Set(R=unreached)
        same => n,EndWhile()
        same => n,EndWhile()
        same => n,Set(R=last)";
    let (bench, _) = Bench::with_call(lines);
    assert_eq!(results_of(&bench), ["01", "03", "11", "13", "end", "last"]);
    assert_eq!(bench.warnings(), 1);
}

#[test]
fn conditions_nest() {
    let block = |a: u8, b: u8| {
        format!(
            "exten => s,1,If({a})
            same => n,If({b})
            same => n,Set(R=both)
            same => n,Else()
            same => n,Set(R=a)
            same => n,EndIf()
            same => n,ElseIf({b})
            same => n,Set(R=b)
            same => n,ExitIf()
            same => n,Set(R=unreached)
            same => n,Else()
            same => n,Set(R=none)
            same => n,EndIf()
            same => n,Set(R=end)"
        )
    };
    assert_eq!(results(&block(1, 1)), ["both", "end"]);
    assert_eq!(results(&block(1, 0)), ["a", "end"]);
    assert_eq!(results(&block(0, 1)), ["b", "end"]);
    assert_eq!(results(&block(0, 0)), ["none", "end"]);
}

#[test]
fn an_endless_loop_leaves_room_for_others() {
    let (mut bench, id) = Bench::with_call(
        "exten => s,1,While(1)
        same => n,EndWhile()
        exten => quick,1,Set(R=quick)",
    );
    bench.call("quick");
    assert_eq!(results_of(&bench), ["quick"]);
    bench.shared.borrow_mut().switch.soft_hangup(id, None);
    bench.seconds(1);
    assert!(!bench.is_there(id));
}

#[test]
fn waiting_takes_its_time() {
    let lines = "exten => s,1,Wait(1.5)
        same => n,Set(R=${EPOCH})
        same => n,WaitUntil(1800000010)
        same => n,Set(R=${EPOCH}${WAITUNTILSTATUS})
        same => n,WaitUntil(5)
        same => n,Set(R=${WAITUNTILSTATUS})
        same => n,WaitUntil(soon)
        same => n,Set(R=${WAITUNTILSTATUS})";
    let (mut bench, _) = Bench::with_call(lines);
    assert!(results_of(&bench).is_empty());
    bench.seconds(20);
    assert_eq!(
        results_of(&bench),
        ["1800000001", "1800000010OK", "PAST", "FAILURE"]
    );
}

#[test]
fn waitexten_takes_what_is_dialled() {
    let lines = "exten => s,1,Answer()
        same => n,WaitExten(30,m)
        exten => 12,1,Set(R=twelve)
        exten => i,1,Set(R=invalid ${INVALID_EXTEN})
        exten => t,1,Set(R=late)";
    let (mut bench, id) = Bench::with_call(lines);
    bench.digit(id, '1');
    bench.digit(id, '2');
    assert_eq!(results_of(&bench), ["twelve"]);

    let (mut bench, id) = Bench::with_call(lines);
    bench.digit(id, '1');
    bench.digit(id, '9');
    assert_eq!(results_of(&bench), ["invalid 19"]);

    let (mut bench, _) = Bench::with_call(lines);
    bench.seconds(29);
    assert!(results_of(&bench).is_empty());
    bench.seconds(2);
    assert_eq!(results_of(&bench), ["late"]);
}

#[test]
fn waitexten_goes_on_where_a_step_follows() {
    let lines = "exten => s,1,WaitExten(1)
        same => n,Set(R=next)
        exten => t,1,Set(R=late)";
    let (mut bench, _) = Bench::with_call(lines);
    bench.seconds(2);
    assert_eq!(results_of(&bench), ["next"]);

    let lines = "exten => s,1,WaitExten(1)
        exten => e,1,Set(R=${EXCEPTION(reason)})";
    let (mut bench, _) = Bench::with_call(lines);
    bench.seconds(2);
    assert_eq!(results_of(&bench), ["RESPONSETIMEOUT"]);
}

#[test]
fn waitdigit_reads_one() {
    let lines = "exten => s,1,WaitDigit(5,12)
        same => n,Set(R=${WAITDIGITSTATUS}${WAITDIGITRESULT})
        same => n,WaitDigit(5)
        same => n,Set(R=${WAITDIGITSTATUS})
        same => n,WaitDigit(soon)
        same => n,Set(R=${WAITDIGITSTATUS})";
    let (mut bench, id) = Bench::with_call(lines);
    bench.digit(id, '3');
    bench.digit(id, '2');
    bench.seconds(6);
    assert_eq!(results_of(&bench), ["DTMF2", "TIMEOUT", "ERROR"]);
}

#[test]
fn waitforcondition_looks_again() {
    let lines = "exten => s,1,WaitForCondition(#,#[#{EPOCH} > 1800000003],10)
        same => n,Set(R=${EPOCH}${WAITFORCONDITIONSTATUS})
        same => n,WaitForCondition(#,0,2,1)
        same => n,Set(R=${WAITFORCONDITIONSTATUS})";
    let (mut bench, _) = Bench::with_call(lines);
    bench.seconds(10);
    assert_eq!(results_of(&bench), ["1800000004TRUE", "TIMEOUT"]);
}

#[test]
fn exceptions_reach_their_handler() {
    let lines = "exten => s,1,RaiseException(mine)
        exten => e,1,Set(R=${EXCEPTION(reason)} ${EXCEPTION(exten)} ${EXCEPTION(priority)})";
    assert_eq!(results(lines), ["mine s 1"]);
}

#[test]
fn incomplete_waits_for_more() {
    let lines = "exten => _1,1,Incomplete()
        exten => _12,1,Set(R=both)";
    let mut bench = Bench::new(lines);
    let id = bench.call("1");
    assert!(
        bench
            .shared
            .borrow()
            .switch
            .view(id)
            .is_some_and(|view| view.answered.is_some())
    );
    bench.digit(id, '2');
    assert_eq!(results_of(&bench), ["both"]);
}

#[test]
fn channelredirect_sends_another_channel() {
    let lines = "exten => victim,1,Wait(100)
        exten => s,1,ChannelRedirect(Test/phone-00000000,elsewhere,1)
        same => n,Set(R=${CHANNELREDIRECT_STATUS})
        same => n,ChannelRedirect(Test/nobody,elsewhere,1)
        same => n,Set(R=${CHANNELREDIRECT_STATUS})
        exten => elsewhere,1,Wait(100)";
    let mut bench = Bench::new(lines);
    let victim = bench.call("victim");
    bench.call("s");
    assert_eq!(results_of(&bench), ["SUCCESS", "NOCHANNEL"]);
    assert_eq!(
        &*bench.shared.borrow().switch.view(victim).unwrap().exten,
        "elsewhere"
    );
}

#[test]
fn a_variable_comes_from_another_channel() {
    let lines = "exten => s,1,Set(COLOUR=blue)
        same => n,ImportVar(C=${CHANNEL},COLOUR)
        same => n,NoOp(${C})
        same => n,ImportVar(C=nobody,COLOUR)
        same => n,NoOp(<${C}>)";
    let (bench, _) = Bench::with_call(lines);
    assert_eq!(bench.ran("NoOp"), ["blue", "<>"]);
}
