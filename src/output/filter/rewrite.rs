//! What an expression means to jq where jaq understands it otherwise, put into words that jaq understands alike.
//!
//! - Of two operands with several outputs each, jq takes the first output of the right one with all of the left one.
//! - The parameter `$x` of a function is one named `x`, too.
//! - `%` ranks with `*` and `/`.
//! - What changes a path finds all paths first, and changes them one after another.
//! - Whatever may call itself without end begins with [`GUARD`].

use jaq_core::load::lex::{StrPart, Tok, Token};
use jaq_core::load::parse::{BinaryOp, Def, Pattern, Term};
use jaq_core::load::span;
use jaq_core::ops::Math;
use jaq_core::path::{Part, Path};

/// The function that ends a recursion before the stack is used up.
pub const GUARD: &str = "_guard";

/// The function that is `..`: jaq's own calls itself for each level.
pub const DESCEND: &str = "_descend";

/// The function that changes what is at paths.
pub const MODIFY: &str = "_modify";

/// Names that no expression can have for its variables.
const LEFT: &str = "$<left>";
const RIGHT: &str = "$<right>";

/// The same expression, for jaq.
pub fn term(expression: Term<&str>) -> Term<&str> {
    Rewriter { in_function: false }.term(expression)
}

struct Rewriter {
    /// Within a function of the expression, which may recurse.
    in_function: bool,
}

impl Rewriter {
    fn term<'s>(&self, expression: Term<&'s str>) -> Term<&'s str> {
        match expression {
            Term::Id | Term::Num(_) | Term::Var(_) | Term::Break(_) => expression,
            Term::Recurse => Term::Call(DESCEND, Vec::new()),
            Term::Str(format, parts) => self.string(format, parts),
            Term::Arr(inner) => Term::Arr(inner.map(|inner| self.boxed(*inner))),
            Term::Obj(fields) => Term::Obj(
                fields
                    .into_iter()
                    .map(|(key, value)| (self.term(key), value.map(|value| self.term(value))))
                    .collect(),
            ),
            Term::Neg(inner) => Term::Neg(self.boxed(*inner)),
            Term::BinOp(left, op, right) => self.operation(*left, op, *right),
            Term::Label(name, inner) => Term::Label(name, self.boxed(*inner)),
            Term::Fold(name, source, pattern, arguments) => {
                Term::Fold(name, self.boxed(*source), self.pattern(pattern), self.terms(arguments))
            }
            Term::TryCatch(inner, catch) => {
                Term::TryCatch(self.boxed(*inner), catch.map(|catch| self.boxed(*catch)))
            }
            Term::IfThenElse(branches, last) => Term::IfThenElse(
                branches.into_iter().map(|(test, then)| (self.term(test), self.term(then))).collect(),
                last.map(|last| self.boxed(*last)),
            ),
            Term::Def(functions, inner) => {
                Term::Def(functions.into_iter().map(function).collect(), self.boxed(*inner))
            }
            Term::Call(name, arguments) => {
                let arguments = self.terms(arguments).into_iter();
                // An argument is a function of its own, and may hold others that do.
                Term::Call(name, arguments.map(|argument| self.guarded_argument(argument)).collect())
            }
            Term::Path(inner, path) => {
                let part = |(part, optional)| {
                    let part = match part {
                        Part::Index(index) => Part::Index(self.term(index)),
                        Part::Range(from, to) => {
                            Part::Range(from.map(|from| self.term(from)), to.map(|to| self.term(to)))
                        }
                    };
                    (part, optional)
                };
                Term::Path(self.boxed(*inner), Path(path.0.into_iter().map(part).collect()))
            }
        }
    }

    fn boxed<'s>(&self, expression: Term<&'s str>) -> Box<Term<&'s str>> {
        Box::new(self.term(expression))
    }

    fn terms<'s>(&self, expressions: Vec<Term<&'s str>>) -> Vec<Term<&'s str>> {
        expressions.into_iter().map(|expression| self.term(expression)).collect()
    }

    fn guarded_argument<'s>(&self, argument: Term<&'s str>) -> Term<&'s str> {
        match argument {
            Term::Id | Term::Num(_) | Term::Var(_) => argument,
            _ if self.in_function => guarded(argument),
            _ => argument,
        }
    }

    fn pattern<'s>(&self, pattern: Pattern<&'s str>) -> Pattern<&'s str> {
        match pattern {
            Pattern::Var(name) => Pattern::Var(name),
            Pattern::Arr(items) => Pattern::Arr(items.into_iter().map(|item| self.pattern(item)).collect()),
            Pattern::Obj(fields) => Pattern::Obj(
                fields.into_iter().map(|(key, pattern)| (self.term(key), self.pattern(pattern))).collect(),
            ),
        }
    }

    fn operation<'s>(
        &self,
        left: Term<&'s str>,
        op: BinaryOp<&'s str>,
        right: Term<&'s str>,
    ) -> Term<&'s str> {
        let (op, right) = match (op, right) {
            (BinaryOp::Math(Math::Div), right) => match unmark(right) {
                Ok(right) => (BinaryOp::Math(Math::Rem), right),
                Err(right) => (BinaryOp::Math(Math::Div), right),
            },
            other => other,
        };
        let (left, right) = (self.term(left), self.term(right));
        let op = match op {
            BinaryOp::Pipe(pattern) => BinaryOp::Pipe(pattern.map(|pattern| self.pattern(pattern))),
            BinaryOp::Math(_) | BinaryOp::Cmp(_) if !is_single(&left) && !is_single(&right) => {
                let operation = binary(Term::Var(LEFT), op, Term::Var(RIGHT));
                return bind(right, RIGHT, bind(left, LEFT, operation));
            }
            BinaryOp::Update => return Term::Call(MODIFY, vec![left, right]),
            BinaryOp::Assign => return bind(right, RIGHT, Term::Call(MODIFY, vec![left, Term::Var(RIGHT)])),
            BinaryOp::UpdateMath(op) => return change_by(left, BinaryOp::Math(op), right),
            BinaryOp::UpdateAlt => return change_by(left, BinaryOp::Alt, right),
            op => op,
        };
        binary(left, op, right)
    }

    /// The last output of the first part comes before the second one of the last part.
    fn string<'s>(
        &self,
        format: Option<&'s str>,
        parts: Vec<StrPart<&'s str, Term<&'s str>>>,
    ) -> Term<&'s str> {
        let parts: Vec<_> = parts
            .into_iter()
            .map(|part| match part {
                StrPart::Term(inner) => StrPart::Term(self.term(inner)),
                part => part,
            })
            .collect();
        let is_multiple = |part: &StrPart<_, _>| matches!(part, StrPart::Term(inner) if !is_single(inner));
        if parts.iter().filter(|part| is_multiple(part)).count() < 2 {
            return Term::Str(format, parts);
        }
        // All strings are joined to the last part, each in front of what follows it.
        let joined = parts.into_iter().map(|part| Term::Str(format, vec![part]));
        let joined = joined.reduce(|text, part| {
            let operation = binary(Term::Var(LEFT), BinaryOp::Math(Math::Add), Term::Var(RIGHT));
            bind(part, RIGHT, bind(text, LEFT, operation))
        });
        joined.unwrap_or(Term::Id)
    }
}

/// A function of the expression.
fn function(function: Def<&str>) -> Def<&str> {
    let Def { name, args, body } = function;
    let variables = args.iter().filter_map(|&parameter| {
        let name = parameter.strip_prefix('$')?;
        Some(Def { name, args: Vec::new(), body: Term::Var(parameter) })
    });
    let variables: Vec<_> = variables.collect();
    let body = Rewriter { in_function: true }.term(body);
    let body = if variables.is_empty() { body } else { Term::Def(variables, Box::new(body)) };
    Def { name, args, body: guarded(body) }
}

/// The same expression, which ends a recursion.
pub fn guarded(expression: Term<&str>) -> Term<&str> {
    binary(Term::Call(GUARD, Vec::new()), BinaryOp::Pipe(None), expression)
}

fn binary<'s>(left: Term<&'s str>, op: BinaryOp<&'s str>, right: Term<&'s str>) -> Term<&'s str> {
    Term::BinOp(Box::new(left), op, Box::new(right))
}

/// `expression as $name | then`
fn bind<'s>(expression: Term<&'s str>, name: &'s str, then: Term<&'s str>) -> Term<&'s str> {
    binary(expression, BinaryOp::Pipe(Some(Pattern::Var(name))), then)
}

/// `right as $right | path |= . op $right`
fn change_by<'s>(path: Term<&'s str>, op: BinaryOp<&'s str>, right: Term<&'s str>) -> Term<&'s str> {
    bind(right, RIGHT, Term::Call(MODIFY, vec![path, binary(Term::Id, op, Term::Var(RIGHT))]))
}

/// Whether it certainly has one output at most.
fn is_single(expression: &Term<&str>) -> bool {
    match expression {
        Term::Id | Term::Num(_) | Term::Var(_) | Term::Break(_) | Term::Arr(_) => true,
        Term::Str(_, parts) => parts.iter().all(|part| match part {
            StrPart::Term(inner) => is_single(inner),
            _ => true,
        }),
        Term::Neg(inner) => is_single(inner),
        Term::BinOp(left, BinaryOp::Pipe(_) | BinaryOp::Math(_) | BinaryOp::Cmp(_), right) => {
            is_single(left) && is_single(right)
        }
        Term::Path(inner, path) => {
            is_single(inner)
                && path.0.iter().all(|(part, _)| match part {
                    Part::Index(index) => is_single(index),
                    Part::Range(None, None) => false,
                    Part::Range(from, to) => from.iter().chain(to).all(is_single),
                })
        }
        Term::Call(name, arguments) => arguments.is_empty() && SINGLE.contains(name),
        _ => false,
    }
}

/// Functions with one output that are used often.
const SINGLE: [&str; 10] =
    ["length", "tostring", "tojson", "type", "keys", "add", "first", "last", "not", "floor"];

/// So many signs before the right operand of what looks like a division mean a remainder.
const MARK: usize = 9;

/// Makes of tokens what jaq parses as jq does. jq gives `%` the rank of `/`, jaq a higher one: written as a division that can
/// be recognized, it has that rank. And `.5` is a number.
pub fn tokens<'s>(text: &'s str, tokens: Vec<Token<&'s str>>) -> Vec<Token<&'s str>> {
    let mut rewritten: Vec<Token<&str>> = Vec::with_capacity(tokens.len());
    for Token(part, token) in tokens {
        let token = match token {
            Tok::Block(inner) => Tok::Block(self::tokens(text, inner)),
            Tok::Str(parts) => Tok::Str(parts.into_iter().map(|part| string_part(text, part)).collect()),
            token => token,
        };
        match (rewritten.last(), &token) {
            (_, Tok::Sym) if part == "%" => {
                rewritten.push(Token("/", Tok::Sym));
                rewritten.extend((0..MARK).map(|_| Token("-", Tok::Sym)));
            }
            (Some(Token(dot @ ".", _)), Tok::Num) if span(text, dot).end == span(text, part).start => {
                let number = text.get(span(text, dot).start..span(text, part).end).unwrap_or(part);
                rewritten.pop();
                rewritten.push(Token(number, token));
            }
            _ => rewritten.push(Token(part, token)),
        }
    }
    rewritten
}

fn string_part<'s>(
    text: &'s str,
    part: StrPart<&'s str, Token<&'s str>>,
) -> StrPart<&'s str, Token<&'s str>> {
    match part {
        StrPart::Term(Token(whole, Tok::Block(inner))) => {
            StrPart::Term(Token(whole, Tok::Block(tokens(text, inner))))
        }
        part => part,
    }
}

/// The right operand of a remainder; the expression itself where it is none.
fn unmark(mut expression: Term<&str>) -> Result<Term<&str>, Term<&str>> {
    let mut inner = &expression;
    for _ in 0..MARK {
        let Term::Neg(next) = inner else { return Err(expression) };
        inner = next;
    }
    for _ in 0..MARK {
        if let Term::Neg(next) = expression {
            expression = *next;
        }
    }
    Ok(expression)
}
