//! The pictures of the README, drawn from real runs in a pseudo-terminal: `docs/pictures/draw`.

mod svg;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use dhub::emulator::Options;
use serde_json::{Value, json};

use crate::support::terminal::Terminal;
use crate::support::{Recorded, Reply, Sandbox, Server};

const MUSEUM: &str = "dolthub/museum-collections";
const README: &str = include_str!("../../README.md");

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures")
}

/// With dhub on the PATH, and a prompt that stands apart.
fn with_prompt(sandbox: Sandbox) -> Sandbox {
    let dhub = PathBuf::from(assert_cmd::cargo::cargo_bin!("dhub"));
    let path = format!("{}:{}", dhub.parent().unwrap().display(), std::env::var("PATH").unwrap());
    sandbox.with("PATH", &path).with("PS1", r"\n\[\e[1;34m\]$\[\e[m\] ")
}

/// A shell without settings, in a terminal of 80 columns.
fn shell(sandbox: &Sandbox) -> Terminal {
    let terminal = Terminal::program(sandbox, (40, 80), &["bash", "--norc", "--noprofile", "-i"]);
    terminal.wait_for("$");
    terminal
}

/// Types a command, and waits until the next prompt.
fn types(terminal: &mut Terminal, command: &str) {
    terminal.types(&format!("{command}\r"));
    terminal.wait_until(|screen| {
        let mut lines = screen.lines().rev();
        lines.next() == Some("$") && lines.any(|line| line == format!("$ {command}"))
    });
}

/// Draws what stands on the screen, without the prompt that waits for the next command.
fn save(name: &str, terminal: &Terminal, title: &str) {
    let text = terminal.screen();
    let lines: Vec<&str> = text.lines().collect();
    let is_drawn = |line: &&str| !matches!(line.trim(), "" | "$");
    let first = lines.iter().position(is_drawn).unwrap();
    let last = lines.iter().rposition(is_drawn).unwrap();
    let picture = terminal.read(|screen| svg::draw(screen, first..last + 1, title));
    // Whatever the spinner showed at that moment, the picture is the same.
    let picture = picture.replace(['⠋', '⠙', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'], "⠹");
    std::fs::write(folder().join(format!("{name}.svg")), picture).unwrap();
}

/// The port that each picture shows.
const PORT: u16 = 8080;

fn emulated(port: u16, organizations: &[&str], fork_delay: Duration) -> (Sandbox, dhub::emulator::Emulator) {
    let (sandbox, emulator) = Sandbox::emulated(Options {
        listen: ([127, 0, 0, 1], port).into(),
        organizations: organizations.iter().map(|name| (*name).to_owned()).collect(),
        fork_delay,
        ..Options::default()
    });
    (with_prompt(sandbox), emulator)
}

#[test]
#[ignore = "draws the pictures anew: docs/pictures/draw"]
fn draw() {
    draw_quickstart();
    draw_tree();
    draw_wait();
}

fn draw_quickstart() {
    let (sandbox, _emulator) = emulated(PORT, &["dolthub"], Duration::from_secs(2));
    let title = "dhub creates a database, forks it, lists its forks, and shows the fork";
    save("quickstart", &quickstart(&sandbox), title);
}

fn quickstart(sandbox: &Sandbox) -> Terminal {
    let mut terminal = shell(sandbox);
    types(&mut terminal, &format!("dhub db create {MUSEUM} --public"));
    types(&mut terminal, &format!("dhub db fork {MUSEUM} --wait"));
    types(&mut terminal, &format!("dhub db forks {MUSEUM}"));
    types(&mut terminal, "dhub db view taylor/museum-collections");
    terminal
}

const TREE_OWNERS: [&str; 6] = ["dolthub", "anna", "ben", "carol", "dave", "erin"];

fn draw_tree() {
    let (sandbox, _emulator) = emulated(PORT, &TREE_OWNERS, Duration::ZERO);
    save("tree", &tree(&sandbox), "dhub shows a fork network as a tree");
}

fn tree(sandbox: &Sandbox) -> Terminal {
    sandbox.run(&format!("db create {MUSEUM} --public")).exits(0);
    for (parent, owners) in [("dolthub", "anna,ben,taylor"), ("anna", "carol,dave"), ("carol", "erin")] {
        sandbox.run(&format!("db fork {parent}/museum-collections --owner {owners} --wait")).exits(0);
    }
    let mut terminal = shell(sandbox);
    types(&mut terminal, "dhub db forks carol/museum-collections --tree");
    terminal
}

fn draw_wait() {
    let server = Class::open();
    let sandbox = with_prompt(Sandbox::at(server.url()));
    std::fs::write(sandbox.home().join("class.txt"), CLASS.join("\n")).unwrap();
    let terminal = &mut shell(&sandbox);
    terminal.types(&format!("dhub db fork {MUSEUM} --owner - --wait < class.txt\r"));
    terminal.wait_until(|screen| screen.ends_with(" 4/8") && screen.matches(" 5s").count() == 4);
    save("wait", terminal, "dhub waits for eight forks, of which four are done");
}

const CLASS: [&str; 8] = ["anna", "ben", "carol", "dave", "erin", "frank", "grace", "heidi"];

/// A service on which the forks of the first four owners take a second more each, and those of the others a long time: on
/// an emulator all take the same.
struct Class {
    opened: OnceLock<Instant>,
}

impl Class {
    fn open() -> Server {
        let class = Class { opened: OnceLock::new() };
        Server::start(move |request, _| Reply::Json(200, class.response(request).to_string()))
    }

    fn response(&self, request: &Recorded) -> Value {
        let opened = self.opened.get_or_init(Instant::now);
        if request.method == "POST" {
            let body: Value = serde_json::from_str(&request.body).unwrap();
            let owner = body["ownerName"].as_str().unwrap();
            // Each spinner appears below the one before.
            std::thread::sleep(Duration::from_millis(50) * number(owner));
            return json!({"status": "Success", "operation_name": format!("operations/{owner}")});
        }
        let owner = CLASS.into_iter().find(|owner| request.target.ends_with(owner)).unwrap();
        let takes = Duration::from_secs(u64::from(number(owner)) + 1);
        if number(owner) >= 4 || opened.elapsed() < takes + Duration::from_millis(400) {
            return json!({"status": "Success", "done": false});
        }
        json!({"status": "Success", "done": true, "database_owner": owner, "database_name": "museum-collections"})
    }
}

fn number(owner: &str) -> u32 {
    u32::try_from(CLASS.iter().position(|known| *known == owner).unwrap()).unwrap()
}

#[test]
fn the_pictures_are_small_and_whole_and_stand_in_the_readme_with_words_for_those_who_do_not_see_them() {
    for name in ["quickstart", "wait", "tree"] {
        let picture = std::fs::read_to_string(folder().join(format!("{name}.svg"))).unwrap();
        assert!(picture.len() < 20_000, "{name} has {} bytes", picture.len());
        let document = roxmltree::Document::parse(&picture).unwrap();
        assert_eq!(document.root_element().tag_name().name(), "svg");
        let text: String = document.descendants().filter_map(|node| node.text()).collect();
        assert!(text.contains("$ dhub db ") && text.contains("museum-collections"), "{name}: {text}");

        let (before, _) = README.split_once(&format!("](docs/pictures/{name}.svg)")).unwrap();
        let (_, words) = before.rsplit_once("![").unwrap();
        assert!(words.len() > 40 && !words.contains(']'), "{name}: {words}");
    }
}

#[test]
fn the_pictures_are_what_dhub_shows_now() {
    for (name, owners, draw) in [
        ("quickstart", &["dolthub"][..], quickstart as fn(&Sandbox) -> Terminal),
        ("tree", &TREE_OWNERS[..], tree as fn(&Sandbox) -> Terminal),
    ] {
        let (sandbox, emulator) = emulated(0, owners, Duration::from_millis(100));
        let screen = draw(&sandbox).screen().replace(&emulator.url(), &format!("http://127.0.0.1:{PORT}"));
        let picture = std::fs::read_to_string(folder().join(format!("{name}.svg"))).unwrap();
        let drawn = lines(&roxmltree::Document::parse(&picture).unwrap());
        assert_eq!(
            without_times(drawn.iter()),
            without_times(screen.lines()),
            "{name}: run docs/pictures/draw"
        );
    }
}

/// What there is to read, without the prompt that waits, and without how long a fork took.
fn without_times<'a>(lines: impl Iterator<Item = &'a (impl AsRef<str> + ?Sized + 'a)>) -> Vec<&'a str> {
    let lines = lines.map(|line| line.as_ref().trim_end());
    let lines = lines.map(|line| {
        line.split_once(" in ").filter(|_| line.starts_with('✓')).map_or(line, |(before, _)| before)
    });
    lines.filter(|line| !matches!(*line, "" | "$")).collect()
}

/// The lines of text in a picture.
fn lines(document: &roxmltree::Document<'_>) -> Vec<String> {
    document
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")))
        .map(|line| line.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect())
        .collect()
}

#[test]
fn what_means_something_in_xml_is_drawn_as_text_and_blanks_keep_their_columns() {
    let mut parser = vt100::Parser::new(4, 40, 0);
    parser.process(b"\r\na <b> & \"c\"  \x1b[1;32md\x1b[m\r\n\r\n  \xe2\x94\x94\xe2\x94\x80 e \xe6\x9d\xb1x");
    let picture = svg::draw(parser.screen(), 1..4, "<title>");
    let document = roxmltree::Document::parse(&picture).unwrap();
    assert_eq!(lines(&document), ["a <b> & \"c\"  d", "  └─ e 東x"]);
    let x: Vec<&str> = document
        .descendants()
        .filter_map(|node| node.attribute("font-weight").and(node.attribute("x")))
        .collect();
    // The 13th column.
    assert_eq!(x, ["125.2"]);
}
