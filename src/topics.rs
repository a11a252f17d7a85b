//! Help topics: what belongs to no single command. Each is one Markdown text, which `dhub help`, the man pages and the
//! README share.

pub mod markdown;
mod screen;

/// A help topic.
#[derive(Debug)]
pub struct Topic {
    /// What `dhub help` knows it by.
    pub name: &'static str,
    /// What it is about, in a few words.
    pub about: &'static str,
    /// Its heading in the README.
    pub heading: &'static str,
    /// Its text, without a heading.
    pub markdown: &'static str,
}

/// All of them, in the order in which they are listed.
pub static TOPICS: [Topic; 4] = [
    Topic {
        name: "exit-codes",
        about: "Exit codes, and the kinds of errors",
        heading: "Exit codes",
        markdown: include_str!("topics/exit-codes.md"),
    },
    Topic {
        name: "environment",
        about: "Environment variables",
        heading: "Environment",
        markdown: include_str!("topics/environment.md"),
    },
    Topic {
        name: "output",
        about: "Formats of results, their columns and JSON keys",
        heading: "Output",
        markdown: include_str!("topics/output.md"),
    },
    Topic {
        name: "config",
        about: "The config file and its keys",
        heading: "Config file",
        markdown: include_str!("topics/config.md"),
    },
];

/// A topic by its name.
pub fn find(name: &str) -> Option<&'static Topic> {
    TOPICS.iter().find(|topic| topic.name == name)
}

impl Topic {
    /// Its text for a terminal with so many columns.
    pub fn text(&self, width: usize) -> String {
        screen::render(self.markdown, width)
    }
}

#[cfg(test)]
mod tests {
    use super::markdown::{Block, blocks};
    use super::*;

    #[test]
    fn a_topic_is_as_wide_as_the_terminal_at_most() {
        for topic in &TOPICS {
            for width in [60, 80, 100] {
                for line in topic.text(width).lines() {
                    assert!(line.chars().count() <= width, "{} at {width}: {line}", topic.name);
                }
            }
        }
    }

    #[test]
    fn no_topic_has_a_heading_of_its_own() {
        for topic in &TOPICS {
            let is_heading = |block: &Block| matches!(block, Block::Paragraph(line) if line.starts_with('#'));
            assert!(!blocks(topic.markdown).iter().any(is_heading), "{}", topic.name);
        }
    }
}
