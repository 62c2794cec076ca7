//! What a session is made of as LaTeX: the function, its derivatives, the update rules of its racers. For mathematics that
//! stands beside a figure.

use super::words;
use crate::descent::Descent;
use crate::i18n::Lang;
use crate::lang::{Assign, Expr, ExprKind, derivative, evaluate, print_latex, settle};
use crate::optim::Method;
use crate::session::Session;

/// The function with its derivatives and the rules of the visible racers, an `align*` each; what a rule's settings switch
/// off is left out. The names stand before them as comments.
pub(super) fn latex(session: &Session, title: &str, lang: Lang) -> String {
    let mut out = comment(title);
    let surface = session.surface();
    let arguments = surface.variables.join(", ");
    let body = &surface.formula.body;
    let slice = surface.foreign.is_some();
    let said = if slice { r"L(w + a\, d_1 + b\, d_2)".to_owned() } else { print_latex(body) };
    let mut lines = vec![format!("f({arguments}) &= {said}")];
    for variable in surface.variables.iter().filter(|_| !slice) {
        let Some(slope) = derivative(body, variable) else { continue };
        let left = match surface.variables.len() {
            1 => format!(r"\frac{{\mathrm{{d}} f}}{{\mathrm{{d}} {variable}}}"),
            _ => format!(r"\frac{{\partial f}}{{\partial {variable}}}"),
        };
        lines.push(format!("{left} &= {}", print_latex(&slope)));
    }
    out.push_str(&aligned(&lines));
    for (racer, run) in session.runs() {
        let lines = rule(run);
        if !lines.is_empty() {
            out.push_str(&comment(&words::racer(session, racer, lang)));
            out.push_str(&aligned(&lines));
        }
    }
    out
}

/// The lines of a rule at its settings.
fn rule(run: &Descent) -> Vec<String> {
    let spec = run.spec();
    let Method::Rule { rule, .. } = &spec.optimizer.method else { return Vec::new() };
    let settings = || spec.optimizer.hyperparameters.iter().zip(&spec.settings).skip(1);
    let constant = |name: &str| settings().find(|(hyper, _)| hyper.name == name).map(|(_, value)| *value);
    let known = |name: &str| constant(name).map(|value| vec![value]);
    let decided = |condition: &Expr| evaluate(condition, &known)?.first().map(|value| *value != 0.0);
    let line = |assign: &Assign| {
        let value = settle(&assign.value, &decided, &constant);
        let name = print_latex(&Expr { kind: ExprKind::Name(assign.target.clone()), span: assign.span });
        format!(r"{name} &\gets {}", print_latex(&value))
    };
    // The language calls every rule's rate so.
    let lines = rule.lines.iter().map(line);
    // What is switched off may leave a name as it is.
    let told = lines.filter(|line| line.split_once(r" &\gets ").is_none_or(|(name, value)| name != value));
    told.map(|line| line.replace(r"\mathrm{lr}", r"\eta")).collect()
}

/// A comment of one line.
fn comment(text: &str) -> String {
    format!("% {}\n", text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn aligned(lines: &[String]) -> String {
    format!("\\begin{{align*}}\n  {}\n\\end{{align*}}\n", lines.join(" \\\\\n  "))
}
