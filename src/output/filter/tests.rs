use std::io::{self, Write};

use super::{Failure, Filter, Strings};

/// What an expression makes of a document: its outputs, then `! ` and why it failed.
fn run(expression: &str, document: &str) -> String {
    run_with(Strings::Json, expression, document)
}

fn run_with(strings: Strings, expression: &str, document: &str) -> String {
    let filter = Filter::parse(expression).unwrap_or_else(|why| panic!("{expression}: {why}"));
    let mut out = Vec::new();
    let failed = match filter.run(document.as_bytes(), strings, &mut out) {
        Ok(()) => String::new(),
        Err(Failure::Expression(why)) => format!("! {why}"),
        Err(Failure::Output(error)) => panic!("{error}"),
    };
    String::from_utf8(out).unwrap() + &failed
}

/// The outputs for no document, on one line.
fn outputs(expression: &str) -> String {
    run(expression, "null").trim_end().replace('\n', " ")
}

fn refusal(expression: &str) -> String {
    match Filter::parse(expression) {
        Ok(_) => panic!("{expression} is an expression"),
        Err(why) => why,
    }
}

#[test]
fn a_bad_expression_is_refused_with_its_place() {
    for (expression, why) in [
        (".forks[", "[ is never closed at column 7: .forks["),
        (".a | (.b", "( is never closed at column 6: .a | (.b"),
        ("\"abc", "\" is never closed at column 1: \"abc"),
        (".a & .b", "unexpected & at column 4: .a & .b"),
        (".a | | .b", "unexpected | instead of term at column 6: .a | | .b"),
        ("(.a]", "unexpected ] at column 4: (.a]"),
        (".a |", "unexpected end instead of term at column 5: .a |"),
        (".a $x", "unexpected $x at column 4: .a $x"),
        ("if . then 1", "unexpected end instead of else or end at column 12: if . then 1"),
        ("{a b}", "unexpected b instead of comma or right brace at column 4: {a b}"),
        ("\"\\q\"", "string escape sequence expected at column 3: \"\\q\""),
        (".a | foo", "foo/0 is not defined at column 6: .a | foo"),
        ("select", "select/0 is not defined, but select/1 at column 1: select"),
        (".a | length(1)", "length/1 is not defined, but length/0 at column 6: .a | length(1)"),
        ("limit(1)", "limit/1 is not defined, but limit/2 at column 1: limit(1)"),
        ("reduce . as $x", "reduce/0 is not defined at column 1: reduce . as $x"),
        (". as $x | $y", "$y is not defined at column 11: . as $x | $y"),
        ("@foo", "@foo/0 is not defined at column 1: @foo"),
        ("break $x", "there is no label $x at column 7: break $x"),
        ("a::b", "a is not defined at column 1: a::b"),
        ("é | x", "unexpected é at column 1: é | x"),
        ("\"é\" | x", "x/0 is not defined at column 7: \"é\" | x"),
        (".a\n| .b\n| x", "x/0 is not defined at line 3, column 3: | x"),
    ] {
        assert_eq!(refusal(expression), why, "{expression}");
    }
    let long = format!("{}& .x{}", ".a | ".repeat(50), " | .c".repeat(50));
    let why = refusal(&long);
    assert!(
        why.starts_with("unexpected & at column 251: ….a | .a | ") && why.ends_with(".c | .c …"),
        "{why}"
    );
    assert!(why.chars().count() < 140, "{why}");
}

#[test]
fn what_reaches_beyond_the_document_is_not_supported() {
    for expression in [
        "$ENV",
        "$ENV.HOME",
        "env",
        "env.HOME",
        "input",
        "inputs",
        "[inputs]",
        "debug",
        "debug(1)",
        "stderr",
        "input_filename",
        "input_line_number",
        "halt",
        "halt_error",
        "halt_error(1)",
        "now",
        "localtime",
        "mktime",
        "gmtime",
        "strftime(\"%Y\")",
        "strflocaltime(\"%Y\")",
        "todate",
        "fromdate",
        "$__loc__",
        "$__prog_args",
        "get_search_list",
        "modulemeta",
        "import \"a\" as a; .",
        "include \"a\"; .",
        "builtins",
        "1 | def f: input; f",
    ] {
        let why = refusal(expression);
        assert!(why.contains("is not supported at column "), "{expression}: {why}");
    }
    for file in ["\"/etc/passwd\" | import", "include", "import \"/etc/passwd\" as $x; $x"] {
        refusal(file);
    }
}

#[test]
fn an_expression_that_is_too_long_or_nested_too_deep_is_refused_and_crashes_nothing() {
    for (open, close) in
        [("(", ")"), ("[", "]"), ("-", ""), ("try ", ""), (".|", ""), ("{a:", "}"), ("def f: ", "; f")]
    {
        let times = 8 * 1024 / (open.len() + close.len()) - 2;
        let expression = format!("{}1{}", open.repeat(times), close.repeat(times));
        // Whether it is one does not matter.
        let _ = Filter::parse(&expression);
        assert!(refusal(&expression.repeat(2)).contains("at most 8 KiB"), "{open}");
    }
}

#[test]
fn no_expression_and_a_comment_are_the_document_itself() {
    for expression in ["", " ", "# nothing", "."] {
        assert_eq!(run(expression, r#"{"b":1,"a":[null,"x"]}"#), "{\"b\":1,\"a\":[null,\"x\"]}\n");
    }
}

#[test]
fn outputs_before_a_failure_are_written() {
    assert_eq!(
        run(".[] | 6 / .", "[1,2,0,3]"),
        "6\n3\n! number (6) and number (0) cannot be divided because the divisor is zero"
    );
    assert_eq!(run(".a", "[1]"), "! Cannot index array with string \"a\"");
    assert_eq!(run(".[]", "null"), "! Cannot iterate over null (null)");
    assert_eq!(run("error({a: 1})", "null"), "! (not a string): {\"a\":1}");
    let long = format!("[\"{}\"]", "é".repeat(100));
    assert_eq!(run(".[0] + 1", &long), "! string (\"éééééééééé...) and number (1) cannot be added");
    assert_eq!(run("1, try error(\"x\") catch .", "null"), "1\n\"x\"\n");
}

#[test]
fn what_jaq_does_in_another_way_is_done_as_jq_does() {
    for (expression, expected) in [
        ("[(1,2) + (10,20)]", "[11,12,21,22]"),
        ("[(1,2) < (2,1)]", "[true,false,false,false]"),
        ("[\"\\(1,2) \\(3,4)\"]", r#"["1 3","2 3","1 4","2 4"]"#),
        ("2 * 3 % 4, 2 * (3 % 4), 7 % 4 * 2, 10 / 2 % 3", "2 6 6 2"),
        ("\"\\(7 * 4 % 5)\", [-7 % 3, 5 % -3, 5 % 2.7]", "\"3\" [-1,2,1]"),
        (".5 + .25, [.5][0]", "0.75 0.5"),
        ("4 / 2, \"\\(4 / 2)\", (0.5 + 0.5 | tostring)", "2 \"2\" \"1\""),
        ("{\"a\":1,\"b\":2,\"c\":3} | del(.a), .c", r#"{"b":2,"c":3} 3"#),
        ("[1,2,3,4] | del(.[0,2]), del(.[0,0]), del(.[1:3])", "[2,4] [2,3,4] [1,4]"),
        ("[1,2,3,4] | (.[] | select(. > 2)) |= empty", "[1,2]"),
        ("{} | .a[]? |= 1, (.b.c = 1), (.a[1] = 2)", r#"{} {"b":{"c":1}} {"a":[null,2]}"#),
        ("[1,2,3] | first(.[]) |= 9, (.[-1] = 0), (.[1:] |= map(. * 2))", "[9,2,3] [1,2,0] [1,4,6]"),
        ("[null,\"a\",1,true] | join(\"-\")", "\"-a-1-true\""),
        ("def f($x): x + $x; f(2)", "4"),
        ("\"a\" | ltrimstr(1), test([\"A\", \"i\"])", "\"a\" true"),
        ("[1,2] | index(2), (\"aéb\" | index(\"b\"))", "1 2"),
        ("[{\"name\":\"a\",\"value\":1},{\"k\":\"b\",\"v\":2}] | from_entries", r#"{"a":1,"b":2}"#),
        ("\"ab\" | capture(\"(?<x>a)(?<y>z)?\"), [match(\"b\").offset]", r#"{"x":"a","y":null} [1]"#),
        ("\"01\" | tonumber", "1"),
        ("nan < nan, nan == nan, ([nan, 1] | sort), infinite", "true false [null,1] 1.7976931348623157e+308"),
    ] {
        assert_eq!(outputs(expression), expected, "{expression}");
    }
}

#[test]
fn a_function_sees_no_variable_that_a_rewritten_operator_needs() {
    assert_eq!(outputs("def f: 1 as $x | ($x, 2) + ($x, 3); [f], [(f, f) - (1, f)] | length"), "4 40");
    assert_eq!(outputs("{} | .a = (.b = 2 | .b) | .c += (1 | . + 1)"), r#"{"a":2,"c":2}"#);
}

#[test]
fn strings_are_json_or_raw_or_raw_without_harm() {
    let document = "[\"a\\u001b[2J\\u202eb\\tc\\nd\\r\\u009b\"]";
    assert_eq!(run_with(Strings::Json, ".[0]", document), "\"a\\u001b[2J\\u202eb\\tc\\nd\\r\\u009b\"\n");
    assert_eq!(run_with(Strings::Raw, ".[0]", document), "a\u{1b}[2J\u{202e}b\tc\nd\r\u{9b}\n");
    let safe = "a\\u{1b}[2J\\u{202e}b\tc\nd\\u{d}\\u{9b}\n";
    assert_eq!(run_with(Strings::Safe, ".[0]", document), safe);
    for strings in [Strings::Json, Strings::Raw, Strings::Safe] {
        assert_eq!(run_with(strings, ".", document), format!("{document}\n").replace("[2J", "[2J"));
    }
    assert_eq!(run_with(Strings::Raw, "1, null, \"\", [\"x\"]", "0"), "1\nnull\n\n[\"x\"]\n");
}

#[test]
fn a_recursion_without_end_is_an_error_and_no_crash() {
    for expression in [
        "def f: 1 + f; f",
        "1 + _main",
        "def f: [f]; f",
        "def f: f | f; f",
        "def f: {a: f}; f",
        "def f: reduce f as $x (0; 1); f",
        "def f(g): f(g | g) | 1; f(.)",
        "def f(g; $n): if $n == 0 then g else f(g | . + 1; $n - 1) end; 0 | f(.; 1e5)",
        "def f: first(f); f",
        "def f: .a |= f; f",
        "recurse([.]) | select(false)",
    ] {
        let failed = outputs(expression);
        assert!(failed.starts_with("! the expression recurses too deep"), "{expression}: {failed}");
    }
    assert_eq!(outputs("try (def f: 1 + f; f) catch \"caught\""), "\"caught\"");
    assert_eq!(outputs("def f($n): if $n == 0 then 0 else 1 + f($n - 1) end; f(1000)"), "1000");
    assert_eq!(outputs("[limit(100000; repeat(1))] | length"), "100000");
    assert_eq!(outputs("last(range(100000)), (0 | until(. > 99999; . + 1))"), "99999 100000");
}

#[test]
fn a_document_of_any_depth_crashes_nothing() {
    let deep = |levels: usize| format!("{}{}", "{\"forks\":[".repeat(levels), "]}".repeat(levels));
    let ten_thousand = deep(10_000);
    assert_eq!(run(".", &ten_thousand), format!("{ten_thousand}\n"));
    assert_eq!(run("[recurse(.forks[])] | length", &ten_thousand), "10000\n");
    assert_eq!(run("tojson | length", &ten_thousand), format!("{}\n", ten_thousand.len()));
    assert_eq!(run(". == ., (. < .)", &ten_thousand), "true\nfalse\n");
    assert_eq!(run("del(.forks)", &ten_thousand), "{}\n");
    for expression in [".", "1", "..", "walk(.)", "[paths] | length"] {
        assert_eq!(run(expression, &deep(200_000)), "! the document is nested too deep", "{expression}");
    }
    let failed = run("reduce range(100000) as $i (0; [.]) | 1", "null");
    assert_eq!(failed, "! a value is nested too deep");
}

#[test]
fn what_takes_too_much_memory_is_refused() {
    for expression in [".[1e8] = 1", "\"abc\" * 1e9", "\"abc\" * infinite", "setpath([1e300]; 1)"] {
        let failed = outputs(expression);
        assert!(failed.starts_with("! ") && failed.contains("too l"), "{expression}: {failed}");
    }
}

#[test]
fn what_is_no_document_is_a_failure() {
    for document in ["", "{", "[1,]", "nan", "{\"a\":1} 2", "\"\\ud800\""] {
        assert!(run(".", document).starts_with("! the document is no JSON: "), "{document}");
    }
}

#[test]
fn an_output_that_cannot_be_written_ends_the_run() {
    struct Closed(usize);
    impl Write for Closed {
        fn write(&mut self, line: &[u8]) -> io::Result<usize> {
            assert!(line.ends_with(b"\n"), "an output is written in one piece");
            self.0 = self.0.checked_sub(1).ok_or(io::ErrorKind::BrokenPipe)?;
            Ok(line.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let failed = Filter::parse("repeat(1)").unwrap().run(b"0", Strings::Json, &mut Closed(3));
    assert!(matches!(failed, Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe));
}
