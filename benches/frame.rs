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
    let mut times = Vec::new();
    let mut triangles = 0;
    let mut work = None;
    for frame in 0..240 {
        let start = spent();
        stage.step(Vec::new(), |ui| app.ui(ui));
        let primitives = stage.take_triangles();
        let spent = spent() - start;
        // The first frames find sizes, rasterize glyphs and make the map.
        if frame == 40 {
            work = Some(app.work());
        }
        if frame >= 40 {
            times.push(spent);
            triangles = primitives.iter().map(count).sum();
        }
    }
    assert_eq!(Some(app.work()), work, "the map was made again while nothing but time changed");
    times.sort_by(f64::total_cmp);
    let (median, slow) = (times[times.len() / 2] * 1e3, times[times.len() * 19 / 20] * 1e3);
    println!("{median:.2} ms for a frame, 19 of 20 under {slow:.2} ms ({triangles} triangles; target 4 ms)");
}

fn count(primitive: &egui::ClippedPrimitive) -> usize {
    match &primitive.primitive {
        egui::epaint::Primitive::Mesh(mesh) => mesh.indices.len() / 3,
        egui::epaint::Primitive::Callback(_) => 0,
    }
}
