//! What does a frame of the window cost the CPU? The map of Himmelblau's function with the contour lines of a 200×200 field,
//! three descents of 400 steps under way, and the plots, at 1280×800: layout, chart and tessellation, without the GPU. The
//! target is 4 ms. The contour lines must not be made again while nothing but time changes.

#![allow(clippy::print_stdout, reason = "a bench prints its figure")]

use std::sync::LazyLock;
use std::time::Instant;

use downhill::app::headless::{Shot, Stage};
use downhill::app::{App, Options};
use downhill::descent::StopRule;
use downhill::session::{Command, Document, Refusal, Session};

/// Seconds that this thread has had the processor: a busy machine makes it wait, which is not the frame's cost.
fn spent() -> f64 {
    let on_linux = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = on_linux.and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |ns| ns * 1e-9)
}

/// The clock of machines that do not tell.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Three racers that run their 400 steps to the end, playing.
fn race() -> Result<Session, Refusal> {
    let mut session = Session::on("himmelblau", "torch/sgd")?;
    for id in ["torch/adam", "torch/rmsprop"] {
        session.apply(Command::AddRacer(id.to_owned()))?;
    }
    let mut session = Session::open(Document { stop: StopRule::Never, steps: 400, ..session.document().clone() })?;
    session.apply(Command::Play)?;
    Ok(session)
}

fn main() {
    let session = match race() {
        Ok(session) => session,
        Err(refusal) => return println!("not a race of three: {refusal:?}"),
    };
    let mut app = App::detached(Options { session: Some(session), ..Options::default() });
    let mut stage = Stage::new(&Shot::default());
    app.prepare(stage.context());
    let mut frame = || {
        stage.step(Vec::new(), |ui| app.ui(ui));
        let triangles = stage.take_triangles().iter().map(count).sum::<usize>();
        (triangles, app.work())
    };
    // The first frames find sizes, rasterize glyphs and make the map.
    let (_, work) = (0..40).map(|_| frame()).last().unwrap_or_default();
    let start = spent();
    let (triangles, after) = (0..FRAMES).map(|_| frame()).last().unwrap_or_default();
    let each = (spent() - start) * 1e3 / f64::from(FRAMES);
    assert_eq!(after, work, "the map was made again while nothing but time changed");
    println!("{each:.2} ms of processor time for a frame of {triangles} triangles (target 4 ms)");
}

/// Frames that are measured: the processor's time is told in steps of some milliseconds.
const FRAMES: u32 = 400;

fn count(primitive: &egui::ClippedPrimitive) -> usize {
    match &primitive.primitive {
        egui::epaint::Primitive::Mesh(mesh) => mesh.indices.len() / 3,
        egui::epaint::Primitive::Callback(_) => 0,
    }
}
