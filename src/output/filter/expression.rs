//! From the text of an expression to what runs, or to why it does not.

use jaq_core::compile::Undefined;
use jaq_core::load::lex::{self, Lexer, Token};
use jaq_core::load::parse::{self, Def, Parser, Term};
use jaq_core::load::{self, Arena, File, Loader};
use jaq_core::{Compiler, Filter};

use super::Data;
use super::functions;
use super::rewrite;

/// A longer one was not written by a person, and could be nested deeper than the stack is.
const LONGEST: usize = 8 * 1024;

/// So much of an expression is shown before and after what is wrong in it.
const SHOWN: usize = 40;

/// What jq has and an expression here has not: it sees the document alone, and does nothing but print.
const UNSUPPORTED: &[&str] = &[
    "$ENV",
    "$__loc__",
    "$__prog_args",
    "builtins",
    "dateadd",
    "datesub",
    "debug",
    "env",
    "fromdate",
    "fromdateiso8601",
    "get_search_list",
    "gmtime",
    "halt",
    "halt_error",
    "import",
    "include",
    "input",
    "input_filename",
    "input_line_number",
    "inputs",
    "localtime",
    "mktime",
    "module",
    "modulemeta",
    "now",
    "stderr",
    "strflocaltime",
    "strftime",
    "strptime",
    "todate",
    "todateiso8601",
];

/// Compiles an expression.
///
/// # Errors
/// When it is none that runs: why, and where in it.
pub fn compile(text: &str) -> Result<Filter<Data>, String> {
    if text.len() > LONGEST {
        return Err(format!("an expression has at most {} KiB", LONGEST / 1024));
    }
    let expression = Expression(text);
    let tokens = Lexer::new(text).lex().map_err(|errors| expression.unreadable(&errors))?;
    let term = expression.parse(tokens)?;
    expression.link(rewrite::term(term))
}

struct Expression<'s>(&'s str);

impl<'s> Expression<'s> {
    fn parse(&self, tokens: Vec<Token<&'s str>>) -> Result<Term<&'s str>, String> {
        match tokens.first() {
            None => return Ok(Term::Id),
            Some(Token(word @ ("import" | "include" | "module"), _)) => {
                return Err(self.at(word, &format!("{word} is not supported")));
            }
            Some(_) => {}
        }
        let tokens = rewrite::tokens(self.0, tokens);
        Parser::new(&tokens).parse(|parser| parser.term()).map_err(|errors| match errors.first() {
            Some((expected, found)) => self.unexpected(expected, found.map(|token| token.0)),
            None => "it cannot be parsed".to_owned(),
        })
    }

    /// Compiles it as the last of the functions that are built in, so that it need not be written as text again.
    fn link(&self, body: Term<&'s str>) -> Result<Filter<Data>, String> {
        const MAIN: &str = "_main";
        // It can call itself, too.
        let main = Def { name: MAIN, args: Vec::new(), body: rewrite::guarded(body) };
        let arena = Arena::default();
        let mut functions: Vec<Def<&'s str>> = built_in();
        functions.push(main);
        let modules = Loader::new(functions).load(&arena, File { code: MAIN, path: () });
        let modules = modules.map_err(|_| "it cannot be loaded".to_owned())?;
        let compiled = Compiler::<_, Data>::default().with_funs(functions::all()).compile(modules);
        compiled.map_err(|errors| match errors.into_iter().flat_map(|(_, errors)| errors).next() {
            Some((name, undefined)) => self.undefined(name, &undefined),
            None => "it cannot be compiled".to_owned(),
        })
    }

    fn unreadable(&self, errors: &[lex::Error<&'s str>]) -> String {
        let Some((expected, found)) = errors.first() else { return "it cannot be read".to_owned() };
        match expected {
            lex::Expect::Delim(open) if found.is_empty() => self.at(open, &format!("{open} is never closed")),
            lex::Expect::Delim(_) | lex::Expect::Token => {
                let character = found.chars().next().map_or_else(|| "end".to_owned(), String::from);
                self.at(found, &format!("unexpected {character}"))
            }
            other => self.at(found, &format!("{} expected", other.as_str())),
        }
    }

    fn unexpected(&self, expected: &parse::Expect<&'s str>, found: Option<&'s str>) -> String {
        let word = found.map_or_else(|| "end".to_owned(), |found| found.chars().take(SHOWN).collect());
        let place = found.unwrap_or_else(|| self.0.get(self.0.len()..).unwrap_or_default());
        match expected {
            parse::Expect::Nothing => self.at(place, &format!("unexpected {word}")),
            other => self.at(place, &format!("unexpected {word} instead of {}", other.as_str())),
        }
    }

    fn undefined(&self, name: &'s str, undefined: &Undefined) -> String {
        let what = match undefined {
            _ if UNSUPPORTED.contains(&name) => format!("{name} is not supported"),
            Undefined::Filter(arity) => {
                let known: Vec<String> = arities(name).map(|arity| format!("{name}/{arity}")).collect();
                let known =
                    if known.is_empty() { known.concat() } else { format!(", but {}", known.join(", ")) };
                format!("{name}/{arity} is not defined{known}")
            }
            Undefined::Label => format!("there is no label {name}"),
            _ => format!("{name} is not defined"),
        };
        self.at(name, &what)
    }

    /// Says it with the place of a part of the expression.
    fn at(&self, part: &str, what: &str) -> String {
        let text = self.0;
        let start = (part.as_ptr().addr()).wrapping_sub(text.as_ptr().addr());
        let Some((before, after)) = text.split_at_checked(start) else { return what.to_owned() };
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let before_on_line = before.get(line_start..).unwrap_or_default();
        let column = before_on_line.chars().count() + 1;
        let line = before.matches('\n').count() + 1;
        let line = if text.contains('\n') { format!("line {line}, ") } else { String::new() };
        let skipped = (column - 1).saturating_sub(SHOWN);
        let shown_before: String = before_on_line.chars().skip(skipped).collect();
        let rest = after.lines().next().unwrap_or_default();
        let shown_after: String = rest.chars().take(SHOWN).collect();
        let [dots_before, dots_after] =
            [skipped > 0, shown_after.len() < rest.len()].map(|is_cut| if is_cut { "…" } else { "" });
        format!("{what} at {line}column {column}: {dots_before}{shown_before}{shown_after}{dots_after}")
    }
}

/// The functions that are written in jq.
fn built_in() -> Vec<Def<&'static str>> {
    let own = load::parse(include_str!("builtins.jq"), |parser| parser.defs());
    jaq_core::defs().chain(own.expect("tests parse the same text")).collect()
}

/// With how many arguments a function of that name can be called.
fn arities(name: &str) -> impl Iterator<Item = usize> {
    let written = built_in().into_iter().map(|function| (function.name, function.args.len()));
    let native = functions::all().map(|(name, arguments, _)| (name, arguments.len()));
    let arities = written.chain(native).filter(|(known, _)| *known == name).map(|(_, arity)| arity);
    arities.collect::<std::collections::BTreeSet<_>>().into_iter()
}
