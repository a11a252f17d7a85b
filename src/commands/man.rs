//! `dhub man`: the manual pages, as files or, of the program itself, on stdout.

use std::fs;
use std::io;
use std::path::Path;

use clap::{Command, CommandFactory};

use crate::cli::{Cli, Man};
use crate::error::{Error, Kind, Result, reason};
use crate::man::{self, Page};
use crate::shell;
use crate::topics;

use super::context::Context;

pub fn run(context: &Context, args: &Man) -> anyhow::Result<u8> {
    let Some(folder) = args.folder.as_deref().filter(|folder| folder.as_os_str() != "-") else {
        context.output.text(&man::main_page().text)?;
        return Ok(0);
    };
    check(folder)?;
    let pages = man::pages();
    for page in &pages {
        write(folder, page)?;
    }
    let absolute = std::path::absolute(folder)?;
    context.output.note(&format!(
        "{} pages are in {}; to read one: MANPATH={}: man dhub-db-fork",
        pages.len(),
        folder.display(),
        shell::quote(&absolute),
    ));
    Ok(0)
}

/// Refuses what is no folder for pages, but something to read about or a folder within one.
fn check(folder: &Path) -> Result<()> {
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if matches!(name, "man1" | "man7") {
        let above = folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
        return Err(Error::usage(format!(
            "{} is for one section, and the pages are of two",
            folder.display()
        ))
        .with_hint(format!("name the folder above it: dhub man {}", shell::quote(above))));
    }
    if folder.as_os_str() != name || folder.is_dir() {
        return Ok(());
    }
    match what_to_read(name) {
        Some(words) => Err(Error::usage(format!("{name} is something to read about, and no folder"))
            .with_hint(format!("`dhub help {words}` shows it; ./{name} is a folder of that name"))),
        None => Ok(()),
    }
}

/// The words for `dhub help` where a name is that of a command, a topic or a page.
fn what_to_read(name: &str) -> Option<String> {
    fn find(command: &Command, path: &str, name: &str) -> Option<String> {
        command.get_subcommands().find_map(|below| {
            let words = format!("{path} {}", below.get_name()).trim_start().to_owned();
            let is_it = below.get_name() == name || words.replace(' ', "-") == name;
            if is_it { Some(words) } else { find(below, &words, name) }
        })
    }
    // Many a folder for manual pages is called so.
    if name == "man" {
        return None;
    }
    let name = name.strip_prefix("dhub-").unwrap_or(name);
    topics::find(name).map(|topic| topic.name.to_owned()).or_else(|| find(&Cli::command(), "", name))
}

fn write(folder: &Path, page: &Page) -> Result<()> {
    let section = folder.join(format!("man{}", page.section));
    let path = section.join(format!("{}.{}", page.name, page.section));
    let failed = |path: &Path, error: &io::Error| {
        Error::new(Kind::Io, format!("cannot write {}: {}", path.display(), reason(error)))
    };
    fs::create_dir_all(&section).map_err(|error| failed(&section, &error))?;
    fs::write(&path, &page.text).map_err(|error| failed(&path, &error))
}
