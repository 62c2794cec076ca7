//! What a figure says: names of racers and axes, the settings.

use super::request::Request;
use crate::descent::Descent;
use crate::descent::map::{Axis, Varied};
use crate::explain;
use crate::i18n::{Lang, fill};
use crate::lang::print_display;
use crate::optim::{OptimizerSpec, Scale};
use crate::session::{Racer, Session, SurfaceChoice};

/// The title of a figure: what was asked for, or the name of what is descended.
pub(super) fn title(session: &Session, request: &Request) -> String {
    if let Some(title) = &request.title {
        return title.clone();
    }
    let surface = session.surface();
    match session.document().surface {
        SurfaceChoice::Formula(_) => formula(session),
        _ => surface.name.get(request.lang).to_owned(),
    }
}

/// The name of a racer: its rule, and by what it differs from the others.
pub(super) fn racer(session: &Session, racer: &Racer, lang: Lang) -> String {
    let Some(spec) = session.optimizer(racer.id) else { return String::new() };
    let mut said = vec![short_name(session, spec.name.get(lang), lang)];
    let schedule = racer.schedule.as_deref().map(|schedule| schedule.split(':').next().unwrap_or(schedule));
    said.extend(settings(spec, &racer.settings));
    said.extend(schedule.map(|schedule| schedule.trim().to_owned()).filter(|schedule| schedule.chars().count() <= 24));
    said.join(", ")
}

/// The name of a rule without its framework in brackets, if all racers have the same.
pub(super) fn short_name(session: &Session, name: &str, lang: Lang) -> String {
    let Some((short, framework)) = bracketed(name) else { return name.to_owned() };
    let all = || session.racers().iter().filter_map(|racer| session.optimizer(racer.id));
    let same = all().all(|spec| bracketed(spec.name.get(lang)).is_none_or(|(_, other)| other == framework));
    if same { short.to_owned() } else { name.to_owned() }
}

/// A name and what stands in brackets behind it.
fn bracketed(name: &str) -> Option<(&str, &str)> {
    name.strip_suffix(')')?.rsplit_once(" (")
}

/// The rate of a rule, and what of its other settings is not as declared.
fn settings(spec: &OptimizerSpec, values: &[f64]) -> Vec<String> {
    let told = spec
        .hyperparameters
        .iter()
        .zip(values)
        .enumerate()
        .filter(|(k, (hyper, value))| *k == 0 || **value != hyper.default);
    told.map(|(_, (hyper, value))| {
        let symbol = if hyper.symbol.is_empty() { &hyper.name } else { &hyper.symbol };
        match hyper.scale {
            Scale::Switch if *value != 0.0 => symbol.clone(),
            Scale::Switch => format!("¬{symbol}"),
            _ => format!("{symbol} = {}", explain::number(*value)),
        }
    })
    .collect()
}

/// Numbers as a place: `−1.2`, `(−1.2, 1)`.
pub(super) fn place(at: &[f64]) -> String {
    let numbers: Vec<String> = at.iter().map(|x| explain::number(if x.abs() < 1e-9 { 0.0 } else { *x })).collect();
    if numbers.len() == 1 { numbers.concat() } else { format!("({})", numbers.join(", ")) }
}

/// The name of the loss as a function: `f(x, y)`.
pub(super) fn function(session: &Session) -> String {
    format!("f({})", session.surface().variables.join(", "))
}

/// The caption of a picture of descents: formula, start, step, noise.
pub(super) fn caption(session: &Session, request: &Request, step: usize) -> String {
    if let Some(caption) = &request.caption {
        return caption.clone();
    }
    let lang = request.lang;
    let document = session.document();
    let mut said = Vec::new();
    // A typed formula is its own title.
    if request.title.is_some() || !request.parts.title || !matches!(document.surface, SurfaceChoice::Formula(_)) {
        said.push(formula(session));
    }
    let starts = document.racers.iter().filter(|racer| racer.visible && racer.start.is_some()).count();
    if starts == 0 {
        said.push(fill(lang, "figure.start", &[("place", &place(session.shown_start()))]));
    }
    let last = session.last_step();
    said.push(match step {
        step if step < last => fill(lang, "figure.step_of", &[("step", &step), ("last", &last)]),
        step => fill(lang, "figure.steps", &[("step", &step)]),
    });
    if document.noise.sigma > 0.0 {
        let sigma = explain::number(document.noise.sigma);
        said.push(fill(lang, "figure.noise", &[("sigma", &sigma), ("seed", &document.noise.seed)]));
    }
    if session.surface().model.is_some() && document.batch.size > 0 {
        said.push(fill(lang, "figure.batch", &[("size", &document.batch.size), ("seed", &document.batch.seed)]));
    }
    said.join(" · ")
}

/// The formula with the name of the function before it.
pub(super) fn formula(session: &Session) -> String {
    let surface = session.surface();
    if surface.foreign.is_some() {
        // A slice has no formula of its own: the loss of a net at weights that lie in a plane.
        return format!("{} = L(w + a·d₁ + b·d₂)", function(session));
    }
    let body = typeset(&print_display(&surface.formula.body));
    let params = surface.formula.params.iter().zip(&surface.params);
    let params: Vec<String> =
        params.map(|(param, value)| format!("{} = {}", param.name, explain::number(*value))).collect();
    let with = if params.is_empty() { String::new() } else { format!(", {}", params.join(", ")) };
    format!("{} = {body}{with}", function(session))
}

/// A formula with raised whole powers, π and a real minus sign.
fn typeset(formula: &str) -> String {
    let mut out = String::with_capacity(formula.len());
    let mut rest = formula.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '^' if rest.peek().is_some_and(char::is_ascii_digit) => {
                let mut digits = String::new();
                while let Some(digit) = rest.next_if(char::is_ascii_digit) {
                    digits.push(digit);
                }
                if rest.peek() == Some(&'.') {
                    out.push('^');
                    out.push_str(&digits);
                } else {
                    out.extend(digits.chars().map(raised));
                }
            }
            'p' if rest.peek() == Some(&'i') && !out.ends_with(|c: char| c.is_alphabetic()) => {
                let mut ahead = rest.clone();
                ahead.next();
                if ahead.peek().is_some_and(|c| c.is_alphanumeric() || *c == '_') {
                    out.push('p');
                } else {
                    rest = ahead;
                    out.push('π');
                }
            }
            '-' => out.push('−'),
            '*' => out.push('·'),
            other => out.push(other),
        }
    }
    out
}

fn raised(digit: char) -> char {
    match digit {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        other => other.to_digit(10).and_then(|d| char::from_u32(0x2070 + d)).unwrap_or(other),
    }
}

/// The losses that descents have reached, for those who cannot see the figure.
pub(super) fn reached(session: &Session, lang: Lang) -> String {
    let told = |(who, run): (&Racer, &Descent)| {
        let loss = explain::number(run.last().loss);
        fill(
            lang,
            "figure.reached",
            &[("name", &racer(session, who, lang)), ("loss", &loss), ("step", &run.last_step())],
        )
    };
    session.runs().map(told).collect::<Vec<_>>().join("; ")
}

/// The name of what an axis of a map varies.
pub(super) fn varied(axis: &Axis, optimizer: &OptimizerSpec, variables: &[String], lang: Lang) -> String {
    match axis.what {
        Varied::Start(k) => {
            fill(lang, "figure.start_of", &[("variable", &variables.get(k).map_or("", String::as_str))])
        }
        Varied::Hyper(index) => optimizer.hyperparameters.get(index).map_or_else(String::new, |hyper| {
            let word = hyper.word.get(lang);
            if hyper.symbol == word { word.to_owned() } else { format!("{word} {}", hyper.symbol) }
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_set_for_reading() {
        for (formula, want) in [
            ("(1 - x)^2 + 100(y - x^2)^2", "(1 − x)² + 100(y − x²)²"),
            ("x^10*y^-1", "x¹⁰·y^−1"),
            ("x^2.5", "x^2.5"),
            ("x^y", "x^y"),
            ("cos(2pi x)*pi*pie*spin", "cos(2π x)·π·pie·spin"),
        ] {
            assert_eq!(typeset(formula), want);
        }
        assert_eq!(bracketed("Adam (PyTorch)"), Some(("Adam", "PyTorch")));
        assert_eq!(bracketed("Newton"), None);
    }
}
