//! Commands against a daemon of pretence, with the text that scripts parse.

mod pjsip;
mod pretence;
mod sound;

use std::sync::Arc;

use crate::{Cx, complete, run};
use pretence::Pretence;

fn with<T>(work: impl AsyncFnOnce(&Cx) -> T) -> T {
    let cx = Cx::new(Arc::new(Pretence::new()));
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(work(&cx))
}

fn say(line: &str) -> String {
    with(async |cx| run(cx, line).await.text)
}

fn succeeds(line: &str) -> bool {
    with(async |cx| run(cx, line).await.success)
}

fn candidates(line: &str) -> Vec<String> {
    with(async |cx| complete(cx, line).await.candidates)
}

#[test]
fn an_unknown_command_hints_one_word_past_the_mistake() {
    assert_eq!(
        say("no such command"),
        "No such command 'no such command' (type 'core show help no such' for other possible commands)\n"
    );
    assert!(!succeeds("no such command"));
    assert!(say("core shw channels").contains("(type 'core show help core shw channels' for"));
    assert!(say("core").starts_with("No such command 'core' (type 'core show help core' for"));
    assert_eq!(say("   "), "");
}

#[test]
fn wrong_arguments_show_how_the_command_is_typed() {
    assert!(
        say("core show channels nonsense")
            .starts_with("Usage: core show channels [concise|verbose|count]\n")
    );
    assert!(!succeeds("database get one"));
}

#[test]
fn manager_users() {
    assert_eq!(
        say("manager show users"),
        "\nusername\n--------\nadmin\nwatcher\n-------------------\n2 manager users configured.\n"
    );
    assert_eq!(
        say("manager show user admin"),
        "\n          username: admin\n            secret: <Set>\n               ACL: no\n         read perm: \
         system,call,log,verbose,command,agent,user,config,dtmf,reporting,cdr,dialplan,originate,agi,cc,aoc,\
         test,security,message,all\n        write perm: call,reporting,all\n   displayconnects: yes\n\
         allowmultiplelogin: yes\n         Variables: \n"
    );
}

#[test]
fn the_dialplan() {
    assert_eq!(
        say("dialplan show 101@default"),
        "[ Context 'default' created by 'pbx_config' ]\n  \
         '101' =>          1. Answer()                                   [extensions.conf:2]\n                    \
         2. Wait(600)                                  [extensions.conf:3]\n\n\
         -= 1 extension (2 priorities) in 1 context. =-\n"
    );
    assert!(say("dialplan show 2005@default").contains("'_2XXX' =>        1. NoOp()"));
    assert!(say("dialplan show default").contains("  Include =>        'parked'"));
    assert!(say("dialplan show default").contains("  '7000' =>         hint: Custom:lamp1"));
    assert_eq!(
        say("dialplan show 5@default"),
        "There is no existence of '5@default' extension\nCommand 'dialplan show 5@default' failed.\n"
    );
    assert!(
        say("dialplan show nowhere").starts_with("There is no existence of 'nowhere' context\n")
    );
}

#[test]
fn the_dialplan_edited() {
    with(async |cx| {
        let add = "dialplan add extension 300,1,Playback(a,b) into sales";
        assert_eq!(
            run(cx, add).await.text,
            "Extension '300,1,Playback(a,b)' added into 'sales' context\n"
        );
        assert!(!run(cx, add).await.success);
        assert!(
            run(cx, "dialplan show 300@sales")
                .await
                .text
                .contains("1. Playback(a,b)")
        );
        assert_eq!(
            run(cx, "dialplan remove extension 300@sales").await.text,
            "Whole extension 300@sales removed\n"
        );
        assert!(!run(cx, "dialplan remove extension 300@sales").await.success);
    });
}

#[test]
fn the_key_database() {
    assert_eq!(
        say("database show"),
        "/pbx/UUID                                         : 34f25826-7477-4a2e-8d3b-e8fd65b7622d\n\
         1 results found.\n"
    );
    with(async |cx| {
        assert_eq!(
            run(cx, r#"database put a b "c d""#).await.text,
            "Updated database successfully\n"
        );
        assert_eq!(run(cx, "database get a b").await.text, "Value: c d\n");
        assert_eq!(
            run(cx, "database del a b").await.text,
            "Database entry removed.\n"
        );
        assert_eq!(
            run(cx, "database get a b").await.text,
            "Database entry not found.\n"
        );
    });
}

#[test]
fn channels() {
    assert_eq!(say("core show channels concise"), "");
    assert_eq!(
        say("core show channels"),
        "Channel              Location             State   Application(Data)             \n\
         0 active channels\n0 active calls\n3 calls processed\n"
    );
    assert_eq!(
        say("core show channel Local/x"),
        "Local/x is not a known channel\n"
    );
}

#[test]
fn what_is_not_there_is_said_as_scripts_look_for_it() {
    assert!(
        say("core show application nothing")
            .starts_with("Your application(s) is (are) not registered\n")
    );
    assert!(
        say("core show function NOTHING").starts_with("No function by that name registered.\n")
    );
    assert!(say("core show application playback").contains("[Synopsis]\nPlays a file"));
    assert!(say("module show like app_pla").ends_with("1 modules loaded\n"));
    assert!(say("module show like app_queue").ends_with("0 modules loaded\n"));
}

#[test]
fn hints() {
    assert_eq!(
        say("core show hints"),
        "\n    -= Registered Asterisk Dial Plan Hints =-\n\
         7000@default                  : Custom:lamp1                                                  \
         State:Idle            Presence:not_set         Watchers  1\n----------------\n- 1 hints registered\n"
    );
}

#[test]
fn uptime_and_boot() {
    assert_eq!(
        say("core show uptime seconds"),
        "System uptime: 16\nLast reload: 6\n"
    );
    assert_eq!(say("core waitfullybooted"), "Asterisk has fully booted.\n");
    assert_eq!(
        say("core set verbose 3"),
        "Console verbose was OFF and is now 3.\n"
    );
}

#[test]
fn lines_complete_word_by_word() {
    assert_eq!(candidates("man"), ["manager"]);
    assert_eq!(
        candidates("core show ch"),
        ["channel", "channels", "channeltype", "channeltypes"]
    );
    assert_eq!(
        candidates("core show channels "),
        ["concise", "count", "verbose"]
    );
    assert_eq!(candidates("manager show user a"), ["admin"]);
    assert_eq!(
        candidates("dialplan show "),
        ["chanvar", "default", "globals", "parked"]
    );
    assert_eq!(
        candidates("module load APP_"),
        ["app_playback.so", "app_queue.so"]
    );
    assert!(candidates("nonsense ").is_empty());
}

#[test]
fn help_lists_what_begins_so() {
    assert!(
        say("help manager")
            .lines()
            .all(|line| line.contains("manager "))
    );
    assert_eq!(
        say("help database ge"),
        "                  database get -- The value of a key\n"
    );
    assert!(say("core show help database get").starts_with("Usage: database get <family> <key>\n"));
    assert!(say("help nonsense").starts_with("No such command 'nonsense'.\n"));
}

#[test]
fn every_command_is_declared_once_and_finds_itself() {
    let mut seen = std::collections::BTreeSet::new();
    with(async |cx| {
        for command in crate::command::COMMANDS
            .iter()
            .flat_map(|family| family.iter())
        {
            assert!(
                seen.insert(command.words),
                "{} is declared twice",
                command.words
            );
            assert!(
                !command.summary.is_empty() && !command.summary.ends_with('.'),
                "{}",
                command.words
            );
            let typed: Vec<String> = command
                .words
                .split(' ')
                .map(|place| {
                    crate::resolve::alternatives(place)
                        .0
                        .next()
                        .unwrap()
                        .to_owned()
                })
                .collect();
            let (found, fixed) = crate::resolve::find(cx, &typed).unwrap();
            assert_eq!((found.words, fixed), (command.words, typed.len()));
        }
    });
}
