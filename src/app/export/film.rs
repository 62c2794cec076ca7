//! A descent as a film: the figure at many places in time, a frame at a time in memory.

use super::{Format, Problem, Settings};
use crate::app::files::Fresh;
use crate::figure::Figure;
use crate::scene::animation::{Apng, Colors, Film, Gif, Palette, Reel, Webp};
use crate::scene::{Pixels, SceneError, Show};

/// Seconds that the last frame is looked at before it begins again.
const REST: f64 = 1.2;
/// Frames that are looked at for the choice of colors.
const LOOKED: usize = 6;

/// Writes a film from the first step to the one that the figure shows. `go_on` is told the share that is done; false
/// where it said that it is to end.
pub(super) fn film(
    figure: &Figure<'_>,
    settings: &Settings,
    file: &mut Fresh,
    go_on: &dyn Fn(f32) -> bool,
) -> Result<bool, Problem> {
    let frames = (settings.seconds * settings.rate).round().clamp(2.0, 3000.0) as usize;
    let scale = settings.density();
    let mut show = Show::new(scale);
    let last = figure.time();
    let at = |frame: usize| last * frame as f64 / (frames - 1) as f64;
    let first = show.pixels(figure.scene_at(0.0))?;
    let reel = Reel { size: first.size(), frames: frames as u32, about: figure.scene_at(0.0).about };
    let looked: Vec<f64> = (0..LOOKED).map(|k| at(k * (frames - 1) / (LOOKED - 1))).collect();
    let Some(mut film) = begun(settings.format, reel, || colors(figure, scale, &looked, go_on))? else {
        return Ok(false);
    };
    for frame in 0..frames {
        if !go_on(frame as f32 / frames as f32) {
            return Ok(false);
        }
        let pixels = show.pixels(figure.scene_at(at(frame)))?;
        let seconds = if frame + 1 == frames { REST } else { 1.0 / settings.rate };
        file.write(&film.frame(&pixels, seconds)?)?;
    }
    let ending = film.finish()?;
    file.write(&ending.tail)?;
    for (at, bytes) in ending.patches {
        file.patch(at, &bytes)?;
    }
    Ok(true)
}

/// The film of a format, before its first frame; none where it was given up while colors were looked for.
fn begun(
    format: Format,
    reel: Reel,
    palette: impl FnOnce() -> Result<Option<Palette>, SceneError>,
) -> Result<Option<Box<dyn Film>>, SceneError> {
    Ok(match format {
        Format::Apng => Some(Box::new(Apng::new(reel)?)),
        Format::Webp => Some(Box::new(Webp::new(reel)?)),
        _ => match palette()? {
            Some(palette) => Some(Box::new(Gif::new(reel, &palette)?)),
            None => None,
        },
    })
}

/// The palette that serves some frames.
fn colors(
    figure: &Figure<'_>,
    scale: f64,
    times: &[f64],
    go_on: &dyn Fn(f32) -> bool,
) -> Result<Option<Palette>, SceneError> {
    let (mut show, mut colors) = (Show::new(scale), Colors::new());
    for time in times {
        if !go_on(0.0) {
            return Ok(None);
        }
        let frame: Pixels = show.pixels(figure.scene_at(*time))?;
        colors.look(&frame);
    }
    Ok(Some(Palette::of(&colors)))
}
