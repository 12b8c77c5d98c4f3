//! Editing a file's text.

use crate::{Document, Edit, EditError};

const FILE: &str = "\
; who may come in
[general]
enabled = yes  ; always

; may watch
[watcher]
secret=1
read = call
read = reporting

; may call
[dialer]
secret => 2
";

/// The text after one step.
fn after(text: &str, edit: Edit<'_>) -> Result<String, EditError> {
    let mut document = Document::parse(text);
    let result = document.apply(&edit);
    if result.is_err() {
        assert_eq!(document.to_text(), text);
    }
    result.map(|()| document.to_text())
}

fn edit<'a>(action: &'a str, category: &'a str) -> Edit<'a> {
    Edit {
        action,
        category,
        ..Edit::default()
    }
}

fn update<'a>(category: &'a str, variable: &'a str, value: &'a str) -> Edit<'a> {
    Edit {
        variable,
        value,
        ..edit("Update", category)
    }
}

#[test]
fn errors_read_as_amis() {
    let fails = |edit| after(FILE, edit).unwrap_err().to_string();
    assert_eq!(fails(edit("NewCat", "")), "Category not specified");
    assert_eq!(fails(edit("Nonsense", "gone")), "Unknown action command");
    assert_eq!(
        fails(update("gone", "a", "b")),
        "Given category does not exist"
    );
    assert_eq!(
        fails(edit("DelCat", "gone")),
        "Given category does not exist"
    );
    assert_eq!(
        fails(edit("NewCat", "General")),
        "Create category did not complete successfully"
    );
    let inherit = Edit {
        options: "inherit=\"gone\"",
        ..edit("NewCat", "x")
    };
    assert_eq!(fails(inherit), "Template category not found");
    assert_eq!(
        fails(update("general", "gone", "b")),
        "Update did not complete successfully"
    );
    let gone = Edit {
        variable: "gone",
        ..edit("Delete", "general")
    };
    assert_eq!(fails(gone), "Delete did not complete successfully");
    let argument = "Problem with category, value, or line (if required)";
    assert_eq!(fails(update("general", "", "b")), argument);
    assert_eq!(fails(edit("RenameCat", "general")), argument);
    let insert = Edit {
        variable: "x",
        line: "first",
        ..edit("Insert", "general")
    };
    assert_eq!(fails(insert), argument);
}

#[test]
fn nothing_can_be_smuggled_in() {
    let line_end = update("general", "enabled", "no\nadmin = yes");
    assert_eq!(after(FILE, line_end), Err(EditError::Argument));
    let append = |variable| Edit {
        variable,
        ..edit("Append", "general")
    };
    assert_eq!(after(FILE, append("a=b")), Err(EditError::Argument));
    assert_eq!(after(FILE, append("a\n[x]\nb")), Err(EditError::Argument));
    assert_eq!(
        after(FILE, edit("NewCat", "a](!)\n[b")),
        Err(EditError::Argument)
    );
    assert_eq!(
        after(FILE, edit("NewCat", "a](x")),
        Err(EditError::Argument)
    );
}

#[test]
fn new_categories_come_last_or_before_another() {
    let end = after(FILE, edit("NewCat", "x")).unwrap();
    assert_eq!(end, format!("{FILE}\n[x]\n"));
    let before = after(
        FILE,
        Edit {
            matching: "dialer",
            ..edit("NewCat", "x")
        },
    )
    .unwrap();
    assert_eq!(before, FILE.replace("; may call", "[x]\n\n; may call"));
    assert_eq!(after("", edit("newcat", "x")).unwrap(), "[x]\n");
    assert_eq!(after("[a]", edit("NewCat", "x")).unwrap(), "[a]\n\n[x]\n");
    let twice = Edit {
        options: "allowdups",
        ..edit("NewCat", "dialer")
    };
    assert_eq!(after(FILE, twice).unwrap(), format!("{FILE}\n[dialer]\n"));
    let excused = Edit {
        options: "ignoreerror",
        ..edit("NewCat", "dialer")
    };
    assert_eq!(after(FILE, excused).unwrap(), FILE);
}

#[test]
fn new_categories_inherit() {
    let template = Edit {
        options: "template",
        ..edit("NewCat", "t")
    };
    let text = after("", template).unwrap();
    let item = Edit {
        options: "template,inherit=\"t,t\"",
        ..edit("NewCat", "u")
    };
    assert_eq!(after(&text, item).unwrap(), "[t](!)\n\n[u](!,t,t)\n");
    let ordinary = Edit {
        options: "inherit=general",
        ..edit("NewCat", "u")
    };
    assert_eq!(after(FILE, ordinary), Err(EditError::Template));
}

#[test]
fn renaming_takes_heirs_and_additions_along() {
    let text = "[a](!)\nx=1\n[b](!, a) ; from a\n[a](+)\ny=2\n[c](b,a)\n";
    let rename = Edit {
        value: "z;",
        options: "catfilter=\"TEMPLATES=include\"",
        ..edit("RenameCat", "a")
    };
    assert_eq!(
        after(text, rename).unwrap(),
        "[z\\;](!)\nx=1\n[b](!,z\\;) ; from a\n[z\\;](+)\ny=2\n[c](b,z\\;)\n"
    );
    // Two of one name: the second's addition would become the first's.
    let text = "[a]\n[b]\n[b](+)\nx=1\n";
    assert_eq!(
        after(
            text,
            Edit {
                value: "a",
                ..edit("RenameCat", "b")
            }
        ),
        Err(EditError::Argument)
    );
}

#[test]
fn deleting_a_category_takes_its_comment_and_nothing_else() {
    let text = after(FILE, edit("DelCat", "watcher")).unwrap();
    assert_eq!(
        text,
        FILE.replace(
            "; may watch\n[watcher]\nsecret=1\nread = call\nread = reporting\n\n",
            ""
        )
    );
    let text = after(FILE, edit("DelCat", "general")).unwrap();
    assert!(text.starts_with("; who may come in\n; may watch\n[watcher]"));
    let text = "[a]\n#include \"b.conf\"\nx=1\n;-- long\n--;[c]\n";
    let left = "#include \"b.conf\"\n;-- long\n--;[c]\n";
    assert_eq!(after(text, edit("DelCat", "a")).unwrap(), left);
}

#[test]
fn what_others_build_on_cannot_be_deleted() {
    let text = "[a]\nx=1\n[b](a)\n";
    assert_eq!(
        after(text, edit("DelCat", "a")),
        Err(EditError::DeleteCategory)
    );
    let excused = Edit {
        options: "ignoreerror",
        ..edit("DelCat", "gone")
    };
    assert_eq!(after(text, excused).unwrap(), text);
    // The heir would silently come to inherit from the second [a].
    let text = "[a]\nx=1\n[a]\ny=1\nz=2\n[b](a)\n";
    let first = Edit {
        options: "catfilter=x=1",
        ..edit("DelCat", "a")
    };
    assert_eq!(after(text, first), Err(EditError::DeleteCategory));
    let text = "[a]\nx=1\n[a](+x=1)\ny=1\n";
    assert_eq!(after(text, update("a", "x", "2")), Err(EditError::Update));
}

#[test]
fn emptying_keeps_comments() {
    let text = after(FILE, edit("EmptyCat", "watcher")).unwrap();
    assert_eq!(
        text,
        FILE.replace("secret=1\nread = call\nread = reporting\n", "")
    );
}

#[test]
fn updating_keeps_comment_and_spacing() {
    let text = after(FILE, update("general", "Enabled", "a;b")).unwrap();
    assert_eq!(
        text,
        FILE.replace("enabled = yes  ; always", "enabled = a\\;b  ; always")
    );
    let text = after(FILE, update("watcher", "read", "all")).unwrap();
    assert_eq!(text, FILE.replace("read = call", "read = all"));
    let fits = Edit {
        matching: "reporting",
        ..update("watcher", "read", "all")
    };
    assert_eq!(after(FILE, fits).unwrap(), FILE.replace("reporting", "all"));
    let object = update("watcher", "secret", ">3");
    assert_eq!(
        after(FILE, object).unwrap(),
        FILE.replace("secret=1", "secret=>3")
    );
    let stays_object = update("dialer", "secret", "3");
    assert_eq!(
        after(FILE, stays_object).unwrap(),
        FILE.replace("=> 2", "=> 3")
    );
    let looks_like_object = after("[a]\nb=1", update("a", "b", ">>c")).unwrap();
    assert_eq!(looks_like_object, "[a]\nb=> >c");
}

#[test]
fn updating_around_comments() {
    assert_eq!(
        after("[a]\nb=1;x\n", update("a", "b", "c\\")).unwrap(),
        "[a]\nb=c\\ ;x\n"
    );
    let text = "[a]\n;-- x\n--; b = 1;-- y --;2 ;-- z\n--;\n";
    assert_eq!(
        after(text, update("a", "b", "3")).unwrap(),
        "[a]\n;-- x\n--; b = 3 ;-- y --;;-- z\n--;\n"
    );
    let deleted = Edit {
        variable: "b",
        ..edit("Delete", "a")
    };
    assert_eq!(
        after(text, deleted).unwrap(),
        "[a]\n;-- x\n--;  ;-- y --;;-- z\n--;\n"
    );
}

#[test]
fn updating_what_is_put_together() {
    let text = "[t](!)\na=1\n[x](t)\na+=2\na+=3\nb=1\nb+=2\n";
    assert_eq!(
        after(text, update("x", "a", "9")).unwrap(),
        "[t](!)\na=1\n[x](t)\na = 9\nb=1\nb+=2\n"
    );
    assert_eq!(
        after(
            text,
            Edit {
                matching: "12",
                ..update("x", "b", "9")
            }
        )
        .unwrap(),
        "[t](!)\na=1\n[x](t)\na+=2\na+=3\nb=9\n"
    );
}

#[test]
fn an_inherited_variable_gets_a_line_of_its_own_and_cannot_be_deleted() {
    let text = "[t](!)\na=1\n[x](t)\n";
    assert_eq!(
        after(text, update("x", "a", "2")).unwrap(),
        format!("{text}a = 2\n")
    );
    let delete = Edit {
        variable: "a",
        ..edit("Delete", "x")
    };
    assert_eq!(after(text, delete), Err(EditError::Delete));
}

#[test]
fn deleting_by_name_value_or_line() {
    let delete = |variable, matching, line| {
        after(
            FILE,
            Edit {
                variable,
                matching,
                line,
                ..edit("Delete", "watcher")
            },
        )
        .unwrap()
    };
    assert_eq!(
        delete("read", "", ""),
        FILE.replace("read = call\nread = reporting\n", "")
    );
    assert_eq!(
        delete("read", "call", ""),
        FILE.replace("read = call\n", "")
    );
    assert_eq!(delete("", "", "0"), FILE.replace("secret=1\n", ""));
}

#[test]
fn appending_and_inserting() {
    let append = Edit {
        variable: "a",
        value: "b;c",
        ..edit("Append", "watcher")
    };
    let added = FILE.replace("reporting\n", "reporting\na = b\\;c\n");
    assert_eq!(after(FILE, append).unwrap(), added);
    let object = Edit {
        variable: "[a",
        value: ">b",
        ..edit("Append", "watcher")
    };
    let added = FILE.replace("reporting\n", "reporting\n\\[a => b\n");
    assert_eq!(after(FILE, object).unwrap(), added);
    let insert = |line| Edit {
        variable: "a",
        value: "b",
        line,
        ..edit("Insert", "watcher")
    };
    let first = FILE.replace("secret=1\n", "a = b\nsecret=1\n");
    assert_eq!(after(FILE, insert("0")).unwrap(), first);
    let second = FILE.replace("secret=1\n", "secret=1\na = b\n");
    assert_eq!(after(FILE, insert("1")).unwrap(), second);
    let last = FILE.replace("reporting\n", "reporting\na = b\n");
    assert_eq!(after(FILE, insert("99")).unwrap(), last);
    // Every category of the name, the file's line ends, and not into a comment.
    let text = "[a]\r\n[A]\r\nx=1;--\r\n--;";
    let append = Edit {
        variable: "y",
        value: "2",
        ..edit("Append", "a")
    };
    assert_eq!(
        after(text, append).unwrap(),
        "[a]\r\ny = 2\r\n[A]\r\nx=1;--\r\n--;\r\ny = 2\r\n"
    );
    assert_eq!(after("[a];--", append), Err(EditError::Append));
}
