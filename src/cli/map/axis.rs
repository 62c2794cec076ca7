//! A side of a map from its text: `lr=1e-4..1`, `x=-2..2`, `momentum=0..0.99:linear`.

use super::super::failure::Failure;
use super::super::{number, words};
use crate::descent::map::{Axis, Varied};
use crate::explain;
use crate::i18n::{Lang, fill};
use crate::lang::nearest;
use crate::optim::{OptimizerSpec, Scale, SettingError};
use crate::session::{sweepable, varied_name};
use crate::surface::Surface;

/// Reads a side.
pub(super) fn read(
    option: &'static str,
    text: &str,
    surface: &Surface,
    optimizer: &OptimizerSpec,
    lang: Lang,
) -> Result<Axis, Failure> {
    let wrong = || Failure::Input(fill(lang, "cli.map_axis", &[("option", &option), ("text", &text)]));
    let (name, rest) = text.split_once('=').ok_or_else(wrong)?;
    let (range, spread) = rest.split_once(':').map_or((rest, None), |(range, spread)| (range, Some(spread.trim())));
    let (low, high) = range.split_once("..").ok_or_else(wrong)?;
    let what = varied(option, name.trim(), surface, optimizer, lang)?;
    let range = [number::finite(option, low, lang)?, number::finite(option, high, lang)?];
    let scale = match (spread, what) {
        (Some("log"), _) => Scale::Log,
        (Some("linear"), _) | (None, Varied::Start(_)) => Scale::Linear,
        (Some(_), _) => return Err(wrong()),
        (None, Varied::Hyper(index)) => match optimizer.hyperparameters.get(index).map(|hyper| hyper.scale) {
            // A range that begins at zero has no logarithm there.
            Some(Scale::Log) if range[0] <= 0.0 => Scale::Linear,
            Some(Scale::OneMinus) | None => Scale::Linear,
            Some(scale) => scale,
        },
    };
    if range[0] >= range[1] || (scale == Scale::Log && range[0] <= 0.0) {
        return Err(Failure::Input(fill(lang, "cli.map_range", &[("option", &option), ("text", &text)])));
    }
    if let Varied::Hyper(index) = what
        && let Some(hyper) = optimizer.hyperparameters.get(index)
    {
        for end in range {
            hyper.check(end).map_err(|error| words::option(lang, option, &explain::setting(lang, &error)))?;
        }
    }
    Ok(Axis { what, range, scale })
}

/// What a name means: a setting, or a variable.
fn varied(
    option: &str,
    name: &str,
    surface: &Surface,
    optimizer: &OptimizerSpec,
    lang: Lang,
) -> Result<Varied, Failure> {
    let variable = || surface.variables.iter().position(|variable| variable == name).map(Varied::Start);
    optimizer.index_of(name).map(Varied::Hyper).or_else(variable).ok_or_else(|| {
        let all = sweepable(optimizer, &surface.variables).into_iter();
        let known: Vec<String> = all.map(|what| varied_name(what, optimizer, &surface.variables).to_owned()).collect();
        let suggestion = nearest(name, known.iter().map(String::as_str));
        let error = SettingError::UnknownName { name: name.to_owned(), known, suggestion };
        words::option(lang, option, &explain::setting(lang, &error))
    })
}
