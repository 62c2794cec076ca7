//! How many frames a second become a GIF of 800 × 600 pixels: a race of three on Rosenbrock's valley, 120 frames?
//!
//! The whole way is measured: the figure at each moment, its pixels, the choice of the palette, the packed bytes. What each part
//! takes is told beside it.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a bench reports to the terminal and may fail")]

use std::time::{Duration, Instant};

use downhill::figure::{Figure, Request, ThemeName, find};
use downhill::i18n::Lang;
use downhill::scene::Show;
use downhill::scene::animation::{Colors, Film, Gif, Palette, Reel};

const FRAMES: usize = 120;
/// Pixels to a point.
const SCALE: f64 = 96.0 / 72.0;
const ROUNDS: usize = 3;

/// Seconds of the figures, of their pixels, of the file.
#[derive(Default)]
struct Times([Duration; 3]);

impl Times {
    fn take<T>(&mut self, part: usize, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.0[part] += start.elapsed();
        result
    }
}

fn main() {
    let preset = find("race").expect("a preset");
    let session = preset.session().expect("a sound scenario");
    let request = Request { size: Some([600.0, 450.0]), density: SCALE, ..preset.request(Lang::En, ThemeName::Light) };
    let mut best = (f64::INFINITY, [0.0; 3], 0);
    for _ in 0..ROUNDS {
        let mut times = Times::default();
        let start = Instant::now();
        let figure = times.take(0, || Figure::new(&session, &request).expect("a figure"));
        let mut show = Show::new(SCALE);
        let mut draw = |times: &mut Times, k: usize| {
            let at = figure.time() * k as f64 / (FRAMES - 1) as f64;
            let scene = times.take(0, || figure.scene_at(at));
            times.take(1, || show.pixels(scene).expect("a size"))
        };
        let mut colors = Colors::new();
        for k in 0..6 {
            let frame = draw(&mut times, k * (FRAMES - 1) / 5);
            times.take(2, || colors.look(&frame));
        }
        let palette = times.take(2, || Palette::of(&colors));
        let reel = Reel { size: [800, 600], frames: FRAMES as u32, ..Reel::default() };
        let mut film = Gif::new(reel, &palette).expect("a size");
        let mut bytes = 0;
        for k in 0..FRAMES {
            let frame = draw(&mut times, k);
            bytes += times.take(2, || film.frame(&frame, 0.04).expect("a frame")).len();
        }
        let whole = start.elapsed().as_secs_f64();
        if whole < best.0 {
            best = (whole, times.0.map(|part| part.as_secs_f64() * 1e3 / FRAMES as f64), bytes);
        }
    }
    let (whole, [figures, pixels, file], bytes) = best;
    println!(
        "{FRAMES} frames of 800 × 600 as GIF: {:.1} frames a second ({figures:.1} ms figure, {pixels:.1} ms pixels, \
         {file:.1} ms file, a frame; {} kB)   target 20",
        FRAMES as f64 / whole,
        bytes / 1000
    );
}
