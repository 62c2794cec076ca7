//! `downhill screenshot`: the window itself, drawn without a display.

use std::path::PathBuf;

use clap::Args;

use super::failure::Failure;
use super::window::{Theme, View};
use super::{Context, open, output};
use crate::i18n::{Lang, fill};

/// The most pixels of a picture: 16384 × 8192.
const MAX_PIXELS: f64 = 134_217_728.0;

#[derive(Args)]
pub(super) struct Arguments {
    /// What the window shows [default: the prepared example]
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
    /// As a presentation: large, without panels
    #[arg(long)]
    presentation: bool,
}

pub(super) fn run(args: &Arguments, context: &Context<'_>) -> Result<(), Failure> {
    let lang = context.lang;
    let (size, scale) = canvas(&args.size, &args.scale, lang)?;
    let view = args.scenario.as_deref().map(|path| open::view(path, lang)).transpose()?.unwrap_or_default();
    let window = context.window.ok_or_else(|| open::no_window(lang))?;
    let view = View { lang: Some(lang), theme: Some(args.theme), presentation: args.presentation, ..view };
    let mut file = output::Output::create(&args.output, lang)?;
    let picture = window.picture(view, size, scale).map_err(Failure::Machine)?;
    file.write(&picture)?;
    file.finish()
}

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
