//! `downhill screenshot`: the window itself, drawn without a display.

use std::path::PathBuf;

use clap::Args;

use super::failure::Failure;
use super::window::{Theme, View};
use super::{Context, open, output};
use crate::explain;
use crate::i18n::{Lang, fill, text};
use crate::scenario;
use crate::session::{self, Command, Session};

/// The most pixels of a picture: 16384 × 8192.
const MAX_PIXELS: f64 = 134_217_728.0;

#[derive(Args)]
pub(super) struct Arguments {
    /// What the window shows: a scenario, or a picture that brings one [default: the prepared example]
    #[arg(value_name = "SCENARIO.toml")]
    scenario: Option<PathBuf>,
    /// The picture; written whole or not at all
    #[arg(short, long = "output", value_name = "FILE.png")]
    output: PathBuf,
    /// Width and height of the window in points
    #[arg(long, value_name = "WxH", default_value = "1280x800", allow_hyphen_values = true)]
    size: String,
    /// Pixels to a point
    #[arg(long, value_name = "S", default_value = "1", allow_hyphen_values = true)]
    scale: String,
    /// The theme
    #[arg(long, value_enum, default_value = "dark")]
    theme: Theme,
    /// The step that is shown, or `end`
    #[arg(long, value_name = "K|end", allow_hyphen_values = true)]
    step: Option<String>,
    /// The view in the middle: map (of one variable: curve), relief, both, basins or sweep
    #[arg(long, value_name = "VIEW")]
    view: Option<String>,
    /// As a presentation: large, without panels
    #[arg(long)]
    presentation: bool,
}

pub(super) fn run(args: &Arguments, context: &Context<'_>) -> Result<(), Failure> {
    let lang = context.lang;
    let (size, scale) = canvas(&args.size, &args.scale, lang)?;
    let view = shown(args, lang)?;
    let window = context.window.ok_or_else(|| open::no_window(lang))?;
    let view = View { lang: Some(lang), theme: Some(args.theme), presentation: args.presentation, ..view };
    let mut file = output::Output::create(&args.output, lang)?;
    let picture = window.picture(view, size, scale).map_err(Failure::Machine)?;
    file.write(&picture)?;
    file.finish()
}

/// What the window shows; nothing where nothing is said.
fn shown(args: &Arguments, lang: Lang) -> Result<View, Failure> {
    let opened = args.scenario.as_deref().map(|path| open::view(path, lang)).transpose()?.unwrap_or_default();
    if args.step.is_none() && args.view.is_none() {
        return Ok(opened);
    }
    if opened.net.is_some() {
        return Err(Failure::Input(text(lang, "cli.only_descents").to_owned()));
    }
    let failed = |problem: scenario::Problem| Failure::Machine(problem.message(lang, "").to_string());
    let mut session = opened.session.map_or_else(|| scenario::first_example().map_err(failed), Ok)?;
    let mut commands = Vec::new();
    if let Some(name) = &args.view {
        commands.push(Command::SetView(view(name.trim(), &session, lang)?));
    }
    if let Some(said) = args.step.as_deref().map(str::trim) {
        let last = session.last_step() as f64;
        let step = if said == "end" { Some(last) } else { said.parse().ok().filter(|step: &f64| *step >= 0.0) };
        let step = step.ok_or_else(|| Failure::Input(fill(lang, "cli.figure.step", &[("text", &said)])))?;
        commands.extend([Command::Pause, Command::Seek(step.min(last))]);
    }
    for command in commands {
        session.apply(command).map_err(|refusal| Failure::Input(explain::refusal(lang, &refusal)))?;
    }
    Ok(View { session: Some(session), ..opened })
}

/// The view of a name, which must be one that the loss has.
fn view(name: &str, session: &Session, lang: Lang) -> Result<session::View, Failure> {
    let space = session.surface().dimension >= 2;
    let names = if space { &SPACE[..] } else { &LINE[..] };
    let found = names.iter().find(|(known, _)| *known == name).map(|(_, view)| *view);
    found.ok_or_else(|| {
        let known = names.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        Failure::Input(fill(lang, "cli.wrong_view", &[("text", &name), ("known", &known)]))
    })
}

/// The views of a loss of two variables, and of one.
const SPACE: [(&str, session::View); 5] = [
    ("map", session::View::Auto),
    ("relief", session::View::Relief),
    ("both", session::View::Both),
    ("basins", session::View::Basins),
    ("sweep", session::View::Sweep),
];
const LINE: [(&str, session::View); 3] =
    [("curve", session::View::Auto), ("basins", session::View::Basins), ("sweep", session::View::Sweep)];

/// The size in points and the scale.
fn canvas(size: &str, scale: &str, lang: Lang) -> Result<([f32; 2], f32), Failure> {
    let side = |text: &str| text.trim().parse::<u16>().ok().filter(|side| *side > 0);
    let sides = size.split_once(['x', 'X', '×']).and_then(|(w, h)| Some([side(w)?, side(h)?]));
    let wrong_size = || Failure::Input(fill(lang, "cli.wrong_size", &[("text", &size)]));
    let sides = sides.ok_or_else(wrong_size)?.map(f64::from);
    let factor = scale.trim().parse::<f64>().ok().filter(|factor| (0.1..=8.0).contains(factor));
    let factor = factor.ok_or_else(|| Failure::Input(fill(lang, "cli.wrong_scale", &[("text", &scale)])))?;
    if sides[0] * sides[1] * factor * factor > MAX_PIXELS || sides.iter().any(|side| side * factor > 32_768.0) {
        return Err(Failure::Input(fill(lang, "cli.picture_too_large", &[("size", &size), ("scale", &scale)])));
    }
    Ok((sides.map(|side| side as f32), factor as f32))
}
